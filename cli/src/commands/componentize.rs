//! `witwright componentize`

mod fault;

use std::borrow::Cow;
use std::path::Path;

use wasi_preview1_component_adapter_provider::{
    WASI_SNAPSHOT_PREVIEW1_ADAPTER_NAME, WASI_SNAPSHOT_PREVIEW1_COMMAND_ADAPTER, WASI_SNAPSHOT_PREVIEW1_REACTOR_ADAPTER,
};
use wasm_encoder::{CustomSection, Section as _};
use wasmparser::{Parser, Payload, Validator, WasmFeatures};
use wit_component::ComponentEncoder;
use witwright_resolver::binary::{EncodingOptions, encode_world};

use crate::args::{ComponentizeArgs, Format};
use crate::failure::Failure;
use crate::files;
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
    let invalid = |error: wasmparser::BinaryReaderError| {
        Failure::Decode(args.module.clone(), format!("it is not a valid module: {error}"))
    };
    Validator::new_with_features(WasmFeatures::all()).validate_all(&module).map_err(invalid)?;
    let adapters = args.adapt.iter().map(|adapter| read_adapter(adapter, &module)).collect::<Result<Vec<_>, _>>()?;
    let has_wasi_adapter = adapters.iter().any(|adapter| adapter.name == WASI_SNAPSHOT_PREVIEW1_ADAPTER_NAME);
    if !has_wasi_adapter && imports_wasi(&module) {
        return Err(Failure::NoAdapter(WASI_SNAPSHOT_PREVIEW1_ADAPTER_NAME));
    }
    if let Some(wit) = &args.wit {
        let (resolution, world) = resolve_world(wit, args.world.as_deref(), "with `--world`", &args.gates, format)?;
        let payload = encode_world(&resolution.model, world, EncodingOptions::default());
        CustomSection { name: "component-type".into(), data: payload.into() }.append_to(&mut module);
    }
    let fault = |error| Failure::Componentize(fault::message(error, &module));
    let mut encoder = ComponentEncoder::default();
    encoder.validate(true).module(&module).map_err(fault)?;
    if args.adapt.is_empty() && !has_world(&module) {
        return Err(Failure::Componentize(WITHOUT_WORLD.to_owned()));
    }
    for adapter in &adapters {
        encoder.adapter(adapter.name, &adapter.bytes).map_err(fault)?;
    }
    let component = encoder.encode().map_err(fault)?;
    files::write(&args.output, component)
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

/// A module that gives another module the imports of this name.
struct Adapter<'a> {
    name: &'a str,
    bytes: Cow<'static, [u8]>,
}

/// Reads the adapter of an option: the one that is built in, `name=file`, or a file whose name up to the first dot is the
/// module's name.
fn read_adapter<'a>(adapter: &'a str, module: &[u8]) -> Result<Adapter<'a>, Failure> {
    if adapter == WASI_SNAPSHOT_PREVIEW1_ADAPTER_NAME {
        return Ok(Adapter { name: adapter, bytes: wasi_adapter(module).into() });
    }
    let (name, path) = match adapter.split_once('=') {
        Some((name, path)) => (name, Path::new(path)),
        None => {
            let path = Path::new(adapter);
            let name = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.split('.').next());
            (name.ok_or_else(|| Failure::NotUnicode(path.to_owned()))?, path)
        }
    };
    if name.is_empty() {
        return Err(Failure::Usage(format!("`--adapt {adapter}`: the name is missing; write `NAME=FILE`")));
    }
    if !adapter.contains(['=', '/', '.']) && !path.exists() {
        return Err(Failure::NoSuchAdapter(adapter.to_owned()));
    }
    let bytes = read_binary(path)?;
    if Parser::is_component(&bytes) {
        let reason = "it is a component, and an adapter is a core module".to_owned();
        return Err(Failure::Decode(path.to_owned(), reason));
    }
    Ok(Adapter { name, bytes: bytes.into() })
}
