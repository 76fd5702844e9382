//! `src/lexer/tokens.rs` is the expansion of `src/lexer/tokens.in.rs` by logos.
//!
//! It is expanded ahead of time, because the derive macro would add seven crates to the builds of users. After a change
//! to the input run
//! `BLESS=1 cargo test -p witwright-front expansion`.

use std::path::Path;

use proc_macro2::TokenStream;

const HEAD: &str =
    "//! The kinds of tokens (`WIT.md#lexical-structure`), @generated from `tokens.in.rs` by logos; not to be edited.\n
use logos::Logos;\n\n";

#[test]
fn the_checked_in_lexer_is_current() {
    let lexer = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lexer");
    let input = std::fs::read_to_string(lexer.join("tokens.in.rs")).expect("the input exists");
    let expanded = expand(&input);
    let output = lexer.join("tokens.rs");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&output, &expanded).expect("the source tree is writable");
    }
    let checked_in = std::fs::read_to_string(&output).expect("the expansion exists");
    assert!(checked_in == expanded, "tokens.rs is not what tokens.in.rs gives; see this file's head");
}

/// The text of `tokens.rs`: the enum without its patterns, then the implementation that logos derives from them.
fn expand(input: &str) -> String {
    let mut file: syn::File = syn::parse_str(input).expect("the input is Rust");
    file.attrs.clear();
    file.items.retain(|item| matches!(item, syn::Item::Enum(_)));
    let input: TokenStream = prettyplease::unparse(&file).parse().expect("a printed file is Rust");
    let mut output = logos_codegen::strip_attributes(input.clone());
    output.extend(logos_codegen::generate(input));
    let file: syn::File = syn::parse2(output).expect("logos gives Rust");
    format!("{HEAD}{}", prettyplease::unparse(&file))
}
