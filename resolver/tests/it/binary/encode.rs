//! Encoding gives the same bytes as `wit-component`, except for the name of the producer.

use witwright_resolver::binary::{EncodingOptions, ModuleEncoding, encode_package, encode_world};

use super::corpus::cases;
use super::peer;

/// The bytes before the `producers` section, which is the last one and shorter than 128 bytes.
pub(crate) fn without_producers(binary: &[u8]) -> &[u8] {
    let name = b"\x09producers";
    let at = binary.windows(name.len()).rposition(|w| w == name).expect("a producers section");
    &binary[..at - 2]
}

#[test]
fn packages_equal_those_of_wit_component() {
    let mut compared = 0;
    for case in cases() {
        let peer = peer::model(&case.resolve);
        for id in case.resolve.topological_packages() {
            let expected = wit_component::encode(&case.resolve, id, false).unwrap();
            let found = encode_package(&peer.model, peer.packages[&id]);
            let name = &case.resolve.packages[id].name;
            assert_same(&expected, &found, &format!("package {name} of {}", case.name));
            compared += 1;
        }
    }
    assert!(compared > 400, "only {compared} packages compared");
}

#[test]
fn worlds_equal_those_of_wit_component() {
    let mut compared = 0;
    for case in cases() {
        let peer = peer::model(&case.resolve);
        for (id, world) in case.resolve.worlds.iter() {
            let encoding = wit_component::StringEncoding::UTF16;
            let expected = wit_component::metadata::encode(&case.resolve, id, encoding, None, false).unwrap();
            let options = EncodingOptions::default().with_string_encoding(ModuleEncoding::Utf16);
            let found = encode_world(&peer.model, peer.worlds[&id], options);
            assert_same(&expected, &found, &format!("world {} of {}", world.name, case.name));
            compared += 1;
        }
    }
    assert!(compared > 350, "only {compared} worlds compared");
}

pub(crate) fn assert_same(expected: &[u8], found: &[u8], what: &str) {
    let (expected, found) = (without_producers(expected), without_producers(found));
    if expected != found {
        let print = |bytes: &[u8]| wasmprinter::print_bytes(bytes).unwrap_or_else(|e| e.to_string());
        panic!("{what} differs\n--- expected\n{}\n--- found\n{}", print(expected), print(found));
    }
}
