//! Files and packages (`WIT.md#top-level-items`, `#package-declaration`, `#item-toplevel-use`).

use crate::ast::{Item, NestedPackage, PackageDecl, ToplevelUse, WitFile};
use crate::errors::leniency::Leniency;
use crate::errors::syntax as errors;
use crate::lexer::{T, TokenKind};
use crate::parser::{Open, Parser};

use super::attributes::{self, Head, head, reject_all};
use super::interface::interface_item;
use super::lists::{BlockKind, block};
use super::misplaced::{TOP_LEVEL, TOP_LEVEL_PLACE, misplaced};
use super::names::{as_name, package_name, use_path};
use super::world::world_item;

/// `wit-file ::= (package-decl ';')? (package-items | nested-package-definition)*`
pub(crate) fn wit_file(p: &mut Parser<'_>) -> WitFile {
    let start = p.span();
    let mut file = WitFile { package: None, items: alloc::vec::Vec::new(), span: start };
    while !p.at(TokenKind::Eof) {
        let position = p.position();
        if p.at(T!['}']) {
            p.stray_brace();
        } else {
            toplevel_item(p, &mut file);
        }
        if p.position() == position {
            p.recover();
        }
        if p.position() == position {
            p.bump();
        }
    }
    file.span = p.span_from(crate::span::Span::new(start.file, 0, 0));
    file
}

fn toplevel_item(p: &mut Parser<'_>, file: &mut WitFile) {
    let head = head(p);
    if !p.at(T![package]) {
        file.items.extend(package_item(p, head, TOP_LEVEL_PLACE));
        return;
    }
    reject_all(p, &head.attributes, "a package");
    let Some(decl) = package_decl(p, &head) else {
        p.recover();
        return;
    };
    let is_nested = p.at(T!['{']) || file.package.is_some() && p.begins_line() && p.lacks_opener();
    if is_nested {
        let items = block(p, BlockKind::Package, nested_package_item);
        p.no_semicolon();
        file.items.push(Item::Package(NestedPackage { decl, items, span: p.span_from(head.start) }));
        return;
    }
    p.semicolon();
    match &file.package {
        Some(first) => p.error_behind(errors::second_package(first.name.span, decl.name.span)),
        None if !file.items.is_empty() => p.error_behind(errors::late_package(decl.span)),
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
fn nested_package_item(p: &mut Parser<'_>, _open: Option<Open>) -> Option<Item> {
    let head = head(p);
    package_item(p, head, "in a nested package")
}

/// `package-items ::= toplevel-use-item | interface-item | world-item`
fn package_item(p: &mut Parser<'_>, head: Head, place: &'static str) -> Option<Item> {
    match p.keyword_here(&TOP_LEVEL) {
        Some(T![use]) => Some(Item::Use(toplevel_use_item(p, head))),
        Some(T![interface]) => interface_item(p, head).map(Item::Interface),
        Some(T![world]) => world_item(p, head).map(Item::World),
        Some(_) | None => {
            misplaced(p, place, "`interface`, `world` or `use`");
            None
        }
    }
}

/// `toplevel-use-item ::= 'use' use-path ('as' id)? ';'`
fn toplevel_use_item(p: &mut Parser<'_>, mut head: Head) -> ToplevelUse {
    attributes::reject_external_id(p, &mut head.attributes, "`use`");
    if let Some(gate) = head.attributes.list.first() {
        p.lenient(gate.span(), Leniency::GatedToplevelUse);
    }
    p.bump();
    let path = use_path(p, "an interface");
    if p.at(T![.]) {
        p.error(errors::type_use_at_top_level(p.span()));
        p.bump();
        if p.at(T!['{']) {
            p.skip_block();
        }
        p.skip_to_item_end();
        p.eat(T![;]);
        return ToplevelUse { attributes: head.attributes, path, as_: None, span: p.span_from(head.start) };
    }
    let as_ = as_name(p);
    p.semicolon();
    ToplevelUse { attributes: head.attributes, path, as_, span: p.span_from(head.start) }
}
