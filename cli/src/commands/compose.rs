//! `witwright compose`

use std::fs;

use witwright_front::SourceMap;
use witwright_host::{Options, validate};
use witwright_resolver::compose::{ComposeError, GivenWire, Part, compose};

use crate::args::{ComposeArgs, Format, Wire};
use crate::failure::Failure;
use crate::input::read_binary;
use crate::report;

/// Each difference of types is an error of its own.
pub(crate) fn run(args: &ComposeArgs, format: Format) -> Result<(), Failure> {
    let paths = || core::iter::once(&args.socket).chain(&args.plugs);
    let names: Vec<String> = paths().map(|path| path.display().to_string()).collect();
    let binaries = paths().map(|path| read_binary(path)).collect::<Result<Vec<_>, _>>()?;
    let parts: Vec<Part<'_>> = names.iter().zip(&binaries).map(|(name, bytes)| Part { name, bytes }).collect();
    let wires: Vec<GivenWire<'_>> =
        args.wires.iter().map(|Wire { socket, import, plug }| GivenWire { socket, import, plug }).collect();
    let component = match compose(&parts, &wires) {
        Ok(component) => component,
        Err(ComposeError::Types(reasons)) => return report::diagnostics(&SourceMap::default(), &reasons, format),
        Err(error) => return Err(Failure::Compose(error)),
    };
    validate(&component, &Options::default())?;
    fs::write(&args.output, component).map_err(Failure::write(&args.output))
}
