//! Help for words of other languages where an item should begin.

/// The way to express in WIT what a keyword of another language expresses.
pub(crate) fn advice(word: &str) -> Option<&'static str> {
    Some(match word {
        "const" | "let" | "var" | "final" | "define" => {
            "WIT has no constants and no variables: provide a value with a function, as in `limit: func() -> u32;`"
        }
        "scalar" => "give a type another name with `type name = string;`",
        "syntax" | "edition" => "WIT has nothing like it: remove the line",
        "throws" | "raises" | "throw" => "a function that can fail returns a `result<T, E>`",
        "returns" | "return" => "the result of a function is written after `->`",
        "impl" | "extern" | "implements" => {
            "WIT describes the imports and exports of a component; their implementation is in another language"
        }
        "where" | "typename" | "template" => "WIT has no type parameters",
        "destructor" | "finalizer" => "a resource has no destructor in WIT: it is dropped with its handle",
        "macro" | "pragma" => "the files of a package see each other without an include",
        _ => return None,
    })
}
