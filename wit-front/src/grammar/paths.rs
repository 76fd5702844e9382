//! Names of packages, and paths to interfaces and worlds (`WIT.md#package-declaration`, `#item-toplevel-use`).

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::ast::{Ident, Name, PackageName, UsePath};
use crate::features::LanguageFeature;
use crate::lexer::T;
use crate::parser::Parser;
use crate::span::Span;

use super::foreign;
use super::names::{at_version, id, id_or_missing};

/// `( id ':' )+ id ( '/' id )* ('@' valid-semver)?`
pub(super) fn package_name(p: &mut Parser<'_>) -> Option<PackageName> {
    if foreign::path::begins_web_address(p) {
        return foreign::path::web_address_of_package(p);
    }
    let (start, reports) = (p.span(), p.report_count());
    let mut namespaces = Vec::from([id(p, "a package name, as in `namespace:name`")?]);
    if !p.at(T![:]) && foreign::path::eat_colon_of_package(p, &namespaces[0]) {
        namespaces.push(id_or_missing(p, "a package name"));
    }
    while !foreign::path::at_colon_before_version(p) && p.eat(T![:]) {
        namespaces.push(id_or_missing(p, "a package name"));
    }
    let mut names: Vec<Ident> = namespaces.pop().into_iter().collect();
    if namespaces.is_empty() {
        // The missing namespace has been reported.
        namespaces.clone_from(&names);
    }
    while p.eat(T![/]) {
        names.push(id_or_missing(p, "a package name"));
    }
    if p.report_count() == reports {
        require_nested(p, &namespaces, &names, start);
    }
    let version = foreign::path::colon_before_version(p).or_else(|| at_version(p));
    Some(PackageName { namespaces, names, version, span: p.span_from(start) })
}

/// `use-path ::= id | id ':' id '/' id ('@' valid-semver)? | ( id ':' )+ id ( '/' id )+ ('@' valid-semver)?`
pub(super) fn use_path(p: &mut Parser<'_>, what: &str) -> UsePath {
    let start = p.span();
    if foreign::path::begins_web_address(p) {
        foreign::path::web_address_of_item(p);
        return unread_path(p);
    }
    let first = id_or_missing(p, what);
    if !p.at(T![:]) || p.nth(1) == T![:] {
        return if foreign::path::rest(p, start, &first) { unread_path(p) } else { UsePath::Local(first) };
    }
    let mut namespaces = Vec::from([first]);
    while p.eat(T![:]) {
        namespaces.push(id_or_missing(p, "a package name"));
    }
    let mut names: Vec<Ident> = namespaces.pop().into_iter().collect();
    let early_version = foreign::path::version_before_name(p);
    if foreign::path::eat_dot_before_name(p) {
        names.push(id_or_missing(p, "the name of an interface or world"));
    } else if !p.at(T![/]) {
        let package = package_text(&namespaces, &names);
        foreign::path::without_interface(p, start, &package);
        return unread_path(p);
    }
    while !foreign::path::slash_before_names(p) && p.eat(T![/]) {
        names.push(id_or_missing(p, "the name of an interface or world"));
    }
    let name = names.pop().unwrap_or_else(|| unreachable!("names holds the package's name and what follows a `/`"));
    require_nested(p, &namespaces, &names, start);
    let package_span = p.span_from(start);
    let position = p.position();
    let version = at_version(p).or(early_version);
    if version.is_none() && p.position() > position {
        return unread_path(p);
    }
    let package = PackageName { namespaces, names, version, span: package_span };
    UsePath::Package { package, name, span: p.span_from(start) }
}

fn require_nested(p: &mut Parser<'_>, namespaces: &[Ident], names: &[Ident], start: Span) {
    if namespaces.len() > 1 || names.len() > 1 {
        let span = p.span_from(start);
        p.require(span, "nested namespaces and packages", LanguageFeature::NestedPackages);
    }
}

/// The path in the tree for one that could not be read.
pub(super) fn unread_path(p: &Parser<'_>) -> UsePath {
    UsePath::Local(Ident { name: Name::default(), escaped: false, span: p.previous_end() })
}

/// A path as WIT writes it.
pub(super) fn path_text(path: &UsePath) -> String {
    match path {
        UsePath::Local(name) => name.written().into_owned(),
        UsePath::Package { package, name, .. } => {
            let version = package.version.as_ref().map(|version| format!("@{}", version.value)).unwrap_or_default();
            format!("{}/{}{version}", package_text(&package.namespaces, &package.names), name.written())
        }
    }
}

/// A package's name without its version, as WIT writes it.
fn package_text(namespaces: &[Ident], names: &[Ident]) -> String {
    let written = |names: &[Ident]| names.iter().map(|name| name.written().into_owned()).collect::<Vec<_>>();
    format!("{}:{}", written(namespaces).join(":"), written(names).join("/"))
}
