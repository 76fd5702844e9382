//! Worlds (`WIT.md#item-world`, `#item-include`).

use alloc::vec::Vec;

use crate::ast::{ExternItem, ExternKind, IncludeItem, WorldDecl, WorldMember};
use crate::errors::leniency::Leniency;
use crate::errors::{foreign, syntax as errors};
use crate::features::LanguageFeature;
use crate::lexer::T;
use crate::parser::{Open, Parser};

use super::attributes::{Head, external_id, head, reject_external_id};
use super::functions::{at_accessor, func_type, named_function};
use super::interface::{interface_block, use_item};
use super::lists::{BlockKind, ListKind, block, braced_list};
use super::misplaced::{WORLD, misplaced};
use super::names::{id, include_names_item, path_text, use_path};
use super::typedefs::typedef_item;

/// `world-item ::= gate 'world' id '{' world-items* '}'`
pub(super) fn world_item(p: &mut Parser<'_>, mut head: Head) -> Option<WorldDecl> {
    reject_external_id(p, &mut head.attributes, "a world");
    p.bump();
    let name = id(p, "the world's name");
    let items = block(p, BlockKind::World, world_items);
    p.no_semicolon();
    Some(WorldDecl { docs: head.docs, attributes: head.attributes, name: name?, items, span: p.span_from(head.start) })
}

/// `world-items ::= gate world-definition`
fn world_items(p: &mut Parser<'_>, _open: Option<Open>) -> Option<WorldMember> {
    let head = head(p);
    match p.keyword_here(&WORLD) {
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
            misplaced(p, "in a world", "`import`, `export`, `include`, `use` or a type");
            None
        }
    }
}

/// `export-item ::= external-id? 'export' id ':' extern-type | 'export' use-path ';'`, and `import-item` likewise
fn extern_item(p: &mut Parser<'_>, mut head: Head) -> Option<ExternItem> {
    p.bump();
    let kind = if p.at(T![:]) {
        p.unexpected("a name");
        p.bump();
        extern_type(p);
        None
    } else if matches!(p.kind(), T![func] | T![async] | T![static]) && p.nth(1).is_word() {
        let (name, func) = named_function(p, func_type);
        p.semicolon();
        name.map(|name| ExternKind::Func(name, func))
    } else if begins_named_extern(p) {
        let name = id(p, "a name");
        p.expect(T![:]);
        let kind = extern_type(p);
        name.map(|name| match kind {
            ExternType::Func(func) => ExternKind::Func(name, func),
            ExternType::Interface(items) => ExternKind::Interface(name, items),
            ExternType::Path(path) => ExternKind::Named(name, path),
        })
    } else {
        reject_external_id(p, &mut head.attributes, "an import or export without a plain name");
        let start = p.span();
        let path = use_path(p, "an interface, or a name and `:`");
        if p.at(T![as]) {
            let name = if p.nth(1).is_word() { p.nth_text(1) } else { "" };
            let whole = start.to(if name.is_empty() { p.span() } else { p.nth_span(1) });
            p.derail(foreign::extern_as(whole, p.span(), &path_text(p, &path), name));
            p.skip_to_item_end();
        }
        p.semicolon();
        Some(ExternKind::Path(path))
    };
    Some(ExternItem { docs: head.docs, attributes: head.attributes, kind: kind?, span: p.span_from(head.start) })
}

/// Whether `id ':' extern-type` stands here and not `use-path`. Both can begin with `a:b`; the specification decides by
/// the blanks, tools by the `/` behind. Here `a:b/c` is a path however it is spaced; of `a:b:c/d`, `a` is a name unless
/// nested namespaces are on and no blank sets it apart.
fn begins_named_extern(p: &mut Parser<'_>) -> bool {
    if !p.kind().is_word() || p.nth(1) != T![:] {
        // Of `f func()`, only the colon is missing.
        return p.kind().is_word() && matches!(p.nth(1), T![func] | T![async] | T![interface]) && !p.at_item_start();
    }
    match p.nth(3) {
        _ if p.nth(2) == T![:] => false,
        T![/] => {
            if !p.is_joint_pair() {
                p.lenient(p.span().to(p.nth_span(2)), Leniency::BlankInPath);
            }
            false
        }
        T![:] => !(p.has_feature(LanguageFeature::NestedPackages) && p.is_joint_pair()),
        _ if p.nth(2).is_word() && p.is_joint_pair() && p.nth(3) == T![;] => {
            let whole = p.span().to(p.nth_span(2));
            p.warn(errors::package_as_interface(whole, p.nth_span(1), p.token_text(), p.nth_text(2)));
            true
        }
        _ => true,
    }
}

enum ExternType {
    Func(crate::ast::FuncType),
    Interface(Vec<crate::ast::InterfaceMember>),
    Path(crate::ast::UsePath),
}

/// `extern-type ::= func-type ';' | 'interface' '{' interface-items* '}' | use-path ';'`
fn extern_type(p: &mut Parser<'_>) -> ExternType {
    if p.at(T![interface]) {
        p.bump();
        let items = interface_block(p);
        p.no_semicolon();
        return ExternType::Interface(items);
    }
    let is_func = matches!(p.kind(), T![func] | T![async] | T![static])
        || at_accessor(p)
        || p.nth(1) == T!['(']
        || !p.kind().is_word();
    let kind = if is_func {
        ExternType::Func(func_type(p))
    } else {
        ExternType::Path(use_path(p, "a function, an interface or the path of one"))
    };
    p.semicolon();
    kind
}

/// `include-item ::= 'include' use-path ';' | 'include' use-path 'with' '{' include-names-list '}'`
///
/// The grammar has no `;` behind the `}`, an example in `WIT.md` has one; it is taken with a warning.
fn include_item(p: &mut Parser<'_>, mut head: Head) -> IncludeItem {
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
            p.warn(errors::semicolon_behind_with(semicolon));
        }
    } else {
        p.semicolon();
    }
    IncludeItem { docs: head.docs, attributes: head.attributes, path, with, span: p.span_from(head.start) }
}
