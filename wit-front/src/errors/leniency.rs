//! `W0205`: forms that are not in the grammar of `WIT.md`, but that other tools accept, so that texts have them. They
//! are accepted here with a warning. With `W0201` to `W0204`, this is the complete list.
//!
//! Only these forms are accepted without a warning: those of nearly every published package, a `,` after the last parameter and
//! after the last name of `include … with`; and one that only the prose of `WIT.md` has, a constructor's result.

use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;

/// Something that the specification's grammar does not have.
pub(crate) const W0205: Code = Code("W0205");

/// A form that is accepted although the grammar does not have it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Leniency {
    /// `map<name, v>`. `kt ::= 'u8' | … | 'string'`
    KeyByName,
    /// `use i.{};`. `use-names-list ::= use-names-item | use-names-item ',' use-names-list?`
    NoNames,
    /// `include w with {}`. `include-names-list ::= include-names-item | include-names-list ',' include-names-item`
    NoRenamings,
    /// `@external-id("x") @since(version = 1.0.0) f: func();`. `gate external-id? …`
    GateAfterExternalId,
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
            "write the type that the name is an alias of",
        ),
        Leniency::NoNames => ("a `use` without names", "nothing is used", "name the types, or remove the `use`"),
        Leniency::NoRenamings => ("a `with` without names", "nothing is renamed", "remove the `with`"),
        Leniency::GateAfterExternalId => {
            ("a gate after `@external-id`", "expected before `@external-id`", "write the gates first")
        }
        Leniency::ExternalIdOfWorldType => {
            ("`@external-id` on a type of a world", "types of worlds have no external id", "remove it")
        }
        Leniency::GatedToplevelUse => {
            ("a gate on a `use` at the top level", "only interfaces and worlds are gated here", "remove it")
        }
        Leniency::BlankInPath => (
            "a path with a space after its namespace",
            "read as one path",
            "write `namespace:package/name` without spaces",
        ),
    };
    Diagnostic::warning(W0205, alloc::format!("{what} is not in the grammar of WIT"))
        .label(span, label)
        .note("accepted because other tools accept it")
        .help(help)
}
