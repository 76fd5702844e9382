//! The command line.

mod components;
mod grants;
mod parse;
mod run;
mod rust;
mod wit;

use clap::{Parser, Subcommand, ValueEnum};

pub(crate) use components::{ComponentizeArgs, ComposeArgs, StatedConnection};
pub(crate) use grants::{DirGrant, Grants};
pub(crate) use parse::parse;
pub(crate) use run::{Engine, RunArgs, ServeArgs, WastArgs, feature_name};
pub(crate) use rust::{BindgenArgs, Kind, NewArgs, PrecompileArgs};
pub(crate) use wit::{CheckArgs, ExplainArgs, FmtArgs, Gates, TargetsArgs, TurnArgs, WitArgs};

const NOTES: &str = "A path `-` is standard input, for input of any form, and standard output after `--output`.

Exit codes: 0 for success; 1 if the input has errors or the command failed; 2 for wrong usage. `run` has the exit code \
of the command that it runs.";

/// The toolchain for WIT, the interface language of WebAssembly components.
#[derive(Debug, Parser)]
#[command(name = "witwright", version, arg_required_else_help = true, after_help = NOTES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// The format of diagnostics, and of the packages that `wit` prints.
    #[arg(long, global = true, value_enum, default_value_t = Format::Text, display_order = 900)]
    pub(crate) format: Format,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Makes a project that builds, tests and runs: a guest, a host, or a program with plugins.
    New(NewArgs),
    /// Finds the mistakes in WIT packages and says how to fix them.
    Check(CheckArgs),
    /// Formats WIT files; there is one style.
    Fmt(FmtArgs),
    /// Explains the code of a diagnostic, with an example. Without a code, lists all codes.
    Explain(ExplainArgs),
    /// Writes the Rust bindings of a world.
    Bindgen(Box<BindgenArgs>),
    /// Writes a world as static tables in Rust, for programs that look at types without parsing or allocating.
    Precompile(PrecompileArgs),
    /// Makes a component from a core module.
    Componentize(ComponentizeArgs),
    /// Connects the imports of components to exports of others and makes one component of them.
    Compose(ComposeArgs),
    /// Prints WIT packages, and the WIT of components and modules, as WIT or as JSON.
    Wit(WitArgs),
    /// Checks whether a component fits a host that offers a world, and if not, says why.
    Targets(TargetsArgs),
    /// Runs a component: a WASI command with its arguments, or one function that it exports.
    ///
    /// A command is given its arguments and the standard streams. Options give it directories, variables and the network. The
    /// exit code is the command's.
    Run(RunArgs),
    /// Serves HTTP with a component that exports `wasi:http/incoming-handler` or `wasi:http/handler`.
    ///
    /// Each request is answered by an instance of its own, unless `--reuse` is given. The component is given standard
    /// output and standard error; options give it directories, variables and the network. The server stops on Ctrl-C: it
    /// finishes the requests that it has begun, or ends at once when Ctrl-C is pressed again.
    Serve(ServeArgs),
    /// Runs test scripts for components (`*.wast`).
    ///
    /// A directive that expects a trap or an invalid component passes only if the message has the expected text, or is
    /// listed as a synonym of it. A message that a construct is not supported never counts as the expected trap.
    Wast(WastArgs),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Format {
    /// Text for people, with the lines of the source; coloured on a terminal.
    Text,
    /// One JSON object on each line, as described in `docs/json.md`.
    Json,
    /// One SARIF log for code scanning; for `check` only.
    Sarif,
}
