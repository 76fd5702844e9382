//! The worlds of published packages, and those of other projects' tests.

use std::path::Path;

use witwright_codegen::{Options, Target, format, generate};
use witwright_corpora as corpora;
use witwright_resolver::{Disk, Input, resolve};

use super::package::Bindings;

/// The bindings of every world that has them on both sides.
pub(crate) fn worlds() -> Vec<Bindings> {
    let published = corpora::WIT_CRATES.iter().flat_map(|name| corpora::wit_packages(name));
    let folders = [corpora::folder("wit-parser").join("tests/ui"), corpora::folder("wit-component").join("tests")];
    let of_tests = folders.iter().flat_map(|folder| corpora::files(folder, "wit"));
    published.chain(of_tests).flat_map(|path| of_package(&path)).collect()
}

/// A package with mistakes has no bindings, and neither has a world with functions of the asynchronous part.
fn of_package(path: &Path) -> Vec<Bindings> {
    let options = witwright_resolver::Options::default().with_all_features();
    let resolution = resolve(&[Input::Path(path.display().to_string())], &Disk, &options);
    if resolution.has_errors() {
        return Vec::new();
    }
    let mut options = Options::default().with_generate_all();
    options.stubs = true;
    let of_world = |world| {
        let side = |target| generate(&resolution.model, world, target, &options).ok().map(format);
        Some(Bindings { guest: side(Target::Guest)?, host: side(Target::Host)? })
    };
    resolution.model.worlds.iter().filter_map(|(world, _)| of_world(world)).collect()
}
