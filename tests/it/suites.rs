//! The test suites of other projects are present, complete, and in the expected versions.

use std::collections::BTreeSet;
use std::fs;

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

/// Each test of the reference code has a mirror of ours, in the table of the machine's scenarios.
#[test]
fn every_test_of_the_reference_code_has_a_mirror() {
    let model = corpora::component_model().join("design/mvp/canonical-abi/run_tests.py");
    let theirs = fs::read_to_string(model).unwrap();
    let theirs: BTreeSet<&str> = theirs
        .lines()
        .filter_map(|line| line.strip_prefix("def ")?.split_once('(').map(|(name, _)| name))
        .filter(|name| name.starts_with("test"))
        .collect();
    assert!(theirs.len() > 30, "there are {}", theirs.len());

    let crate_ = xtask::root().join("abi-runtime");
    let tests = [crate_.join("tests"), crate_.join("src")].map(|folder| corpora::files(&folder, "rs")).concat();
    let tests: String = tests.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
    let table = fs::read_to_string(crate_.join("tests/it/scenarios/mirrors.txt")).unwrap();
    let table: Vec<(&str, &str)> = table.lines().map(|line| line.split_once(' ').expect("two names")).collect();
    for (_, ours) in &table {
        assert!(
            tests.contains(&format!("#[test]\nfn {ours}()")) || tests.contains(&format!("#[test]\n    fn {ours}()")),
            "there is no test `{ours}`"
        );
    }
    let mirrored: BTreeSet<&str> = table.into_iter().map(|(theirs, _)| theirs).collect();
    assert_eq!(mirrored, theirs);
}
