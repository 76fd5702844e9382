//! `witwright bindgen`

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use witwright_codegen::{Request, Target, format};

use crate::args::{BindgenArgs, Format, Side};
use crate::failure::Failure;
use crate::input::unicode;
use crate::report;

/// The code is that of the macros with `generate_all`, token for token but for Cargo's variables, formatted for people.
pub(crate) fn run(args: &BindgenArgs, output: Format) -> Result<(), Failure> {
    let target = match args.side {
        Side::Guest => Target::Guest,
        Side::Host => Target::Host,
    };
    let mut request = Request::new(target, PathBuf::new());
    request.paths.push(unicode(&args.path)?.to_owned());
    request.world.clone_from(&args.world);
    request.features.clone_from(&args.gates.features);
    request.all_features = args.gates.all_features;
    request.compatible_versions = args.gates.compatible_versions;
    request.target_versions = args.gates.target_versions.iter().cloned().collect();
    request.language = args.gates.language();
    args.options.apply(&mut request.options)?;
    let response = request.run();
    report::diagnostics(&response.sources, &response.diagnostics, output)?;
    let Some(tokens) = response.code else { unreachable!("there is code where no diagnostic is an error") };
    let code = format(tokens);
    match &args.output {
        Some(path) => fs::write(path, code).map_err(Failure::write(path)),
        None => io::stdout().write_all(code.as_bytes()).map_err(Failure::write("standard output".as_ref())),
    }
}
