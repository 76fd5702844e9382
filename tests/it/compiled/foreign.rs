//! The worlds of published packages, and those of other projects' tests.

use std::collections::BTreeSet;
use std::path::Path;

use witwright_codegen::{Options, format, generate};
use witwright_corpora as corpora;
use witwright_resolver::{Disk, Input, LanguageFeatures, resolve};

use super::package::Bindings;

/// Other crates with packages, in many versions.
const SDKS: [&str; 4] = ["golem-wit", "grafbase-sdk", "wash-runtime", "zed_extension_api"];

/// The bindings of every world, each once.
pub(crate) fn worlds() -> Vec<Bindings> {
    let published = corpora::WIT_CRATES.iter().chain(&SDKS).flat_map(|name| corpora::wit_packages(name));
    let folders = [corpora::folder("wit-parser").join("tests/ui"), corpora::folder("wit-component").join("tests")];
    let of_tests = folders.iter().flat_map(|folder| corpora::files(folder, "wit"));
    let all = published.chain(of_tests).flat_map(|path| of_package(&path));
    let mut known = BTreeSet::new();
    all.filter(|bindings| known.insert(bindings.guest.clone())).collect()
}

/// A package with mistakes has no bindings.
fn of_package(path: &Path) -> Vec<Bindings> {
    let options = witwright_resolver::Options::default().with_all_features().with_language(LanguageFeatures::active());
    let resolution = resolve(&[Input::Path(path.display().to_string())], &Disk, &options);
    if resolution.has_errors() {
        return Vec::new();
    }
    let mut options = Options::default().with_generate_all();
    options.stubs = true;
    let of_world = |world| {
        Bindings::new(&options, |target, options| {
            let code = generate(&resolution.model, world, target, &options);
            format(code.unwrap_or_else(|errors| panic!("{}: {errors:?}", path.display())))
        })
    };
    resolution.model.worlds.iter().map(|(world, _)| of_world(world)).collect()
}
