//! A malformed binary is either rejected with its position, or decoded; none panics.

use fastrand::Rng;
use witwright_resolver::binary::{
    DecodeErrorKind, Decoded, EncodingOptions, component_types, decode, decode_component, decode_package, decode_world,
    encode_package, encode_world,
};
use witwright_resolver::print;

use super::corpus::cases;
use super::peer;

#[test]
fn mutations_never_panic() {
    let mut random = Rng::with_seed(1);
    let (mut refused, mut decoded) = (0, 0);
    for case in cases() {
        let peer = peer::model(&case.resolve);
        let packages = peer.packages.into_values().map(|id| encode_package(&peer.model, id));
        for binary in packages.filter(|binary| binary.len() < 3000) {
            for _ in 0..30 {
                let mut binary = binary.clone();
                for _ in 0..=random.usize(..3) {
                    let at = random.usize(..binary.len());
                    match random.usize(..3) {
                        0 => binary[at] = random.u8(..),
                        1 => binary[at] ^= 1 << random.usize(..8),
                        _ => drop(binary.remove(at)),
                    }
                }
                match decode(&binary) {
                    Ok(Decoded::Package(model, package)) => {
                        assert!(print::document(&model, package).contains("package"));
                        assert!(!encode_package(&model, package).is_empty());
                        decoded += 1;
                    }
                    Ok(Decoded::Component(model, world)) => {
                        assert!(print::document(&model, model.worlds[world].package).contains("world root"));
                        assert!(!encode_world(&model, world, EncodingOptions::default()).is_empty());
                        decoded += 1;
                    }
                    Err(error) => {
                        assert!(!error.to_string().is_empty());
                        refused += 1;
                    }
                }
            }
        }
    }
    assert!(refused > 1000 && decoded > 1000, "{refused} refused, {decoded} decoded");
}

#[test]
fn truncations_are_refused() {
    let case = &cases()[0];
    let peer = peer::model(&case.resolve);
    let id = peer.packages.into_values().next().unwrap();
    let binary = encode_package(&peer.model, id);
    for end in (0..binary.len()).step_by(13) {
        if let Ok((model, package)) = decode_package(&binary[..end]) {
            // A binary that is cut after a section is a package with fewer items.
            let count = |model: &witwright_resolver::Model, id: witwright_resolver::model::PackageId| {
                model.packages[id].interfaces.len() + model.packages[id].worlds.len()
            };
            assert!(count(&model, package) <= count(&peer.model, id));
        }
    }
}

#[test]
fn errors_say_what_is_wrong() {
    let kind = |binary: &str| decode(&wat::parse_str(binary).unwrap()).unwrap_err().to_string();
    let module = "this is a core module, not a component; \
                  build it for `wasm32-wasip2`, or make a component of it with `witwright componentize`";
    assert_eq!(kind("(module)"), module);
    assert_eq!(
        kind(r#"(component (type $t (record (field "a" u8))) (export "t" (type $t)))"#),
        "WIT cannot express `t`: it is neither a function nor an instance (at offset 0x13)"
    );
    assert_eq!(
        kind(r#"(component (import "i" (instance (export "j" (instance)))))"#),
        "WIT cannot express `j`: it is neither a function nor a type (at offset 0x19)"
    );
    let empty = wat::parse_str("(component)").unwrap();
    assert!(matches!(decode_package(&empty).unwrap_err().kind(), DecodeErrorKind::NotAPackage));
    assert!(matches!(decode_world(&empty).unwrap_err().kind(), DecodeErrorKind::StringEncoding));
    assert!(decode_component(&empty).is_ok());
    let error = decode(b"\0asm\x0d\0\x01\0\x07\xff").unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::Invalid(_)));
    assert!(error.offset().is_some());
}

#[test]
fn docs_sections_are_checked() {
    let docs = |json: &str| {
        let text = format!(
            r#"(component
                (type (component
                    (type (instance))
                    (export "a:b/i" (instance (type 0)))))
                (export "i" (type 0))
                (@custom "package-docs" "\01{}"))"#,
            json.replace('"', "\\\"").replace("\\\\\"", "\\\\\\\"")
        );
        decode_package(&wat::parse_str(&text).unwrap()).map(|(model, id)| {
            let interface = model.packages[id].interfaces[0];
            model.interfaces[interface].docs.clone().unwrap_or_default()
        })
    };
    assert_eq!(docs(r#"{"interfaces":{"i":{"docs":"x"}}}"#).unwrap(), "x");
    assert_eq!(
        docs(r#"{ "docs" : null , "interfaces" : { "i" : { "docs" : "\\u00e9\\ud83d\\ude00" } } }"#).unwrap(),
        "é😀"
    );
    for malformed in ["", "{", "[]", "{}x", r#"{"docs":1}"#, r#"{"docs":"\\ud83d"}"#, r#"{"other":{}}"#, "{\"a\":"] {
        assert!(matches!(docs(malformed).unwrap_err().kind(), DecodeErrorKind::Docs), "{malformed}");
    }
    assert!(matches!(docs(&"{\"docs\":".repeat(100_000)).unwrap_err().kind(), DecodeErrorKind::Docs));
    let error = docs(r#"{"interfaces":{"j":{}}}"#).unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::DocsOf(name) if name == "j"));
}

#[test]
fn deep_types_are_refused() {
    let mut text = String::from("(component (type (list u8))");
    for index in 0..5000 {
        text += &format!("(type (list {index}))");
    }
    text += r#"(import "f" (func (param "p" 5000))))"#;
    let error = decode(&wat::parse_str(&text).unwrap()).unwrap_err();
    assert_eq!(error.to_string().split(" (at").next(), Some("type nesting is too deep"));
}

#[test]
fn component_type_sections_of_a_module_are_found() {
    let case = cases().into_iter().find(|case| case.resolve.worlds.len() > 1).unwrap();
    let peer = peer::model(&case.resolve);
    let mut module = b"\0asm\x01\0\0\0".to_vec();
    for &id in peer.worlds.values() {
        let payload = encode_world(&peer.model, id, EncodingOptions::default());
        let name = format!("component-type:test:{}", peer.model.worlds[id].name);
        let section = wasm_encoder::CustomSection { name: name.into(), data: payload.into() };
        wasm_encoder::Section::append_to(&section, &mut module);
    }
    let sections = component_types(&module).unwrap();
    assert_eq!(sections.len(), peer.worlds.len());
    for section in sections {
        assert_eq!(section.name, format!("component-type:test:{}", section.model.worlds[section.world].name));
    }
    module.truncate(module.len() - 1);
    assert!(component_types(&module).is_err());
}
