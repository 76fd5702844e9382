//! Every diagnostic of the resolver: its code and its text.
//!
//! `E03xx` names and packages, `E04xx` types, `E05xx` gates, `E06xx` worlds, `W08xx` lints.

pub(crate) mod gates;
pub(crate) mod lints;
pub(crate) mod names;
pub(crate) mod packages;
pub(crate) mod targets;
pub(crate) mod types;
pub(crate) mod worlds;

use alloc::string::String;
use core::fmt::Write as _;
use core::iter::Take;

use witwright_front::similar::closest;
use witwright_front::{Diagnostic, MAX_DIAGNOSTICS, Span};

/// `` `a`, `b` and `c` ``; of many, the first ones and the number of the others.
fn list<T: AsRef<str>>(names: &[T]) -> String {
    const SHOWN: usize = 12;
    let mut text = String::new();
    let shown = names.len().min(SHOWN);
    for (i, name) in names[..shown].iter().enumerate() {
        let separator = match i {
            0 => "",
            i if i + 1 == names.len() => " and ",
            _ => ", ",
        };
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{separator}`{}`", name.as_ref());
    }
    if names.len() > shown {
        let _ = write!(text, " and {} more", names.len() - shown);
    }
    text
}

/// The name most similar to a misspelt one. Of very many names only the first are compared, because each takes time.
fn near<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    const LOOKED_AT: usize = 1000;
    closest(name, candidates.take(LOOKED_AT))
}

/// The names to compare a misspelt one with; none if more diagnostics exist than are shown, because each takes time.
pub(crate) fn candidates<I: Iterator>(found: &[Diagnostic], names: I) -> Take<I> {
    names.take(if found.len() < MAX_DIAGNOSTICS { usize::MAX } else { 0 })
}

/// Adds the steps of a cycle as labels, and the whole cycle as a note; of a long cycle only the beginning.
fn with_cycle(mut diagnostic: Diagnostic, steps: &[(String, Span)], verb: &str) -> Diagnostic {
    const SHOWN: usize = 8;
    let mut way = String::new();
    for (i, (name, span)) in steps.iter().enumerate().take(SHOWN) {
        let next = &steps[(i + 1) % steps.len()].0;
        diagnostic = diagnostic.label(*span, alloc::format!("`{name}` {verb} `{next}` here"));
        let _ = write!(way, "{name} -> ");
    }
    if steps.len() > SHOWN {
        let _ = write!(way, "… {} more … -> ", steps.len() - SHOWN);
    }
    let first = steps.first().map(|(name, _)| name.as_str()).unwrap_or_default();
    diagnostic.note(alloc::format!("the cycle is {way}{first}"))
}
