//! The failures of commands.

mod files;
mod host;

use core::fmt;
use core::net::SocketAddr;
use std::io;
use std::path::{Path, PathBuf};

use witwright_front::similar::closest;
use witwright_resolver::compose::ComposeError;

use crate::functions::Functions;

/// The adapter from WASI 0.1 to WASI 0.2, which is built in.
const WASI_ADAPTER: &str = "wasi_snapshot_preview1";

/// The reason why a command failed. The message says what failed, where, and what to do if that is known.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The input has errors, which have been reported.
    Reported,
    /// A file could not be read. Help follows, if there is any.
    Read(PathBuf, io::Error, Option<String>),
    /// A file could not be written.
    Write(PathBuf, io::Error),
    /// A file of generated code differs from what would be written, in this way.
    OutOfDate(PathBuf, &'static str),
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
    /// An adapter is neither the one that is built in nor a file.
    NoSuchAdapter(String),
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
    Grant(PathBuf, io::Error),
    /// A variable that a component is to be given is not set here, or is not Unicode.
    NoVariable(String),
    /// A component that was to be run is not a WASI command. These are the functions that it exports.
    NoCommand(Functions),
    /// A component that was to be run is a service.
    Service(&'static str),
    /// A component that was to serve is not a service. It may be a command.
    NoService { is_command: bool },
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
        |error| {
            let help = files::help(&path, &error);
            Failure::Read(path, error, help)
        }
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
            Failure::Read(path, error, help) => files::not_read(f, path, error, help.as_deref()),
            Failure::Write(path, error) => files::not_written(f, path, error),
            Failure::OutOfDate(path, how) => write!(f, "{} {how}, without `--check`", path.display()),
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
            Failure::NoSuchAdapter(name) => no_such_adapter(f, name),
            Failure::Componentize(reason) => write!(f, "cannot make a component: {reason}"),
            Failure::Compose(error) => write!(f, "{error}"),
            Failure::Decode(path, reason) => write!(f, "cannot decode {}: {reason}", path.display()),
            Failure::Load(path, error) => host::loading(f, path, error),
            Failure::World(reason) => write!(f, "{reason}"),
            Failure::Host(error) => host::of_host(f, error),
            Failure::Exit(code) => write!(f, "the command ended with code {code}"),
            Failure::Grant(path, error) => files::not_granted(f, path, error),
            Failure::NoVariable(name) => write!(f, "the variable `{name}` is not set here; write `--env {name}=VALUE`"),
            Failure::NoCommand(funcs) => {
                write!(f, "the component is not a WASI command: it does not export `wasi:cli/run`")?;
                funcs.list(f, "call one of its functions with `--invoke`")
            }
            Failure::Service(handler) => write!(
                f,
                "the component is an HTTP service, not a command: it exports `{handler}`\n  help: `witwright serve` runs it"
            ),
            Failure::NoService { is_command } => {
                write!(
                    f,
                    "the component is not a service: it exports neither `wasi:http/incoming-handler` nor `wasi:http/handler`"
                )?;
                match is_command {
                    true => write!(f, "\n  help: it is a command; `witwright run` runs it"),
                    false => write!(f, "\n  help: `witwright run --invoke` calls an export of another kind"),
                }
            }
            Failure::Listen(address, error) => write!(f, "cannot listen on {address}: {error}"),
            Failure::Signals(reason) => write!(f, "cannot be told of Ctrl-C: {reason}"),
            Failure::Call(reason) => write!(f, "{reason}"),
            Failure::UnknownCode(code, Some(meant)) => {
                write!(f, "no code or lint is called `{code}`; did you mean `{meant}`?")
            }
            Failure::UnknownCode(code, None) => {
                write!(f, "no code or lint is called `{code}`; `witwright explain` lists all codes")
            }
        }
    }
}

fn no_such_adapter(f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
    write!(f, "there is no adapter `{name}`: no file has this path, and none is built in under this name")?;
    match closest(name, [WASI_ADAPTER]) {
        // Another version is no misspelling.
        Some(meant) if !name.ends_with(['0', '2', '3']) => write!(f, "\n  help: did you mean `{meant}`?"),
        Some(_) | None => write!(
            f,
            "\n  help: an adapter makes a module that was built for another interface fit; `{WASI_ADAPTER}` is \
             built in, for modules that were built for WASI 0.1; modules for WASI 0.2 need none"
        ),
    }
}
