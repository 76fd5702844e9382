//! Commands that write Rust: `new`, `bindgen`, `precompile`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use witwright_codegen::Target;

use super::wit::Gates;
use crate::bindings::BindingOptions;

#[derive(Debug, Args)]
pub(crate) struct NewArgs {
    /// The kind of project.
    #[arg(value_enum)]
    pub(crate) kind: Kind,
    /// The folder of the project, which does not exist yet; its last part is the name of the package.
    pub(crate) path: PathBuf,
    /// Depend on the crate `witwright` in this folder, not on the published one.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) witwright_path: Option<PathBuf>,
}

/// The projects that `new` makes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Kind {
    /// A component, with a test that runs natively.
    Guest,
    /// A program that runs components of a world, with a component for its test.
    Host,
    /// A workspace of both: the program and a plugin for it.
    Plugin,
}

#[derive(Debug, Args)]
pub(crate) struct BindgenArgs {
    /// The side that the bindings are for.
    #[arg(value_enum)]
    pub(crate) side: Side,
    /// The package of the world, a directory or a file, and others that it refers to; by default the directory `wit`.
    pub(crate) paths: Vec<PathBuf>,
    /// The world: `name` or `ns:package/name@version`; may be left out if there is only one.
    #[arg(short, long)]
    pub(crate) world: Option<String>,
    /// The file for the code; standard output by default.
    #[arg(short, long, group = "destination")]
    pub(crate) output: Option<PathBuf>,
    /// A folder for the file, which is called after the world.
    #[arg(long, value_name = "FOLDER", group = "destination")]
    pub(crate) out_dir: Option<PathBuf>,
    /// Do not write the file; fail if it is not up to date.
    #[arg(long, requires = "destination")]
    pub(crate) check: bool,
    #[command(flatten)]
    pub(crate) gates: Gates,
    #[command(flatten)]
    pub(crate) options: BindingOptions,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Side {
    /// For the component itself, as `witwright::generate!` makes them with `generate_all`.
    Guest,
    /// For the program that runs it, as `witwright::host!` makes them.
    Host,
}

impl Side {
    pub(crate) fn target(self) -> Target {
        match self {
            Side::Guest => Target::Guest,
            Side::Host => Target::Host,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct PrecompileArgs {
    /// The package of the world: a directory or a file.
    pub(crate) path: PathBuf,
    /// The world: `name` or `ns:package/name@version`; may be left out if there is only one.
    #[arg(short, long)]
    pub(crate) world: Option<String>,
    /// The file for the code; standard output by default.
    #[arg(short, long)]
    pub(crate) output: Option<PathBuf>,
    /// Write the documentation and attributes of the world into the tables too.
    #[arg(long)]
    pub(crate) docs: bool,
    /// The module of the tables' types. Programs without an allocator use `::witwright_abi_runtime::world`.
    #[arg(long, value_name = "PATH", default_value = "::witwright::world")]
    pub(crate) module: String,
    #[command(flatten)]
    pub(crate) gates: Gates,
}
