//! Rust identifiers from WIT names, exactly those of `wit_bindgen::generate!`: the one place that makes identifiers.
//!
//! A word of a WIT name is all lower or all upper case (`WIT.md#identifiers`), so words need no further splitting.

use proc_macro2::{Ident, Span};

/// Names that Rust reserves and that `wit_bindgen` escapes with `_`.
const KEYWORDS: [&str; 50] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
    "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// The name of a function, a parameter, a field or a module: `snake_case`.
pub(crate) fn snake(name: &str) -> Ident {
    let snake = snake_text(name);
    match snake.as_str() {
        // Reserved from the edition of 2024 on; the raw form is the same name in every edition.
        "gen" => Ident::new_raw("gen", Span::call_site()),
        keyword if KEYWORDS.contains(&keyword) => ident(&format!("{keyword}_")),
        _ => ident(&snake),
    }
}

/// The name of a type or of a case: `UpperCamelCase`.
pub(crate) fn camel(name: &str) -> Ident {
    match camel_text(name).as_str() {
        "Self" => ident("Self_"),
        camel => ident(camel),
    }
}

/// The name of a type, which must not be that of the trait `Guest`.
pub(crate) fn type_name(name: &str) -> Ident {
    if name == "guest" { ident("Guest_") } else { camel(name) }
}

/// The name of a flag: `SHOUTY_SNAKE_CASE`.
pub(crate) fn shouty(name: &str) -> Ident {
    ident(&snake_text(name).to_ascii_uppercase())
}

/// A name put together from others, which are identifiers already.
pub(crate) fn ident(text: &str) -> Ident {
    Ident::new(text, Span::call_site())
}

/// The module of a package; `version` is given when the graph holds several of them.
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
        assert_eq!(snake("gen").to_string(), "r#gen");
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
