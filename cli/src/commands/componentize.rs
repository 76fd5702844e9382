//! `witwright componentize`

use std::fs;
use std::path::Path;

use wasm_encoder::{CustomSection, Section as _};
use wit_component::ComponentEncoder;
use witwright_resolver::binary::{EncodingOptions, encode_world};

use crate::args::{ComponentizeArgs, Format};
use crate::failure::Failure;
use crate::input::{read_binary, resolve_world};

/// The component is made by `wit-component`, as the stock linker does; the world is ours to encode.
pub(crate) fn run(args: &ComponentizeArgs, format: Format) -> Result<(), Failure> {
    let mut module = read_binary(&args.module)?;
    if let Some(wit) = &args.wit {
        let (resolution, world) = resolve_world(wit, args.world.as_deref(), &args.gates, format)?;
        let payload = encode_world(&resolution.model, world, EncodingOptions::default());
        CustomSection { name: "component-type".into(), data: payload.into() }.append_to(&mut module);
    }
    let fault = |error| Failure::Componentize(format!("{error:#}"));
    let mut encoder = ComponentEncoder::default();
    encoder.validate(true).module(&module).map_err(fault)?;
    for adapter in &args.adapt {
        let (name, path) = adapter_name(adapter)?;
        let bytes = read_binary(path)?;
        encoder.adapter(name, &bytes).map_err(fault)?;
    }
    let component = encoder.encode().map_err(fault)?;
    fs::write(&args.output, component).map_err(Failure::write(&args.output))
}

/// `name=file`, or a file whose name up to the first dot is the module's name.
fn adapter_name(adapter: &str) -> Result<(&str, &Path), Failure> {
    if let Some((name, path)) = adapter.split_once('=') {
        return Ok((name, Path::new(path)));
    }
    let path = Path::new(adapter);
    let name = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.split('.').next());
    name.map(|name| (name, path)).ok_or_else(|| Failure::NotUnicode(path.to_owned()))
}
