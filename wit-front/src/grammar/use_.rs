//! `use` in interfaces and worlds (`WIT.md#item-use`).

use crate::ast::UseItem;
use crate::errors::leniency::Leniency;
use crate::lexer::T;
use crate::parser::Parser;

use super::attributes::{Head, reject_external_id};
use super::foreign;
use super::lists::{ListKind, braced_list, semicolon};
use super::names::use_names_item;
use super::paths::use_path;

/// `use-item ::= 'use' use-path '.' '{' use-names-list '}' ';'`
pub(super) fn use_item(p: &mut Parser<'_>, mut head: Head) -> UseItem {
    reject_external_id(p, &mut head.attributes, "`use`");
    let keyword = p.bump();
    let reports = p.report_count();
    let mut path = if p.at(T!['{']) { foreign::use_::names_first(p) } else { use_path(p, "an interface") };
    let names = if p.at(T![.]) && p.nth(1) == T!['{'] {
        p.bump();
        let names = braced_list(p, ListKind::Use, use_names_item);
        if names.is_empty() && p.report_count() == reports {
            p.lenient(p.span_from(keyword), Leniency::NoNames);
        }
        names
    } else {
        foreign::use_::names(p, &mut path)
    };
    semicolon(p);
    UseItem { docs: head.docs, attributes: head.attributes, path, names, span: p.span_from(head.start) }
}
