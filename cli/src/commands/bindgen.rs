//! `witwright bindgen`

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use witwright_codegen::{Request, Response, Target, format};

use crate::args::{BindgenArgs, Format, Gates};
use crate::failure::Failure;
use crate::files::{self, WitText, is_stdin};
use crate::input::unicode;
use crate::report;

/// The code is that of the macros with `generate_all`, token for token but for Cargo's variables, formatted for people.
pub(crate) fn run(args: &BindgenArgs, output: Format) -> Result<(), Failure> {
    let mut request = request(args.side.target(), &args.paths, args.world.as_ref(), &args.gates)?;
    args.options.apply(&mut request)?;
    let response = request.run();
    let file = response.world.as_ref().map(|world| world.replace('-', "_") + ".rs").unwrap_or_default();
    let path = args.output.clone().or_else(|| args.out_dir.as_ref().map(|folder| folder.join(file)));
    let code = code(response, path.as_deref(), output)?;
    match (path, &args.out_dir) {
        (Some(path), _) if args.check => match fs::read(&path) {
            Ok(written) if written == code.into_bytes() => Ok(()),
            Ok(_) => Err(Failure::OutOfDate(path, "is not up to date: write it again")),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(Failure::OutOfDate(path, "does not exist: write it"))
            }
            Err(error) => Err(Failure::read(&path)(error)),
        },
        (path, folder) => {
            folder.iter().try_for_each(|folder| fs::create_dir_all(folder).map_err(Failure::write(folder)))?;
            write(&code, path.as_deref())
        }
    }
}

/// The request for code about a world.
pub(super) fn request(
    target: Target,
    paths: &[PathBuf],
    world: Option<&String>,
    gates: &Gates,
) -> Result<Request, Failure> {
    let mut request = Request::new(target, PathBuf::new());
    request.options.command_line = true;
    for path in paths {
        match is_stdin(path) {
            true => {
                let WitText { name, text } = WitText::read(path)?;
                (request.inline, request.inline_name) = (Some(text), name);
                request.without_default = true;
            }
            false => request.paths.push(unicode(path)?.to_owned()),
        }
    }
    request.world = world.cloned();
    request.features.clone_from(&gates.features);
    request.all_features = gates.all_features;
    request.compatible_versions = gates.compatible_versions;
    request.target_versions = gates.target_versions.iter().cloned().collect();
    request.language = gates.language_features.iter().fold(request.language, |all, feature| all.with(*feature));
    Ok(request)
}

/// The code for a file, formatted for people; or the failure that there is none. The file is not the WIT that it is made from.
pub(super) fn code(response: Response, path: Option<&Path>, output: Format) -> Result<String, Failure> {
    report::diagnostics(&response.sources, &response.diagnostics, output)?;
    let Some(tokens) = response.code else { unreachable!("there is code where no diagnostic is an error") };
    let written = path.and_then(|path| fs::canonicalize(path).ok());
    let is_written = |read: &&String| written.is_some() && fs::canonicalize(read).ok() == written;
    if let Some(read) = response.files_read.iter().find(is_written) {
        return Err(Failure::Usage(format!("`{read}` is the input: write the code to another file")));
    }
    Ok(format(tokens))
}

/// Writes code to a file or to standard output.
pub(super) fn write(code: &str, path: Option<&Path>) -> Result<(), Failure> {
    match path {
        Some(path) => files::write(path, code),
        None => files::write_stdout(code),
    }
}
