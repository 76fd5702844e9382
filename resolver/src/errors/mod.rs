//! Every diagnostic of the resolver: its code and its text.
//!
//! `E03xx` names and packages, `E04xx` types, `E05xx` gates, `E06xx` worlds.

pub(crate) mod gates;
pub(crate) mod names;
pub(crate) mod packages;
pub(crate) mod types;
pub(crate) mod worlds;

use alloc::string::String;
use core::fmt::Write as _;

/// `` `a`, `b` and `c` ``; of many, the first ones and how many there are.
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
