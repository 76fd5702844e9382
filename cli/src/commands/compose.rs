//! `witwright compose`

use std::fs;
use std::path::PathBuf;

use witwright_front::SourceMap;
use witwright_host::{Gate, Options, validate};
use witwright_resolver::compose::{ComposeError, Connection, Part, compose};

use crate::args::{ComposeArgs, Format, StatedConnection};
use crate::failure::Failure;
use crate::files;
use crate::input::read_binary;
use crate::report;

/// Each difference of types is an error of its own.
pub(crate) fn run(args: &ComposeArgs, format: Format) -> Result<(), Failure> {
    if let [alone] = args.components.as_slice() {
        let alone = alone.display();
        return Err(Failure::Usage(format!(
            "{alone} alone is not composed: name the components that export what it imports, too; \
             `witwright wit {alone}` shows what it imports"
        )));
    }
    let names: Vec<String> = args.components.iter().map(|path| path.display().to_string()).collect();
    // A component is instantiated once, however often it is named.
    let path = |path: &PathBuf| fs::canonicalize(path).unwrap_or_else(|_| path.clone());
    let paths: Vec<PathBuf> = args.components.iter().map(path).collect();
    let is_second = |index: &usize| paths[..*index].contains(&paths[*index]);
    if let Some(second) = (0..paths.len()).find(is_second) {
        return Err(Failure::Compose(ComposeError::SamePart { part: names[second].clone() }));
    }
    let binaries = args.components.iter().map(|path| read_binary(path)).collect::<Result<Vec<_>, _>>()?;
    let parts: Vec<Part<'_>> = names.iter().zip(&binaries).map(|(name, bytes)| Part { name, bytes }).collect();
    let stated = args.connections.iter();
    let stated: Vec<Connection<'_>> = stated
        .map(|StatedConnection { importer, import, exporter }| Connection { importer, import, exporter })
        .collect();
    let component = match compose(&parts, &stated) {
        Ok(component) => component,
        Err(ComposeError::Types(reasons)) => return report::diagnostics(&SourceMap::default(), &reasons, format),
        Err(error) => return Err(Failure::Compose(error)),
    };
    // The result may have every feature that a part may have.
    let mut options = Options::default();
    options.gates.extend(Gate::names().filter_map(Gate::named));
    validate(&component, &options)?;
    files::write(&args.output, component)
}
