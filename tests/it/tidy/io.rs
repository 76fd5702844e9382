//! Libraries read files and the state of the process only through the resolver's `Disk`, so that macros, tests and editors
//! can supply files.

use super::sources::{Source, Sources};
use super::{Problem, check, planted};

/// The libraries of this rule. `cli` is a program, and `witwright::build` runs in build scripts.
const LIBRARIES: [&str; 6] =
    ["wit-front/src/", "resolver/src/", "codegen/src/", "codegen-macros/src/", "abi-runtime/src/", "host/src/"];

/// The exceptions: the file system as a `Files`, the directory of the package in which a macro expands, `env!` in its options, and the
/// arguments of the compiler.
const HOMES: [&str; 4] = [
    "resolver/src/files/disk.rs",
    "codegen-macros/src/options.rs",
    "codegen-macros/src/text.rs",
    "codegen-macros/src/dependency.rs",
];

/// Modules of `std` and methods of `Path` that access the machine.
const ACCESSES: [&str; 12] = [
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "fs::",
    "env::",
    "current_dir(",
    ".is_file()",
    ".is_dir()",
    ".read_dir()",
    ".canonicalize()",
    ".exists()",
];

#[test]
fn files_are_read_in_one_place() {
    check(accesses);
    for text in [
        "let text = std::fs::read(path)?;",
        "use std::{env, fs, io};\nlet text = fs::read(path)?;",
        "if Path::new(&default).exists() {",
        "let current = std::env::current_dir().unwrap_or_default();",
    ] {
        assert_eq!(planted(accesses, "codegen/src/a.rs", text), 1, "{text}");
        assert_eq!(planted(accesses, "resolver/src/load/mod.rs", text), 1, "{text}");
        assert_eq!(planted(accesses, "resolver/src/files/disk.rs", text), 0, "{text}");
        assert_eq!(planted(accesses, "cli/src/a.rs", text), 0, "{text}");
    }
    for text in ["use crate::typedefs::item;", "// `std::fs` is not used", "let found = self.exists(name);"] {
        assert_eq!(planted(accesses, "resolver/src/a.rs", text), 0, "{text}");
    }
}

fn accesses(sources: &Sources) -> Vec<Problem> {
    sources.rust().filter(|source| is_held(source)).flat_map(problems).collect()
}

fn is_held(source: &Source) -> bool {
    LIBRARIES.iter().any(|library| source.path.starts_with(library)) && !HOMES.contains(&source.path.as_str())
}

fn problems(source: &Source) -> impl Iterator<Item = Problem> {
    let lines = source.code().filter(|(_, line)| ACCESSES.iter().any(|access| contains_path(line, access)));
    lines.map(|(number, line)| format!("{}:{number}: reaches the machine: `{}`", source.path, line.trim()))
}

/// Whether a line contains this text, but not as the end of a longer name.
fn contains_path(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        path.starts_with('.') || !before.is_some_and(|c| c == '_' || c.is_alphanumeric())
    })
}
