//! `W0205`: what the grammar of `WIT.md` does not have and other tools take, so that texts with it exist. It is taken here
//! too, with a warning. With `W0201` to `W0204`, this is the list of all of it.
//!
//! Taken without a word is only what nearly every published package has: a `,` behind the last parameter, and behind the
//! last name of `include … with`; and what the text of `WIT.md` has beside its grammar: a constructor's result.

use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;

/// Something that the specification's grammar does not have.
pub(crate) const W0205: Code = Code("W0205");

/// What is taken although the grammar does not have it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Leniency {
    /// `map<name, v>`. `kt ::= 'u8' | … | 'string'`
    KeyByName,
    /// `use i.{};`. `use-names-list ::= use-names-item | use-names-item ',' use-names-list?`
    NoNames,
    /// `include w with {}`. `include-names-list ::= include-names-item | include-names-list ',' include-names-item`
    NoRenamings,
    /// `@external-id("x") @since(version = 1.0.0) f: func();`. `gate external-id? …`
    GateBehindExternalId,
    /// `@external-id("x") type t = u8;` in a world. `world-definition ::= … | typedef-item`
    ExternalIdOfWorldType,
    /// `@since(version = 1.0.0) use a:b/c;` at the top level. `toplevel-use-item ::= 'use' use-path ('as' id)? ';'`
    GatedToplevelUse,
    /// `import a: b/c;`. "`a:b` is lexed as a single token instead of separate tokens"
    BlankInPath,
}

/// W0205: the specification does not have this, other tools do.
pub(crate) fn beyond_grammar(span: Span, leniency: Leniency) -> Diagnostic {
    let (what, label, help) = match leniency {
        Leniency::KeyByName => (
            "a map's key by the name of a type",
            "expected a type such as `string`",
            "write the type that it stands for",
        ),
        Leniency::NoNames => ("a `use` without names", "nothing is used", "name the types, or remove the `use`"),
        Leniency::NoRenamings => ("a `with` without names", "nothing is renamed", "remove the `with`"),
        Leniency::GateBehindExternalId => {
            ("a gate behind `@external-id`", "expected before `@external-id`", "write the gates first")
        }
        Leniency::ExternalIdOfWorldType => {
            ("`@external-id` on a type of a world", "types of worlds have no external id", "remove it")
        }
        Leniency::GatedToplevelUse => {
            ("a gate on a `use` at the top level", "only interfaces and worlds are gated here", "remove it")
        }
        Leniency::BlankInPath => (
            "a path with a blank behind its namespace",
            "read as one path",
            "write `namespace:package/name` without blanks",
        ),
    };
    Diagnostic::warning(W0205, alloc::format!("{what} is not in the grammar of WIT"))
        .label(span, label)
        .note("taken because other tools take it")
        .help(help)
}
