//! Components that could not be loaded, linked or run: the reasons, and help for users of the command.

use core::fmt;
use std::path::Path;

use witwright_host::{Direction, ErrorKind, FaultKind, LinkProblem, Problem, UnknownImport, WASI};

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
    let of_wasi = name.strip_prefix("wasi:").and_then(|name| name.split_once('/'));
    let Some((package, _)) = of_wasi else {
        return format!(
            "`witwright compose` connects `{import}` to a component that exports it; \
             a program that embeds `witwright` can provide it with `host!`"
        );
    };
    let Some((_, versions)) = WASI.iter().find(|(name, _)| *name == package) else {
        let names = WASI.map(|(name, _)| format!("`wasi:{name}`"));
        return format!("`witwright` does not provide `wasi:{package}`; of WASI it provides {}", names.join(", "));
    };
    let minor = version.rsplit_once('.').map_or("", |(minor, _)| minor);
    if versions.contains(&minor) {
        let world = match (package, minor) {
            ("http", "0.2") => "wasi:http/proxy",
            ("http", _) => "wasi:http/service",
            _ => "wasi:cli/command",
        };
        format!("of `wasi:{package}` {minor}, `witwright` provides the interfaces of `{world}`")
    } else if version.is_empty() {
        format!("`witwright` provides `wasi:{package}` with a version only, such as `{name}@0.2.0`")
    } else {
        format!(
            "`witwright` provides WASI 0.2 and 0.3, not {version} of `wasi:{package}`; \
             build the component for `wasm32-wasip2`"
        )
    }
}
