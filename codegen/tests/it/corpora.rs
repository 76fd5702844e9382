//! Every world of the corpora, for guests and for hosts: it gives valid Rust.

use std::path::Path;

use witwright_codegen::{Options, Target, format, generate};
use witwright_corpora as corpora;
use witwright_resolver::{Disk, Input, resolve};

#[test]
fn published_packages_give_bindings() {
    let packages = corpora::WIT_CRATES.iter().flat_map(|name| corpora::wit_packages(name));
    let given: usize = packages.map(|path| worlds(&path)).sum();
    assert!(given > 20, "{given} worlds have bindings");
}

#[test]
fn worlds_of_tests_give_bindings() {
    let folders = [corpora::folder("wit-parser").join("tests/ui"), corpora::folder("wit-component").join("tests")];
    let files = folders.iter().flat_map(|folder| corpora::files(folder, "wit"));
    let given: usize = files.map(|path| worlds(&path)).sum();
    assert!(given > 200, "{given} worlds have bindings");
}

/// The number of worlds of a package that have bindings for both sides. A package with mistakes has none.
fn worlds(path: &Path) -> usize {
    let options = witwright_resolver::Options::default().with_all_features();
    let resolution = resolve(&[Input::Path(path.display().to_string())], &Disk, &options);
    if resolution.has_errors() {
        return 0;
    }
    let options = Options::default().with_generate_all();
    let gives = |id, target| match generate(&resolution.model, id, target, &options) {
        Ok(tokens) => !format(tokens).is_empty(),
        Err(errors) => {
            panic!("{}: {:?}", path.display(), errors.iter().map(|error| &error.message).collect::<Vec<_>>())
        }
    };
    let worlds = resolution.model.worlds.iter().map(|(id, _)| id);
    worlds.filter(|id| gives(*id, Target::Guest) & gives(*id, Target::Host)).count()
}
