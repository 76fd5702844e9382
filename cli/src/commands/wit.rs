//! `witwright wit`

use std::io::{self, Write};

use witwright_resolver::binary::{self, DecodeError, Decoded};
use witwright_resolver::print;

use crate::args::WitArgs;
use crate::commands::read_binary;
use crate::failure::Failure;

/// A core module begins with this version and layer, a component and a WIT package with another.
const CORE_MODULE: &[u8] = b"\0asm\x01\0\0\0";

pub(crate) fn run(args: &WitArgs) -> Result<(), Failure> {
    let bytes = read_binary(&args.file)?;
    let text = if bytes.starts_with(CORE_MODULE) { of_module(&bytes) } else { of_component(&bytes) };
    let text = text.map_err(|error| Failure::Decode(args.file.clone(), error.to_string()))?;
    if text.is_empty() {
        let reason = "it is a core module without `component-type` sections: it was built without bindings";
        return Err(Failure::Decode(args.file.clone(), reason.to_owned()));
    }
    io::stdout().write_all(text.as_bytes()).map_err(Failure::write("standard output".as_ref()))
}

fn of_component(bytes: &[u8]) -> Result<String, DecodeError> {
    let (model, package) = match binary::decode(bytes)? {
        Decoded::Package(model, package) => (model, package),
        Decoded::Component(model, world) => {
            let package = model.worlds[world].package;
            (model, package)
        }
    };
    Ok(print::document(&model, package))
}

/// A module may have several sets of bindings, each with a world of its own.
fn of_module(bytes: &[u8]) -> Result<String, DecodeError> {
    let sections = binary::component_types(bytes)?;
    let texts = sections.iter().map(|section| {
        let package = section.model.worlds[section.world].package;
        format!("// section `{}`\n{}", section.name, print::document(&section.model, package))
    });
    Ok(texts.collect::<Vec<_>>().join("\n"))
}
