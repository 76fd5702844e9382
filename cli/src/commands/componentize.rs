//! `witwright componentize`

use std::fs;
use std::path::Path;

use wasi_preview1_component_adapter_provider::{
    WASI_SNAPSHOT_PREVIEW1_ADAPTER_NAME, WASI_SNAPSHOT_PREVIEW1_COMMAND_ADAPTER, WASI_SNAPSHOT_PREVIEW1_REACTOR_ADAPTER,
};
use wasm_encoder::{CustomSection, Section as _};
use wasmparser::{Parser, Payload};
use wit_component::ComponentEncoder;
use witwright_resolver::binary::{EncodingOptions, encode_world};

use crate::args::{ComponentizeArgs, Format};
use crate::failure::Failure;
use crate::input::{read_binary, resolve_world};

/// The refusal of a module that would become a component without imports and exports.
const WITHOUT_WORLD: &str = "the module was built without bindings, which say what its world is\n  help: name the world with `--wit` \
                             and `--world`";

/// The component is made by `wit-component`, as the stock linker does; the world is ours to encode.
pub(crate) fn run(args: &ComponentizeArgs, format: Format) -> Result<(), Failure> {
    let mut module = read_binary(&args.module)?;
    if Parser::is_component(&module) {
        return Err(Failure::IsComponent(args.module.clone()));
    }
    let has_wasi_adapter = args.adapt.iter().any(|adapter| is_adapter_of_wasi(adapter));
    if !has_wasi_adapter && imports_wasi(&module) {
        return Err(Failure::NoAdapter(WASI_SNAPSHOT_PREVIEW1_ADAPTER_NAME));
    }
    if let Some(wit) = &args.wit {
        let (resolution, world) = resolve_world(wit, args.world.as_deref(), "with `--world`", &args.gates, format)?;
        let payload = encode_world(&resolution.model, world, EncodingOptions::default());
        CustomSection { name: "component-type".into(), data: payload.into() }.append_to(&mut module);
    }
    let fault = |error| Failure::Componentize(format!("{error:#}"));
    let mut encoder = ComponentEncoder::default();
    encoder.validate(true).module(&module).map_err(fault)?;
    if args.adapt.is_empty() && !has_world(&module) {
        return Err(Failure::Componentize(WITHOUT_WORLD.to_owned()));
    }
    for adapter in &args.adapt {
        if adapter == WASI_SNAPSHOT_PREVIEW1_ADAPTER_NAME {
            encoder.adapter(adapter, wasi_adapter(&module)).map_err(fault)?;
            continue;
        }
        let (name, path) = adapter_name(adapter)?;
        let bytes = read_binary(path)?;
        encoder.adapter(name, &bytes).map_err(fault)?;
    }
    let component = encoder.encode().map_err(fault)?;
    fs::write(&args.output, component).map_err(Failure::write(&args.output))
}

/// The published adapter from WASI 0.1 to WASI 0.2: for a program, which has a start, or for a library.
fn wasi_adapter(module: &[u8]) -> &'static [u8] {
    let exports = Parser::new(0).parse_all(module).filter_map(|payload| match payload {
        Ok(Payload::ExportSection(exports)) => Some(exports),
        Ok(_) | Err(_) => None,
    });
    let has_start = exports.flatten().any(|export| export.is_ok_and(|export| export.name == "_start"));
    if has_start { WASI_SNAPSHOT_PREVIEW1_COMMAND_ADAPTER } else { WASI_SNAPSHOT_PREVIEW1_REACTOR_ADAPTER }
}

/// Whether an adapter is for modules that import WASI 0.1: the published one, or another.
fn is_adapter_of_wasi(adapter: &str) -> bool {
    let name = if adapter == WASI_SNAPSHOT_PREVIEW1_ADAPTER_NAME {
        Ok((adapter, Path::new("")))
    } else {
        adapter_name(adapter)
    };
    name.is_ok_and(|(name, _)| name == WASI_SNAPSHOT_PREVIEW1_ADAPTER_NAME)
}

/// Whether a module imports WASI 0.1. Other faults of it are reported when it is made a component.
fn imports_wasi(module: &[u8]) -> bool {
    let imports = Parser::new(0).parse_all(module).filter_map(|payload| match payload {
        Ok(Payload::ImportSection(imports)) => Some(imports),
        Ok(_) | Err(_) => None,
    });
    imports
        .flat_map(|imports| imports.into_imports())
        .any(|import| import.is_ok_and(|import| import.module == WASI_SNAPSHOT_PREVIEW1_ADAPTER_NAME))
}

/// Whether a module says what its world is.
fn has_world(module: &[u8]) -> bool {
    Parser::new(0).parse_all(module).any(|payload| {
        matches!(payload, Ok(Payload::CustomSection(section)) if section.name().starts_with("component-type"))
    })
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
