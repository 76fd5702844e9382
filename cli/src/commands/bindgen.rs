//! `witwright bindgen`

use std::fs;
use std::io::{self, Write};

use witwright_codegen::{Options, Target, format, generate};

use crate::args::{BindgenArgs, Format, Side};
use crate::commands::resolve_world;
use crate::failure::Failure;
use crate::report;

/// The code is that of the macros with `generate_all`, token for token, formatted for people.
pub(crate) fn run(args: &BindgenArgs, output: Format) -> Result<(), Failure> {
    let (resolution, world) = resolve_world(&args.path, args.world.as_deref(), &args.gates, output)?;
    let target = match args.side {
        Side::Guest => Target::Guest,
        Side::Host => Target::Host,
    };
    let options = Options { generate_all: true, ..Options::default() };
    let tokens = match generate(&resolution.model, world, target, &options) {
        Ok(tokens) => tokens,
        Err(diagnostics) => return report::diagnostics(&resolution.sources, &diagnostics, output),
    };
    let code = format(tokens);
    match &args.output {
        Some(path) => fs::write(path, code).map_err(Failure::write(path)),
        None => io::stdout().write_all(code.as_bytes()).map_err(Failure::write("standard output".as_ref())),
    }
}
