//! Commands that make components: `componentize`, `compose`.

use std::path::PathBuf;

use clap::Args;

use super::wit::Gates;

#[derive(Debug, Args)]
pub(crate) struct ComponentizeArgs {
    /// The core module.
    pub(crate) module: PathBuf,
    /// The package of the world, for a module that was built without bindings.
    #[arg(long)]
    pub(crate) wit: Option<PathBuf>,
    /// The world, with `--wit`; may be left out if there is only one.
    #[arg(short, long, requires = "wit")]
    pub(crate) world: Option<String>,
    /// An adapter module: `name=file`, or a file named after its module; or `wasi_snapshot_preview1`, the adapter from WASI
    /// 0.1 to WASI 0.2, which is built in.
    #[arg(long, value_name = "[NAME=]FILE")]
    pub(crate) adapt: Vec<String>,
    /// The file for the component.
    #[arg(short, long)]
    pub(crate) output: PathBuf,
    #[command(flatten)]
    pub(crate) gates: Gates,
}

#[derive(Debug, Args)]
pub(crate) struct ComposeArgs {
    /// The components, two or more. Imports are connected to exports of the same name or of a compatible version.
    ///
    /// The result has the exports of the component from which no other component imports, and the imports that none of them exports.
    #[arg(required = true)]
    pub(crate) components: Vec<PathBuf>,
    /// Connect an import to the export of a component, if several components export it.
    #[arg(long = "wire", value_name = "COMPONENT#IMPORT=COMPONENT", value_parser = connection)]
    pub(crate) connections: Vec<StatedConnection>,
    /// The file for the component.
    #[arg(short, long)]
    pub(crate) output: PathBuf,
}

/// An import of a component, and the component that exports it.
#[derive(Clone, Debug)]
pub(crate) struct StatedConnection {
    pub(crate) importer: String,
    pub(crate) import: String,
    pub(crate) exporter: String,
}

fn connection(text: &str) -> Result<StatedConnection, String> {
    let parts = text.split_once('#').and_then(|(importer, rest)| {
        let (import, exporter) = rest.split_once('=')?;
        Some(StatedConnection { importer: importer.into(), import: import.into(), exporter: exporter.into() })
    });
    parts.ok_or_else(|| format!("`{text}` is not of the form COMPONENT#IMPORT=COMPONENT"))
}
