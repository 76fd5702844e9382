//! The failures of commands.

use core::fmt;
use core::net::SocketAddr;
use std::io;
use std::path::{Path, PathBuf};

use witwright_host::{Direction, ErrorKind, FaultKind, LinkProblem, Problem, UnknownImport};
use witwright_resolver::compose::ComposeError;

use crate::args::feature_name;

/// The reason why a command failed. The message says what failed, where, and what to do if that is known.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The input has errors, which have been reported.
    Reported,
    /// A file could not be read.
    Read(PathBuf, io::Error),
    /// A file could not be written.
    Write(PathBuf, io::Error),
    /// A file of generated code differs from what would be written.
    OutOfDate(PathBuf),
    /// The folder for a new project exists already.
    Exists(PathBuf),
    /// A folder has no WIT in it.
    NoWit(PathBuf),
    /// A folder to write a package into has a file of another package.
    Stranger(PathBuf),
    /// One file was to hold several packages, of this number of bindings.
    SeveralPackages(usize),
    /// The value of an option is not of its form.
    Usage(String),
    /// A path is not Unicode, as the names of WIT files are.
    NotUnicode(PathBuf),
    /// A manifest is not valid.
    Manifest(PathBuf, String),
    /// A binary was given in place of text.
    NotText(String),
    /// A component is to be made of a component.
    IsComponent(PathBuf),
    /// A module imports this module, for which there is an adapter.
    NoAdapter(&'static str),
    /// A module could not be made a component.
    Componentize(String),
    /// Components could not be composed.
    Compose(ComposeError),
    /// A binary could not be decoded.
    Decode(PathBuf, String),
    /// A component could not be made ready to run.
    Load(PathBuf, witwright_host::Error),
    /// A world could not be turned around, or its imports could not be merged.
    World(String),
    /// A component could not be linked or run.
    Host(witwright_host::Error),
    /// The command that was run ended with this code; it has said itself why.
    Exit(u8),
    /// A directory that a component is to be given could not be opened. The error names it.
    Grant(io::Error),
    /// A variable that a component is to be given is not set here, or is not Unicode.
    NoVariable(String),
    /// A component that was to be run is not a WASI command. These are the functions that it exports.
    NoCommand(Vec<String>),
    /// A component that was to serve is not a service.
    NoService,
    /// An address could not be listened on.
    Listen(SocketAddr, io::Error),
    /// The server could not learn of Ctrl-C.
    Signals(String),
    /// A call could not be read, or does not fit the function.
    Call(String),
    /// No diagnostic has this code, and no lint this name; another may be meant.
    UnknownCode(String, Option<&'static str>),
}

impl Failure {
    pub(crate) fn read(path: &Path) -> impl FnOnce(io::Error) -> Failure {
        let path = path.to_owned();
        |error| Failure::Read(path, error)
    }

    pub(crate) fn load(path: &Path) -> impl FnOnce(witwright_host::Error) -> Failure {
        let path = path.to_owned();
        |error| Failure::Load(path, error)
    }

    pub(crate) fn write(path: &Path) -> impl FnOnce(io::Error) -> Failure {
        let path = path.to_owned();
        |error| Failure::Write(path, error)
    }
}

impl From<witwright_host::Error> for Failure {
    fn from(error: witwright_host::Error) -> Failure {
        Failure::Host(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Reported => write!(f, "the input has errors"),
            Failure::Read(path, error) => write!(f, "cannot read {}: {error}", path.display()),
            Failure::Write(path, error) if error.kind() == io::ErrorKind::NotFound => {
                write!(f, "cannot write {}: its folder does not exist", path.display())
            }
            Failure::Write(path, error) => write!(f, "cannot write {}: {error}", path.display()),
            Failure::OutOfDate(path) => {
                write!(f, "{} is not up to date: write it again, without `--check`", path.display())
            }
            Failure::Exists(path) => write!(f, "{} exists already: choose another folder", path.display()),
            Failure::NoWit(path) => write!(f, "no `*.wit` files in {}", path.display()),
            Failure::Stranger(path) => {
                write!(f, "{} is not a file of this package; remove it or choose another folder", path.display())
            }
            Failure::SeveralPackages(count) => {
                write!(f, "the module has {count} `component-type` sections, too many for one file; use `--out-dir`")
            }
            Failure::Usage(message) => f.write_str(message),
            Failure::NotUnicode(path) => write!(f, "the path {} is not Unicode; rename it", path.display()),
            Failure::Manifest(path, reason) => write!(f, "{}: {reason}", path.display()),
            Failure::NotText(name) => {
                write!(f, "{name} is a WebAssembly binary, not text; `witwright wit` prints its WIT")
            }
            Failure::IsComponent(path) => {
                write!(f, "{} is a component already; `witwright run` runs it", path.display())
            }
            Failure::NoAdapter(name) => write!(f, "the module imports `{name}` (WASI 0.1); add `--adapt {name}`"),
            Failure::Componentize(reason) => {
                let help = if reason.contains("failed to find export of") { EXPORT_HELP } else { "" };
                write!(f, "cannot make a component: {reason}{help}")
            }
            Failure::Compose(error) => write!(f, "{error}"),
            Failure::Decode(path, reason) => write!(f, "cannot decode {}: {reason}", path.display()),
            Failure::Load(path, error) => loading(f, path, error),
            Failure::World(reason) => write!(f, "{reason}"),
            Failure::Host(error) => of_host(f, error),
            Failure::Exit(code) => write!(f, "the command ended with code {code}"),
            Failure::Grant(error) => write!(f, "{error}"),
            Failure::NoVariable(name) => write!(f, "the variable `{name}` is not set here; write `--env {name}=VALUE`"),
            Failure::NoCommand(funcs) => {
                write!(f, "the component is not a WASI command: it does not export `wasi:cli/run`")?;
                if funcs.is_empty() {
                    return Ok(());
                }
                write!(f, "; call one of its functions with `--invoke`:")?;
                funcs.iter().try_for_each(|func| write!(f, "\n  {func}"))
            }
            Failure::NoService => write!(
                f,
                "the component is not a service: it exports neither `wasi:http/incoming-handler` nor `wasi:http/handler`; \
                 run a command with `witwright run`"
            ),
            Failure::Listen(address, error) => write!(f, "cannot listen on {address}: {error}"),
            Failure::Signals(reason) => write!(f, "cannot be told of Ctrl-C: {reason}"),
            Failure::Call(reason) => write!(f, "{reason}"),
            Failure::UnknownCode(code, Some(meant)) => {
                write!(f, "no code or lint is called {code}; did you mean {meant}?")
            }
            Failure::UnknownCode(code, None) => {
                write!(f, "no code or lint is called {code}; `witwright explain` lists all codes")
            }
        }
    }
}

/// The failure that a component was not loaded, with the flag for a feature that is not enabled.
fn loading(f: &mut fmt::Formatter<'_>, path: &Path, error: &witwright_host::Error) -> fmt::Result {
    write!(f, "cannot load {}: ", path.display())?;
    let ErrorKind::Invalid { message, gate: Some(gate), .. } = error.kind() else { return write!(f, "{error}") };
    write!(f, "{message}\n  help: enable it with `--component-features {}`", feature_name(gate))
}

/// The failure that a component was not linked or ended with an error, with help.
fn of_host(f: &mut fmt::Formatter<'_>, error: &witwright_host::Error) -> fmt::Result {
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

/// Help for a module without an export of its world.
const EXPORT_HELP: &str = "\n  help: the world has this export and the module does not: in Rust, \
                           `bindings::export!(Component with_types_in bindings)` exports an implementation";

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
