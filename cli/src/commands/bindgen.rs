//! `witwright bindgen`

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use witwright_codegen::{Request, Response, Target, format};

use crate::args::{BindgenArgs, Format, Gates, Side};
use crate::failure::Failure;
use crate::input::unicode;
use crate::report;

/// The code is that of the macros with `generate_all`, token for token but for Cargo's variables, formatted for people.
pub(crate) fn run(args: &BindgenArgs, output: Format) -> Result<(), Failure> {
    let target = match args.side {
        Side::Guest => Target::Guest,
        Side::Host => Target::Host,
    };
    let mut request = request(target, &args.path, args.world.as_ref(), &args.gates)?;
    args.options.apply(&mut request.options)?;
    write(request.run(), args.output.as_deref(), output)
}

/// The request for code about a world.
pub(super) fn request(target: Target, path: &Path, world: Option<&String>, gates: &Gates) -> Result<Request, Failure> {
    let mut request = Request::new(target, PathBuf::new());
    request.paths.push(unicode(path)?.to_owned());
    request.world = world.cloned();
    request.features.clone_from(&gates.features);
    request.all_features = gates.all_features;
    request.compatible_versions = gates.compatible_versions;
    request.target_versions = gates.target_versions.iter().cloned().collect();
    request.language = gates.language();
    Ok(request)
}

/// Writes code to a file or to standard output, formatted for people. It does not overwrite the WIT that it is made from.
pub(super) fn write(response: Response, path: Option<&Path>, output: Format) -> Result<(), Failure> {
    report::diagnostics(&response.sources, &response.diagnostics, output)?;
    let Some(tokens) = response.code else { unreachable!("there is code where no diagnostic is an error") };
    let code = format(tokens);
    let written = path.and_then(|path| fs::canonicalize(path).ok());
    let is_written = |read: &&String| written.is_some() && fs::canonicalize(read).ok() == written;
    if let Some(read) = response.files_read.iter().find(is_written) {
        return Err(Failure::Usage(format!("`{read}` is the input: write the code to another file")));
    }
    match path {
        Some(path) => fs::write(path, code).map_err(Failure::write(path)),
        None => io::stdout().write_all(code.as_bytes()).map_err(Failure::write("standard output".as_ref())),
    }
}
