//! Functions with the names of core exports and of functions of the C library, which the guest needs at the same time.
//! The dependency has another name, which its macros find.

#[wit_tools::guest(
    inline = "
        package test:core-names;

        interface inner {
            free: func(text: string) -> string;
        }

        interface texts {
            record piece {
                text: string,
            }
        }

        world core-names {
            use texts.{piece};
            export memory: func(text: string) -> string;
            export malloc: func(text: string) -> string;
            export free: func(text: string) -> string;
            export write: func(text: string) -> string;
            export memcpy: func(text: string) -> string;
            export strlen: func(text: string) -> string;
            export exit: func(text: string) -> string;
            export main: func(text: string) -> string;
            export copy: func(piece: piece) -> piece;
            export inner;
        }
    ",
    with = { "test:core-names/texts/piece": crate::Piece }
)]
mod bindings {}

/// A piece of text.
#[derive(wit_tools::WitType)]
pub struct Piece {
    /// The text.
    pub text: String,
}

struct Names;

/// Allocates and copies, so that the functions of the C library are used.
fn answer(name: &str, text: &str) -> String {
    let texts: Vec<String> = (0..100).map(|_| text.to_owned()).collect();
    format!("{name}: {}", texts.concat().len())
}

impl bindings::Guest for Names {
    fn memory(text: String) -> String {
        answer("memory", &text)
    }

    fn malloc(text: String) -> String {
        answer("malloc", &text)
    }

    fn free(text: String) -> String {
        answer("free", &text)
    }

    fn write(text: String) -> String {
        answer("write", &text)
    }

    fn memcpy(text: String) -> String {
        answer("memcpy", &text)
    }

    fn strlen(text: String) -> String {
        answer("strlen", &text)
    }

    fn exit(text: String) -> String {
        answer("exit", &text)
    }

    fn main(text: String) -> String {
        answer("main", &text)
    }

    fn copy(piece: Piece) -> Piece {
        piece
    }
}

impl bindings::exports::test::core_names::inner::Guest for Names {
    fn free(text: String) -> String {
        answer("inner", &text)
    }
}

bindings::export!(Names with_types_in bindings);
