//! Composition: a component without code for each world of `tests/compose/NAME.wit`, in order, composed into one.
//! `NAME.out` has the WIT of the result, or the error.

use core::fmt::Write as _;
use std::fs;
use std::path::Path;

use wit_component::{ComponentEncoder, StringEncoding, dummy_module, embed_component_metadata};
use wit_parser::{LiftLowerAbi, ManglingAndAbi, Resolve};
use witwright_corpora as corpora;
use witwright_front::SourceMap;
use witwright_front::render::render_text;
use witwright_resolver::binary::decode_component;
use witwright_resolver::compose::{ComposeError, Part, compose};
use witwright_resolver::print;

use crate::fixtures::golden;

#[test]
fn components_are_made_one() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compose");
    let paths = corpora::files(&folder, "wit");
    assert!(paths.len() >= 10, "only {} fixtures found", paths.len());
    let problems: Vec<String> = paths.iter().filter_map(|path| composing(path)).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

fn composing(path: &Path) -> Option<String> {
    let components = components(&fs::read_to_string(path).unwrap());
    let parts: Vec<Part<'_>> = components.iter().map(|(name, bytes)| Part { name, bytes }).collect();
    let found = match compose(&parts, &[]) {
        Ok(bytes) => {
            wasmparser::Validator::new().validate_all(&bytes).unwrap_or_else(|error| panic!("{path:?}: {error}"));
            let (model, world) = decode_component(&bytes).unwrap();
            print::document(&model, model.worlds[world].package)
        }
        Err(ComposeError::Types(reasons)) => reasons.iter().fold(String::new(), |mut text, reason| {
            write!(text, "{}", render_text(&SourceMap::default(), reason)).unwrap();
            text
        }),
        Err(error) => format!("error: {error}\n"),
    };
    golden(&path.with_extension("out"), &found)
}

/// A component of each world.
fn components(text: &str) -> Vec<(String, Vec<u8>)> {
    let mut resolve = Resolve::default();
    let package = resolve.push_str("main.wit", text).unwrap();
    let component = |(name, world): (&String, &_)| {
        let abi = ManglingAndAbi::Legacy(LiftLowerAbi::Sync);
        let mut module = dummy_module(&resolve, *world, abi);
        embed_component_metadata(&mut module, &resolve, *world, StringEncoding::UTF8, false).unwrap();
        let component = ComponentEncoder::default().module(&module).unwrap().encode().unwrap();
        (format!("{name}.wasm"), component)
    };
    resolve.packages[package].worlds.iter().map(component).collect()
}
