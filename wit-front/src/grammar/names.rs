//! Names and versions (`WIT.md#wit-identifiers`, `#package-declaration`).

use crate::ast::{AsName, Ident, Name, Version};
use crate::lexer::{T, TokenKind};
use crate::parser::Parser;

use super::foreign;

/// `id ::= '%'? label`; `what` is its purpose, for messages.
pub(super) fn id(p: &mut Parser<'_>, what: &str) -> Option<Ident> {
    let text = p.token_text();
    let (name, escaped) = match p.kind() {
        TokenKind::Label => (text.into(), false),
        TokenKind::EscapedLabel => (text[1..].into(), true),
        _ => foreign::name::meant_name(p, what)?,
    };
    Some(Ident { name, escaped, span: p.bump() })
}

/// An `id` that must be in the tree because more follows it; without a name if there is none.
pub(super) fn id_or_missing(p: &mut Parser<'_>, what: &str) -> Ident {
    id(p, what).unwrap_or_else(|| Ident { name: Name::default(), escaped: false, span: p.previous_end() })
}

/// `('as' id)?`
pub(super) fn as_name(p: &mut Parser<'_>) -> Option<Ident> {
    if p.eat(T![as]) || foreign::name::eat_as(p) { id(p, "a new name") } else { None }
}

/// `use-names-item ::= id | id 'as' id`
pub(super) fn use_names_item(p: &mut Parser<'_>) -> Option<AsName> {
    let name = id(p, "the name of a type")?;
    let as_ = as_name(p);
    Some(AsName { name, as_ })
}

/// `('@' valid-semver)?`
pub(super) fn at_version(p: &mut Parser<'_>) -> Option<Version> {
    let is_number = matches!(p.nth(1), TokenKind::Version | TokenKind::Integer);
    if p.at(T![@]) && (is_number || !p.begins_line()) {
        p.bump();
        return version(p);
    }
    None
}

/// `valid-semver`
pub(super) fn version(p: &mut Parser<'_>) -> Option<Version> {
    if matches!(p.kind(), TokenKind::Version | TokenKind::Integer)
        && let Ok(value) = semver::Version::parse(p.token_text())
    {
        return Some(Version { value, span: p.bump() });
    }
    foreign::name::version(p)
}
