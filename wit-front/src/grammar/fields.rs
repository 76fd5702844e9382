//! Names with types: fields of records and parameters of functions (`WIT.md#item-record-bag-of-named-fields`,
//! `#item-interface`).

use core::ops::ControlFlow;

use crate::ast::{Ident, Ty, TyKind};
use crate::lexer::T;
use crate::parser::Parser;

use super::foreign;
use super::names::id;
use super::types::ty;

/// Something with a name and a type.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Typed {
    Field,
    Parameter,
}

impl Typed {
    pub(super) const fn noun(self) -> &'static str {
        match self {
            Typed::Field => "field",
            Typed::Parameter => "parameter",
        }
    }

    pub(super) const fn with_article(self) -> &'static str {
        match self {
            Typed::Field => "a field",
            Typed::Parameter => "a parameter",
        }
    }
}

/// `record-field ::= id ':' ty`, and `named-type` likewise
pub(super) fn named_type(p: &mut Parser<'_>, what: Typed) -> Option<(Ident, Ty)> {
    if p.nth(1) != T![:]
        && let ControlFlow::Break(read) = foreign::field::named_type(p, what)
    {
        return read;
    }
    let name = id(p, what.with_article())?;
    let ty = if p.eat(T![:]) || foreign::field::lacks_only_colon(p, what) {
        ty(p)
    } else {
        Ty { kind: TyKind::Error, span: p.previous_end() }
    };
    if what == Typed::Field && p.at(T![=]) {
        foreign::field::reject_value(p, "fields have no default values");
    }
    Some((name, ty))
}
