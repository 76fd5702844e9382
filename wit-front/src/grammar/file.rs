//! Files and packages (`WIT.md#top-level-items`, `#package-declaration`, `#item-toplevel-use`).

use alloc::vec::Vec;

use crate::ast::{Item, NestedPackage, PackageDecl, ToplevelUse, WitFile};
use crate::errors::leniency::Leniency;
use crate::errors::place::Place;
use crate::errors::syntax as errors;
use crate::lexer::{T, TokenKind};
use crate::parser::Parser;
use crate::span::Span;

use super::attributes::{Head, head, reject_all, reject_external_id};
use super::first::TOP_LEVEL;
use super::foreign;
use super::foreign::keyword::keyword_here;
use super::interface::interface_item;
use super::lists::{block, no_semicolon, semicolon};
use super::names::as_name;
use super::paths::{package_name, use_path};
use super::skip::recover;
use super::world::world_item;

/// `wit-file ::= (package-decl ';')? (package-items | nested-package-definition)*`
pub(crate) fn wit_file(p: &mut Parser<'_>) -> WitFile {
    let start = p.span();
    let mut file = WitFile { package: None, items: Vec::new(), span: start };
    while !p.at(TokenKind::Eof) {
        let position = p.position();
        if p.at(T!['}']) {
            stray_brace(p);
        } else {
            toplevel_item(p, &mut file);
        }
        if p.position() == position {
            recover(p);
        }
        if p.position() == position {
            p.bump();
        }
    }
    file.items.append(&mut p.moved_items);
    file.span = p.span_from(Span::new(start.file, 0, 0));
    file
}

/// Reports a `}` without its `{`.
fn stray_brace(p: &mut Parser<'_>) {
    p.suspect_braces();
    p.reject(1, errors::stray_closer(p.span()));
}

fn toplevel_item(p: &mut Parser<'_>, file: &mut WitFile) {
    p.block_parameters = 0;
    p.type_parameters.clear();
    let head = head(p);
    if !p.at(T![package]) {
        file.items.extend(package_item(p, head, Place::TopLevel));
        return;
    }
    reject_all(p, &head.attributes, "a package");
    let Some(decl) = package_decl(p, &head) else {
        recover(p);
        return;
    };
    let is_nested = p.at(T!['{']) || file.package.is_some() && p.begins_line() && p.lacks_opener();
    if is_nested {
        let moved = p.moved_items.len();
        let mut items = block(p, Place::NestedPackage, nested_package_item);
        items.extend(p.moved_items.drain(moved..));
        no_semicolon(p);
        file.items.push(Item::Package(NestedPackage { decl, items, span: p.span_from(head.start) }));
        return;
    }
    semicolon(p);
    match &file.package {
        Some(first) => p.error_before(errors::second_package(first.name.span, decl.name.span)),
        None if !file.items.is_empty() => p.error_before(errors::late_package(decl.span)),
        None => {}
    }
    file.package.get_or_insert(decl);
}

/// `package-decl ::= 'package' ( id ':' )+ id ( '/' id )* ('@' valid-semver)?`
fn package_decl(p: &mut Parser<'_>, head: &Head) -> Option<PackageDecl> {
    let start = p.bump();
    let name = package_name(p)?;
    Some(PackageDecl { docs: head.docs.clone(), name, span: p.span_from(start) })
}

/// `package-items`, within `nested-package-definition ::= package-decl '{' package-items* '}'`
fn nested_package_item(p: &mut Parser<'_>) -> Option<Item> {
    let head = head(p);
    package_item(p, head, Place::NestedPackage)
}

/// `package-items ::= toplevel-use-item | interface-item | world-item`
fn package_item(p: &mut Parser<'_>, head: Head, place: Place) -> Option<Item> {
    match keyword_here(p, &TOP_LEVEL) {
        Some(T![use]) => Some(Item::Use(toplevel_use_item(p, head))),
        Some(T![interface]) => interface_item(p, head).map(Item::Interface),
        Some(T![world]) => world_item(p, head).map(Item::World),
        Some(_) | None => {
            foreign::item::misplaced(p, head, place, "`interface`, `world` or `use`");
            None
        }
    }
}

/// `toplevel-use-item ::= 'use' use-path ('as' id)? ';'`
fn toplevel_use_item(p: &mut Parser<'_>, mut head: Head) -> ToplevelUse {
    reject_external_id(p, &mut head.attributes, "`use`");
    if let Some(gate) = head.attributes.list.first() {
        p.lenient(gate.span(), Leniency::GatedToplevelUse);
    }
    p.bump();
    let path = use_path(p, "an interface");
    if p.at(T![.]) {
        foreign::use_::names_at_top_level(p);
        p.eat(T![;]);
        return ToplevelUse { attributes: head.attributes, path, as_: None, span: p.span_from(head.start) };
    }
    let as_ = as_name(p);
    semicolon(p);
    ToplevelUse { attributes: head.attributes, path, as_, span: p.span_from(head.start) }
}
