//! Decoding gives the same result as `wit-parser`'s, and never panics.

use witwright_corpora as corpora;
use witwright_resolver::binary::{
    Decoded, EncodingOptions, ModuleEncoding, decode, decode_component, decode_package, decode_world, encode_package,
    encode_world,
};

use super::corpus::{cases, shipped_binaries};
use super::{peer, resources_first};
use crate::dump;

#[test]
fn packages_decode_as_wit_parser_decodes_them() {
    for case in cases() {
        for id in case.resolve.topological_packages() {
            for canonical_names in [false, true] {
                let what = format!("package {} of {}", case.resolve.packages[id].name, case.name);
                let Ok(binary) = wit_component::encode(&case.resolve, id, canonical_names) else { continue };
                let expected = match wit_component::decode(&binary) {
                    Ok(wit_component::DecodedWasm::WitPackage(resolve, _)) => dump::dump(&peer::model(&resolve).model),
                    Ok(wit_component::DecodedWasm::Component(..)) => {
                        assert!(matches!(decode(&binary), Ok(Decoded::Component(..))), "{what}");
                        continue;
                    }
                    // Two compatible versions have the same canonical name.
                    Err(_) if canonical_names => {
                        assert!(decode_package(&binary).is_err(), "{what}");
                        continue;
                    }
                    Err(error) => panic!("{what}: {error:?}"),
                };
                let (model, _) = decode_package(&binary).unwrap_or_else(|error| panic!("{what}: {error}"));
                pretty(&what, &expected, &dump::dump(&model));
            }
        }
    }
}

#[test]
fn worlds_decode_as_wit_parser_decodes_them() {
    for case in cases() {
        for (id, world) in case.resolve.worlds.iter() {
            let what = format!("world {} of {}", world.name, case.name);
            let encoding = wit_component::StringEncoding::CompactUTF16;
            let binary = wit_component::metadata::encode(&case.resolve, id, encoding, None, false).unwrap();
            let (resolve, _) = wit_parser::decoding::decode_world(&binary).unwrap();
            let expected = dump::dump(&peer::model(&resolve).model);
            let (model, id, encoding) = decode_world(&binary).unwrap_or_else(|error| panic!("{what}: {error}"));
            pretty(&what, &expected, &dump::dump(&model));
            assert_eq!(model.worlds[id].name, world.name);
            assert_eq!(encoding, ModuleEncoding::Latin1OrUtf16);
        }
    }
}

#[test]
fn what_is_encoded_decodes_to_the_same() {
    for case in cases() {
        let mut peer = peer::model(&case.resolve);
        peer.model = resources_first(peer.model);
        for id in peer.packages.into_values() {
            let package = &peer.model.packages[id];
            if package.interfaces.is_empty() && package.worlds.is_empty() {
                continue;
            }
            let binary = encode_package(&peer.model, id);
            let (model, decoded) = decode_package(&binary).unwrap();
            let what = format!("package {} of {}", package.name, case.name);
            pretty(&what, &dump::package(&peer.model, id), &dump::package(&model, decoded));
            assert!(encode_package(&model, decoded) == binary, "{what}");
        }
        for id in peer.worlds.into_values() {
            let binary = encode_world(&peer.model, id, EncodingOptions::default());
            let (model, world, string_encoding) = decode_world(&binary).unwrap();
            let options = EncodingOptions::default().with_string_encoding(string_encoding);
            assert!(encode_world(&model, world, options) == binary, "{}", case.name);
        }
    }
}

#[test]
fn components_decode_as_wit_parser_decodes_them() {
    let mut compared = 0;
    for binary in components() {
        let wit_component::DecodedWasm::Component(resolve, _) = wit_component::decode(&binary).unwrap() else {
            continue;
        };
        let (model, world) = decode_component(&binary).unwrap();
        assert_eq!(model.worlds[world].name, "root");
        pretty("a component", &dump::dump(&peer::model(&resolve).model), &dump::dump(&model));
        compared += 1;
    }
    assert!(compared > 100, "only {compared} components compared");
}

/// The components that wit-component's own tests expect, and those that other crates ship.
fn components() -> Vec<Vec<u8>> {
    let mut components = Vec::new();
    for path in corpora::files(&corpora::folder("wit-component").join("tests/components"), "wat") {
        if path.ends_with("component.wat") {
            components.push(wat::parse_file(&path).unwrap());
        }
    }
    components.extend(shipped_binaries().into_iter().map(|(_, binary)| binary));
    components
}

fn pretty(what: &str, expected: &str, found: &str) {
    if expected != found {
        panic!("{what} differs\n--- expected\n{expected}\n--- found\n{found}");
    }
}
