//! The cases of a `union`, which may be types without names: `union u { u8, string }`.

use crate::errors::foreign as errors;
use crate::foreign_types;
use crate::grammar::first::{is_primitive, is_type_keyword};
use crate::grammar::types::ty;
use crate::lexer::{T, TokenKind};
use crate::parser::Parser;

/// The largest number of tokens in which a type without a name is looked for.
const LOOKED_AT: usize = 24;

/// Whether one of the cases is a type without a name. The first case begins at the `n`th token.
pub(in crate::grammar) fn has_unnamed_case(p: &Parser<'_>, n: usize) -> bool {
    let mut depth = 0_u32;
    let mut begins_case = true;
    for n in n..n + LOOKED_AT {
        if depth == 0 && begins_case && begins_unnamed_case(p, n) {
            return true;
        }
        match p.nth(n) {
            T!['}'] | TokenKind::Eof => return false,
            T!['('] => depth += 1,
            T![')'] => depth = depth.saturating_sub(1),
            _ => {}
        }
        begins_case = p.nth(n) == T![,];
    }
    false
}

/// Reports and skips a case of a variant that is only a type. Returns whether it was here. `result` is rather a name.
pub(in crate::grammar) fn unnamed_case(p: &mut Parser<'_>) -> bool {
    let is_type = is_type_keyword(p.kind()) || foreign_types::wit_type(p.token_text()).is_some();
    let is_unnamed = begins_unnamed_case(p, 0) && if p.nth(1) == T![<] { is_type } else { is_primitive(p.kind()) };
    if is_unnamed {
        let span = ty(p).span;
        p.error_before(errors::unnamed_case(span, p.text_of(span)));
    }
    is_unnamed
}

/// Skips a case that is only a type, such as `list<u8>`. Returns whether it was here.
pub(in crate::grammar) fn skip_unnamed_case(p: &mut Parser<'_>) -> bool {
    let is_unnamed = begins_unnamed_case(p, 0);
    if is_unnamed {
        ty(p);
    }
    is_unnamed
}

fn begins_unnamed_case(p: &Parser<'_>, n: usize) -> bool {
    let kind = p.nth(n);
    let is_type = is_type_keyword(kind) || matches!(kind, TokenKind::Label | TokenKind::BadLabel);
    is_type && matches!(p.nth(n + 1), T![,] | T!['}'] | T![<])
}
