//! Help for words of other languages where an item should begin.

/// The WIT way to do what this word does in another language.
pub(crate) fn advice(word: &str) -> Option<&'static str> {
    Some(match word {
        "const" | "let" | "var" | "final" | "define" => {
            "WIT has no constants and no variables: a function gives a value, as in `limit: func() -> u32;`"
        }
        "scalar" => "give a type another name with `type name = string;`",
        "syntax" | "edition" => "nothing takes its place in WIT: remove the line",
        "throws" | "raises" | "throw" => "a function that can fail gives a `result<T, E>`",
        "returns" | "return" => "the result of a function stands behind `->`",
        "impl" | "extern" | "implements" => {
            "WIT says what a component offers and needs; it is implemented in another language"
        }
        "where" | "typename" | "template" => "WIT has no type parameters",
        "macro" | "pragma" => "the files of a package see each other: nothing needs to be included",
        _ => return None,
    })
}
