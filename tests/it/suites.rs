//! The test suites of other projects are present, complete, and in the expected versions.

use witwright_corpora as corpora;

#[test]
fn every_suite_is_found() {
    let model = corpora::component_model();
    assert!(model.join("design/mvp/WIT.md").is_file());
    assert_eq!(corpora::files(&model.join("test"), "wast").len(), 72);
    assert!(corpora::files(&corpora::folder("wit-parser").join("tests/ui"), "wit").len() > 200);
    assert!(corpora::folder("wit-component").join("tests/interfaces").is_dir());
    assert!(!corpora::files(corpora::folder("wash-runtime"), "wasm").is_empty());
}

#[test]
fn every_crate_ships_the_packages_expected() {
    let counts = corpora::WIT_CRATES.map(|name| corpora::wit_packages(name).len());
    assert_eq!(counts, [1, 1, 2, 2, 1]);
    assert_eq!(corpora::wit_packages("zed_extension_api").len(), 9);
    assert_eq!(corpora::wit_packages("grafbase-sdk").len(), 9);
}
