//! Every WIT name has a Rust identifier: the words that Rust reserves or that its prelude has, as names of every kind.

use proc_macro2::{TokenStream, TokenTree};
use witwright_codegen::{Options, Target, generate};
use witwright_resolver::{Disk, Input, resolve};

/// The keywords of Rust: strict, reserved and weak ones, of all editions.
const KEYWORDS: [&str; 55] = [
    "abstract",
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "const",
    "continue",
    "crate",
    "do",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "macro",
    "macro-rules",
    "match",
    "mod",
    "move",
    "mut",
    "override",
    "priv",
    "pub",
    "raw",
    "ref",
    "return",
    "safe",
    "self",
    "static",
    "struct",
    "super",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "union",
    "unsafe",
    "unsized",
    "use",
    "virtual",
    "where",
    "while",
    "yield",
];

/// Names of Rust's prelude and primitive types, and names that the bindings use themselves.
const NAMES: [&str; 26] = [
    "arg0", "bool", "clone", "core", "drop", "err", "error", "export", "func", "guest", "host", "into", "none", "ok",
    "option", "result", "rt", "rep", "some", "std", "store", "str", "string", "t", "u8", "vec",
];

#[test]
fn keywords_are_escaped() {
    KEYWORDS.iter().for_each(|word| every_kind_of_name(word));
}

#[test]
fn other_names_are_taken() {
    NAMES.iter().for_each(|word| every_kind_of_name(word));
}

/// Generates the bindings of worlds in which everything has this name that may have it.
fn every_kind_of_name(word: &str) {
    // A method has a parameter `self` already.
    let of_method = if word == "self" { "%other" } else { "NAME" };
    let text = TEMPLATE.replace("OF-METHOD", of_method).replace("NAME", &format!("%{word}"));
    let resolution =
        resolve(&[Input::Inline { name: word.to_owned(), text }], &Disk, &witwright_resolver::Options::default());
    assert!(!resolution.has_errors(), "{word}: {:?}", resolution.diagnostics);
    for (world, _) in resolution.model.worlds.iter() {
        for target in [Target::Guest, Target::Host] {
            let options = Options::default().with_generate_all();
            let bindings = generate(&resolution.model, world, target, &options);
            let bindings = bindings.unwrap_or_else(|errors| panic!("{word}: {errors:?}"));
            // Keywords of the edition of 2024 are identifiers to the parser.
            assert!(!has_ident(&bindings, "gen"), "{word}: `gen` is a keyword");
            if let Err(error) = syn::parse2::<syn::File>(bindings) {
                panic!("{word} for a {target:?}: {error}");
            }
        }
    }
}

fn has_ident(tokens: &TokenStream, name: &str) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == name,
        TokenTree::Group(group) => has_ident(&group.stream(), name),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

const TEMPLATE: &str = "
package NAME:NAME@1.0.0;

interface NAME {
  NAME: func(NAME: u32) -> u32;
}

interface in-records {
  record NAME { NAME: string }
  f: func(NAME: NAME) -> NAME;
}

interface in-variants {
  variant NAME { NAME(string), other-case }
  f: func(NAME: NAME) -> list<NAME>;
}

interface in-enums {
  enum NAME { NAME }
  f: func(NAME: NAME) -> result<_, NAME>;
}

interface in-flags {
  flags NAME { NAME }
  f: func(NAME: NAME) -> NAME;
}

interface in-aliases {
  type NAME = list<u8>;
  f: func(NAME: NAME) -> NAME;
}

interface in-resources {
  resource NAME {
    constructor(NAME: u32);
    method-of-it: func(OF-METHOD: borrow<NAME>) -> NAME;
  }
  f: func(NAME: borrow<NAME>) -> NAME;
}

interface in-methods {
  resource res { NAME: func(OF-METHOD: u32) -> u32; }
  resource ret { NAME: static func(NAME: u32) -> u32; }
}

world everything {
  import NAME;
  import in-records;
  import in-variants;
  import in-enums;
  import in-flags;
  import in-aliases;
  import in-resources;
  import in-methods;
  export NAME;
  export in-records;
  export in-variants;
  export in-enums;
  export in-flags;
  export in-aliases;
  export in-resources;
  export in-methods;
}

world with-functions {
  import NAME: func(NAME: string) -> string;
  export NAME: func(NAME: string) -> string;
}

world with-interfaces {
  import NAME: interface { NAME: func(NAME: u32); }
  export NAME: interface { NAME: func(NAME: u32); }
}

world with-types {
  record NAME { NAME: u32 }
  import f: func(NAME: NAME) -> NAME;
}

package local:other {
  world NAME {
    import NAME:NAME/NAME@1.0.0;
    import f: func();
    export NAME:NAME/in-resources@1.0.0;
    export g: func();
  }
}
";
