//! Our pipeline, from text to binary, gives the same bytes as `wit-parser` and `wit-component`.

use witwright_front::LanguageFeatures;
use witwright_resolver::binary::{EncodingOptions, encode_package, encode_world};
use witwright_resolver::{Disk, Input, Options, resolve};

use super::corpus::{Case, cases};
use super::encode::assert_same;

#[test]
fn texts_encode_as_with_wit_component() {
    let (mut packages, mut worlds) = (0, 0);
    for case in cases() {
        // This file tests comment markers. `wit-parser` keeps some of them in the documentation.
        if !case.path.ends_with("comments.wit") {
            compare(&case, &mut packages, &mut worlds);
        }
    }
    assert!(packages > 400 && worlds > 350, "only {packages} packages and {worlds} worlds compared");
}

fn compare(case: &Case, packages: &mut u32, worlds: &mut u32) {
    let options = Options::default().with_all_features().with_language(LanguageFeatures::active());
    let resolution = resolve(&[Input::Path(case.path.display().to_string())], &Disk, &options);
    assert!(!resolution.has_errors(), "{}: {:?}", case.name, resolution.diagnostics);
    let ours = &resolution.model;
    for id in case.resolve.topological_packages() {
        let theirs = &case.resolve.packages[id];
        let name = theirs.name.to_string();
        let (package, _) = ours.packages.iter().find(|(_, p)| p.name.to_string() == name).unwrap();
        let expected = wit_component::encode(&case.resolve, id, false).unwrap();
        assert_same(&expected, &encode_package(ours, package), &format!("package {name} of {}", case.name));
        *packages += 1;
        for (name, &id) in &theirs.worlds {
            let mut candidates = ours.packages[package].worlds.iter();
            let &world = candidates.find(|&&id| ours.worlds[id].name == *name).unwrap();
            let encoding = wit_component::StringEncoding::UTF8;
            let expected = wit_component::metadata::encode(&case.resolve, id, encoding, None, false).unwrap();
            let found = encode_world(ours, world, EncodingOptions::default());
            assert_same(&expected, &found, &format!("world {name} of {}", case.name));
            *worlds += 1;
        }
    }
}
