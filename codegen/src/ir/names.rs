//! Rust identifiers from WIT names: those of `wit_bindgen::generate!`. Only this module makes identifiers.
//!
//! A word of a WIT name is all lower or all upper case (`WIT.md#identifiers`), so words need no further splitting.
//!
//! Every WIT name has an identifier. If Rust reserves the word, in any edition, the identifier has `_` after it: `type_`,
//! `self_`, `Self_`, `gen_`. No WIT name contains `_`, so this is never the identifier of another name.

use proc_macro2::{Ident, Span};

/// The lower-case words that Rust reserves in some edition, the strict keywords and the reserved ones.
const KEYWORDS: [&str; 51] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
    "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
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

/// The name of a type, which must differ from that of the trait `Guest`.
pub(crate) fn type_name(name: &str) -> Ident {
    if name == "guest" { ident("Guest_") } else { camel(name) }
}

/// The name of a flag: `SHOUTY_SNAKE_CASE`.
pub(crate) fn shouty(name: &str) -> Ident {
    ident(&snake_text(name).to_ascii_uppercase())
}

/// A name made of others, which are identifiers already.
pub(crate) fn ident(text: &str) -> Ident {
    Ident::new(text, Span::call_site())
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
        assert_eq!(type_name("guest").to_string(), "Guest_");
        assert_eq!(shouty("read-only").to_string(), "READ_ONLY");
    }

    #[test]
    fn modules_name_a_version_where_there_are_several() {
        assert_eq!(package_module("http-types", None).to_string(), "http_types");
        assert_eq!(package_module("http", Some("0.2.0-rc.1")).to_string(), "http0_2_0_rc_1");
    }
}
