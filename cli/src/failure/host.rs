//! Components that could not be loaded, linked or run: the reasons, and help for users of the command.

use core::fmt;
use std::path::Path;

use witwright_host::{Direction, ErrorKind, FaultKind, LinkProblem, Problem, UnknownImport};

use crate::args::feature_name;

/// The failure that a component was not loaded, with the flag for a feature that is not enabled.
pub(super) fn loading(f: &mut fmt::Formatter<'_>, path: &Path, error: &witwright_host::Error) -> fmt::Result {
    write!(f, "cannot load {}: ", path.display())?;
    let ErrorKind::Invalid { message, gate: Some(gate), .. } = error.kind() else { return write!(f, "{error}") };
    write!(f, "{message}\n  help: enable it with `--component-features {}`", feature_name(gate.name()))
}

/// The failure that a component was not linked or ended with an error, with help.
pub(super) fn of_host(f: &mut fmt::Formatter<'_>, error: &witwright_host::Error) -> fmt::Result {
    if let ErrorKind::Link(problems) = error.kind() {
        // The help in the error itself is for a program that embeds the crate.
        write!(f, "the component cannot be linked:")?;
        problems.iter().try_for_each(|problem| write!(f, "\n  {problem}"))?;
    } else {
        write!(f, "{error}")?;
    }
    help(error).iter().try_for_each(|help| write!(f, "\n  help: {help}"))
}

/// Help for an error, one line for each reason.
fn help(error: &witwright_host::Error) -> Vec<String> {
    if matches!(error.kind(), ErrorKind::Core(fault) if fault.kind() == FaultKind::OneStack) {
        return vec!["add `--engine wasmi`".to_owned()];
    }
    if let Some(UnknownImport { interface, name, .. }) = error.downcast_host() {
        return vec![remedy(interface.as_ref().unwrap_or(name))];
    }
    let ErrorKind::Link(problems) = error.kind() else { return Vec::new() };
    let is_missing = |problem: &&LinkProblem| matches!(problem.problem, Problem::Missing { .. });
    let imports = problems.iter().filter(|problem| problem.direction == Direction::Import).filter(is_missing);
    let mut help: Vec<String> =
        imports.filter_map(|problem| problem.interface.as_deref().or(problem.name.as_deref())).map(remedy).collect();
    help.sort();
    help.dedup();
    help
}

/// Help for a missing import, by the name of its interface, or its own.
fn remedy(import: &str) -> String {
    let (name, version) = import.split_once('@').unwrap_or((import, ""));
    match name.split_once('/') {
        Some((package, _)) if package.starts_with("wasi:") => {
            let provided = PROVIDED.iter().find(|(name, ..)| *name == package);
            match (provided, version.rsplit_once('.').map_or("", |(minor, _)| minor)) {
                (Some((_, of_p2, _)), "0.2") if !of_p2.is_empty() => {
                    format!("of `{package}` 0.2, `witwright` provides the interfaces of `{of_p2}`")
                }
                (Some((_, _, of_p3)), "0.3") if !of_p3.is_empty() => {
                    format!("of `{package}` 0.3, `witwright` provides the interfaces of `{of_p3}`")
                }
                (Some(_), "") => {
                    format!("`witwright` provides `{package}` with a version only, such as `{name}@0.2.0`")
                }
                (Some(_), _) => format!(
                    "`witwright` provides WASI 0.2 and 0.3, not {version} of `{package}`; \
                     build the component for `wasm32-wasip2`"
                ),
                (None, _) => {
                    let names = PROVIDED.map(|(name, ..)| name);
                    format!("`witwright` does not provide `{package}`; of WASI it provides `{}`", names.join("`, `"))
                }
            }
        }
        Some(_) | None => format!(
            "`witwright compose` connects `{import}` to a component that exports it; \
             a program that embeds `witwright` can provide it with `host!`"
        ),
    }
}

/// The packages of WASI that `run` and `serve` provide, with the worlds whose interfaces those are, of 0.2 and of 0.3.
const PROVIDED: [(&str, &str, &str); 7] = [
    ("wasi:cli", COMMAND, COMMAND),
    ("wasi:clocks", COMMAND, COMMAND),
    ("wasi:filesystem", COMMAND, COMMAND),
    ("wasi:http", "wasi:http/proxy", "wasi:http/service"),
    ("wasi:io", COMMAND, ""),
    ("wasi:random", COMMAND, COMMAND),
    ("wasi:sockets", COMMAND, COMMAND),
];

const COMMAND: &str = "wasi:cli/command";
