//! Worlds (`WIT.md#item-world`, `#item-include`).

use alloc::vec::Vec;

use crate::ast::{
    AsName, ExternItem, ExternKind, FuncType, IncludeItem, InterfaceMember, UsePath, WorldDecl, WorldMember,
};
use crate::errors::leniency::Leniency;
use crate::errors::place::Place;
use crate::errors::syntax as errors;
use crate::features::LanguageFeature;
use crate::lexer::{T, words};
use crate::parser::Parser;

use super::attributes::{Head, external_id, head, reject_external_id};
use super::first::{WORLD, at_named};
use super::foreign;
use super::foreign::keyword::{keyword_before, keyword_here};
use super::functions::{at_accessor, func_type, named_function};
use super::interface::interface_block;
use super::lists::{ListKind, block, braced_list, no_semicolon, semicolon};
use super::names::id;
use super::paths::{unread_path, use_path};
use super::typedefs::typedef_item;
use super::use_::use_item;

/// `world-item ::= gate 'world' id '{' world-items* '}'`
pub(super) fn world_item(p: &mut Parser<'_>, mut head: Head) -> Option<WorldDecl> {
    reject_external_id(p, &mut head.attributes, "a world");
    p.bump();
    let name = id(p, "the world's name");
    let items = block(p, Place::World, world_items);
    no_semicolon(p);
    Some(WorldDecl { docs: head.docs, attributes: head.attributes, name: name?, items, span: p.span_from(head.start) })
}

/// `world-items ::= gate world-definition`
fn world_items(p: &mut Parser<'_>) -> Option<WorldMember> {
    let head = head(p);
    match keyword_here(p, &WORLD) {
        Some(T![import] | T![export]) if foreign::item::skip_verb_of_type(p) => {
            let keyword = p.kind();
            typedef_item(p, head, keyword).map(WorldMember::Type)
        }
        Some(T![import]) => Some(WorldMember::Import(extern_item(p, head)?)),
        Some(T![export]) => Some(WorldMember::Export(extern_item(p, head)?)),
        Some(T![include]) => Some(WorldMember::Include(include_item(p, head))),
        Some(T![use]) => Some(WorldMember::Use(use_item(p, head))),
        Some(keyword) => {
            if let Some(id) = external_id(&head.attributes.list) {
                p.lenient(id, Leniency::ExternalIdOfWorldType);
            }
            typedef_item(p, head, keyword).map(WorldMember::Type)
        }
        None => {
            foreign::item::misplaced(p, head, Place::World, "`import`, `export`, `include`, `use` or a type");
            None
        }
    }
}

/// `export-item ::= external-id? 'export' id ':' extern-type | 'export' use-path ';'`, and `import-item` likewise
pub(super) fn extern_item(p: &mut Parser<'_>, mut head: Head) -> Option<ExternItem> {
    p.bump();
    let is_named = if at_named(p) { begins_named_extern(p) } else { foreign::function::lacks_only_colon(p) }
        || foreign::item::begins_unnamed_type(p);
    foreign::item::skip_interface(p);
    if foreign::function::skip_unnamed(p) || foreign::item::skip_names(p) {
        semicolon(p);
        return None;
    }
    let kind = if foreign::path::skip_colons(p) {
        semicolon(p);
        Some(ExternKind::Path(unread_path(p)))
    } else if foreign::item::begins_interface_first(p) {
        foreign::item::interface_first(p).map(|name| ExternKind::Interface(name, interface_block(p)))
    } else if is_named {
        named_extern(p)
    } else if p.at(T![:]) || foreign::function::begins_extern(p) {
        foreign_extern(p)
    } else {
        reject_external_id(p, &mut head.attributes, "an import or export without a plain name");
        let start = p.span();
        let mut path = use_path(p, "an interface, or a name and `:`");
        if foreign::path::skip_dots(p, "") {
            path = unread_path(p);
        }
        let name = if p.at(T![as]) { foreign::use_::as_of_extern(p, start, &path) } else { None };
        foreign::item::skip_names(p);
        semicolon(p);
        Some(match name {
            Some(name) => ExternKind::Named(name, path),
            None => ExternKind::Path(path),
        })
    };
    Some(ExternItem { docs: head.docs, attributes: head.attributes, kind: kind?, span: p.span_from(head.start) })
}

/// `id ':' extern-type`
fn named_extern(p: &mut Parser<'_>) -> Option<ExternKind> {
    let name = id(p, "a name");
    if !foreign::item::eat_equals(p) && !p.at(T!['{']) {
        p.expect(T![:]);
    }
    let kind = extern_type(p);
    name.map(|name| match kind {
        ExternType::Func(func) => ExternKind::Func(name, func),
        ExternType::Interface(items) => ExternKind::Interface(name, items),
        ExternType::Path(path) => ExternKind::Named(name, path),
    })
}

/// An import or export whose name is missing (`import: func()`) or not first (`import func f()`).
fn foreign_extern(p: &mut Parser<'_>) -> Option<ExternKind> {
    if p.at(T![:]) {
        p.unexpected("a name");
        p.bump();
        extern_type(p);
        return None;
    }
    let (name, func) = named_function(p, func_type);
    semicolon(p);
    name.map(|name| ExternKind::Func(name, func))
}

/// Whether `id ':' extern-type` begins here and not `use-path`. Both can begin with `a:b`; the specification decides by
/// the blanks, tools by the `/` after it. Here `a:b/c` is a path however it is spaced; of `a:b:c/d`, `a` is a name unless
/// nested namespaces are enabled and no blank sets it apart.
fn begins_named_extern(p: &mut Parser<'_>) -> bool {
    match p.nth(3) {
        _ if p.nth(2) == T![:] => false,
        T![@] | T![.] => !p.is_joint_pair(),
        T![/] => {
            if !p.is_joint_pair() {
                p.lenient(p.span().to(p.nth_span(2)), Leniency::BlankInPath);
            }
            false
        }
        T![:] => !(p.has_feature(LanguageFeature::NestedPackages) && p.is_joint_pair()),
        T![;] if p.nth(2).is_word() && p.nth(2) != T![interface] && p.is_joint_pair() => {
            let whole = p.span().to(p.nth_span(2));
            let (name, interface) = (words::meant(p.token_text()), words::meant(p.nth_text(2)));
            p.warn(errors::package_as_interface(whole, p.nth_span(1), &name, &interface));
            true
        }
        _ => true,
    }
}

enum ExternType {
    Func(FuncType),
    Interface(Vec<InterfaceMember>),
    Path(UsePath),
}

/// `extern-type ::= func-type ';' | 'interface' '{' interface-items* '}' | use-path ';'`
fn extern_type(p: &mut Parser<'_>) -> ExternType {
    let is_interface = keyword_before(p, T![interface], T!['{']);
    if is_interface {
        p.bump();
    }
    if is_interface || foreign::item::lacks_interface(p) {
        let items = interface_block(p);
        no_semicolon(p);
        return ExternType::Interface(items);
    }
    let is_func = matches!(p.kind(), T![func] | T![async] | T![static])
        || at_accessor(p)
        || foreign::function::misspelt_async(p)
        || p.nth(1) == T!['(']
        || !p.kind().is_word();
    let kind = if is_func {
        ExternType::Func(func_type(p))
    } else {
        let path = use_path(p, "a function, an interface or the path of one");
        ExternType::Path(if foreign::path::skip_dots(p, "") { unread_path(p) } else { path })
    };
    semicolon(p);
    kind
}

/// `include-item ::= 'include' use-path ';' | 'include' use-path 'with' '{' include-names-list '}'`
///
/// The grammar has no `;` after the `}`, an example in `WIT.md` has one; it is accepted with a warning.
pub(super) fn include_item(p: &mut Parser<'_>, mut head: Head) -> IncludeItem {
    reject_external_id(p, &mut head.attributes, "`include`");
    p.bump();
    let path = use_path(p, "a world");
    let mut with = Vec::new();
    let reports = p.report_count();
    if p.at(T![with]) {
        let keyword = p.bump();
        with = braced_list(p, ListKind::With, include_names_item);
        if with.is_empty() && p.report_count() == reports {
            p.lenient(p.span_from(keyword), Leniency::NoRenamings);
        }
        if p.at(T![;]) {
            let semicolon = p.bump();
            p.warn(errors::semicolon_after_with(semicolon));
        }
    } else {
        semicolon(p);
    }
    IncludeItem { docs: head.docs, attributes: head.attributes, path, with, span: p.span_from(head.start) }
}

/// `include-names-item ::= id 'as' id`
fn include_names_item(p: &mut Parser<'_>) -> Option<AsName> {
    let name = id(p, "a name of the included world")?;
    if !p.eat(T![as]) && !foreign::use_::lacks_only_as(p) {
        return None;
    }
    let as_ = id(p, "a new name")?;
    Some(AsName { name, as_: Some(as_) })
}
