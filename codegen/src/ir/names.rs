//! Rust identifiers from WIT names: those of `wit_bindgen::generate!`. Only this module makes identifiers.
//!
//! A word of a WIT name is all lower or all upper case (`WIT.md#identifiers`), so words need no further splitting.
//!
//! Every WIT name has an identifier. If Rust reserves the word, in any edition, the identifier has `_` after it: `type_`,
//! `self_`, `Self_`, `gen_`. No WIT name contains `_`, so this is never the identifier of another name.
//!
//! If two names of one scope would be the same identifier, the later one has `_` after it. The order is: the names that
//! all bindings have (`Guest`, `Host`, `new`, `drop`), WIT's names in the order of the text, and names that the
//! generator makes of them (`GuestDocument`, `DocumentBorrow`, the struct of a world). Names that users never write, such
//! as type parameters, begin or end with `_`, so they cannot be the name of an item.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};

/// The lower-case words that Rust reserves in some edition, the strict keywords and the reserved ones.
const KEYWORDS: [&str; 51] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
    "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Rust's primitive types.
const PRIMITIVES: [&str; 17] = [
    "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "str", "u8", "u16", "u32", "u64", "u128",
    "usize",
];

/// The name of a function, a parameter, a field or a module: `snake_case`.
pub(crate) fn snake(name: &str) -> Ident {
    let snake = snake_text(name);
    if KEYWORDS.contains(&snake.as_str()) { ident(&format!("{snake}_")) } else { ident(&snake) }
}

/// The name of a type or of a case: `UpperCamelCase`.
pub(crate) fn camel(name: &str) -> Ident {
    match camel_text(name).as_str() {
        "Self" => ident("Self_"),
        camel => ident(camel),
    }
}

/// The identifiers that are taken in one scope.
#[derive(Debug, Default)]
pub(crate) struct Taken(BTreeSet<String>);

impl Taken {
    /// A scope with the names that all bindings have.
    pub(crate) fn with(names: &[&str]) -> Taken {
        Taken(names.iter().map(|name| (*name).to_owned()).collect())
    }

    /// Takes an identifier, with as many `_` after it as it needs to differ from those that are taken.
    pub(crate) fn take(&mut self, name: &Ident) -> Ident {
        let mut name = name.to_string();
        while !self.0.insert(name.clone()) {
            name.push('_');
        }
        ident(&name)
    }
}

/// The name of a module at the root, where a primitive type of Rust would be hidden by a module of its name.
pub(crate) fn root_module(name: &str) -> Ident {
    let module = snake(name);
    if PRIMITIVES.contains(&name) { ident(&format!("{module}_")) } else { module }
}

/// The name of a flag: `SHOUTY_SNAKE_CASE`.
pub(crate) fn shouty(name: &str) -> Ident {
    ident(&snake_text(name).to_ascii_uppercase())
}

/// A name made of others, which are identifiers already.
pub(crate) fn ident(text: &str) -> Ident {
    Ident::new(text, Span::call_site())
}

/// The last name of a path.
pub(crate) fn last(path: &TokenStream) -> String {
    path.clone().into_iter().last().map(|token| token.to_string()).unwrap_or_default()
}

/// The place of the last token of a path that the user writes, so that the compiler's errors point at it.
pub(crate) fn end(path: &TokenStream) -> Span {
    let last = match path.clone().into_iter().last() {
        // An argument of a macro.
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::None => return end(&group.stream()),
        last => last.map_or_else(Span::call_site, |last| last.span()),
    };
    Span::call_site().located_at(last)
}

/// The module of a package; `version` is `Some` if the graph has several versions of it.
pub(crate) fn package_module(name: &str, version: Option<&str>) -> Ident {
    match version {
        None => snake(name),
        Some(version) => ident(&format!("{}{}", snake_text(name), letters(version))),
    }
}

/// `snake_case` without escapes; every other character becomes `_`.
pub(crate) fn snake_text(name: &str) -> String {
    letters(&name.to_ascii_lowercase())
}

/// The name of a world, `ns:package/name@version`, as part of an identifier in `snake_case`, in which no other world's is the same.
///
/// A name that is not what a reader takes its words for has a mark at its end: its signs in hexadecimal, with an `s` between those
/// that no word separates, and the places of capital letters. So `a:b-c/d` is not `a:b/c-d`, and `a:b/c-1-0-0` not `a:b/c@1.0.0`.
pub(crate) fn id_text(name: &str) -> String {
    let is_sign = |c: char| !c.is_ascii_alphanumeric();
    let words: Vec<&str> = name.split(is_sign).filter(|word| !word.is_empty()).collect();
    let text = words.join("_").to_ascii_lowercase();
    let is_mark = |word: &str| {
        word.strip_prefix('x').is_some_and(|rest| rest.chars().all(|c| matches!(c, 's' | 'u') || c.is_ascii_hexdigit()))
    };
    if plain_reading(&text) == name && !text.rsplit('_').next().is_some_and(is_mark) {
        return text;
    }
    let hexadecimal =
        |signs: &str| signs.chars().map(|c| format!("{:02x}", u32::from(c))).collect::<Vec<_>>().join("s");
    let signs = name.split(|c| !is_sign(c)).filter(|signs| !signs.is_empty()).map(hexadecimal);
    let capitals = name.char_indices().filter(|(_, c)| c.is_ascii_uppercase()).map(|(i, _)| format!("u{i}"));
    format!("{text}_x{}", signs.chain(capitals).collect::<String>())
}

/// `ns:package/name@1.0.0` of `ns_package_name_1_0_0`: the first number is that of a version, and names have no `-` before the last `/`.
fn plain_reading(text: &str) -> String {
    let mut name = String::with_capacity(text.len());
    let mut has_version = false;
    for (i, word) in text.split('_').enumerate() {
        let is_number = word.starts_with(|c: char| c.is_ascii_digit());
        name.push_str(match i {
            0 => "",
            1 => ":",
            2 => "/",
            _ if !is_number => "-",
            _ if has_version => ".",
            _ => "@",
        });
        has_version |= i > 2 && is_number;
        name.push_str(word);
    }
    name
}

/// `UpperCamelCase` without escapes.
pub(crate) fn camel_text(name: &str) -> String {
    let mut camel = String::with_capacity(name.len());
    for word in name.split(|c: char| !c.is_ascii_alphanumeric()) {
        let mut chars = word.chars();
        camel.extend(chars.next().map(|first| first.to_ascii_uppercase()));
        camel.extend(chars.map(|c| c.to_ascii_lowercase()));
    }
    camel
}

fn letters(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_wit_bindgen() {
        assert_eq!(snake("status-code").to_string(), "status_code");
        assert_eq!(snake("parse-URL").to_string(), "parse_url");
        assert_eq!(snake("type").to_string(), "type_");
        assert_eq!(snake("gen").to_string(), "gen_");
        assert_eq!(camel("parse-URL2").to_string(), "ParseUrl2");
        assert_eq!(camel("self").to_string(), "Self_");
        assert_eq!(shouty("read-only").to_string(), "READ_ONLY");
    }

    #[test]
    fn the_later_of_two_names_has_an_underscore() {
        let mut taken = Taken::with(&["Guest"]);
        assert_eq!(taken.take(&camel("guest")).to_string(), "Guest_");
        assert_eq!(taken.take(&camel("a1")).to_string(), "A1");
        assert_eq!(taken.take(&camel("a-1")).to_string(), "A1_");
        assert_eq!(root_module("u8").to_string(), "u8_");
        assert_eq!(root_module("type").to_string(), "type_");
    }

    #[test]
    fn names_of_versions_differ() {
        assert_eq!(id_text("acme:text/to-html@1.2.0"), "acme_text_to_html_1_2_0");
        let signs = [
            "a:b/c-d",
            "a:b-c/d",
            "a-b:c/d",
            "a-b:c/d@1.0.0",
            "a:b/c-d@1.0.0",
            "a:b:c/d",
            "a:b/c/d",
            "a:b:c/d@1.0.0",
            "a:b/c/d@1.0.0",
            "a:b/c-d-1-0",
            "a:b/c-d-1-0-0",
            "a:b/c-d-1-0-0-1-0",
            "a:b/c-d-1@0.0.1",
            "a:b/c-d-x3a2d2f",
        ];
        assert_eq!(signs.map(id_text).into_iter().collect::<BTreeSet<_>>().len(), signs.len());
        let versions = [
            "1.0.0-a.b",
            "1.0.0-a-b",
            "1.0.0-a+b",
            "1.0.0+a.b",
            "1.0.0-A.b",
            "1.0.0-a.x2db",
            "1.0.0-a-2db",
            "1.0.0--a",
            "1.0.0-a-",
            "1.0.0-a--b-c",
            "1.0.0-a-b--c",
        ];
        let texts: BTreeSet<String> = versions.iter().map(|version| id_text(&format!("a:b/c@{version}"))).collect();
        assert_eq!(texts.len(), versions.len());
        assert!(texts.iter().all(|text| !text.contains("__")), "the lint `non_snake_case` refuses it");
    }

    #[test]
    fn modules_name_a_version_where_there_are_several() {
        assert_eq!(package_module("http-types", None).to_string(), "http_types");
        assert_eq!(package_module("http", Some("0.2.0-rc.1")).to_string(), "http0_2_0_rc_1");
    }
}
