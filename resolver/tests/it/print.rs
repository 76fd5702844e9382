//! A printed package, read again, gives the same Model.

use std::path::Path;

use wit_parser::Resolve;
use witwright_corpora as corpora;
use witwright_front::fmt::format;
use witwright_front::{FileId, LanguageFeatures};
use witwright_resolver::load::Memory;
use witwright_resolver::model::{PackageId, PackageName};
use witwright_resolver::{Disk, Input, Model, Options, print, resolve};

use crate::binary::{corpus, peer, resources_first};
use crate::dump;

fn options() -> Options {
    Options::default().with_all_features().with_language(LanguageFeatures::active())
}

fn read_by_wit_parser(text: &str) -> Model {
    let mut resolve = Resolve { all_features: true, ..Resolve::default() };
    resolve.push_str("printed.wit", text).unwrap_or_else(|error| panic!("{error:?}\n{text}"));
    peer::model(&resolve).model
}

fn read(text: &str) -> Model {
    let input = Input::Inline { name: "printed.wit".into(), text: text.into() };
    let resolution = resolve(&[input], &Memory::default(), &options());
    assert!(!resolution.has_errors(), "{:?}\n{text}", resolution.diagnostics);
    resolution.model
}

fn package_named(model: &Model, name: &PackageName) -> PackageId {
    model.packages.iter().find(|(_, package)| package.name == *name).unwrap().0
}

/// Asserts that the packages of `text` have the same meaning as in `model`.
fn assert_same(case: &str, model: Model, again: Model, text: &str) {
    let (model, again) = (resources_first(model), resources_first(again));
    assert_eq!(model.packages.len(), again.packages.len(), "{case}");
    for (id, package) in model.packages.iter() {
        let expected = dump::package(&model, id);
        let found = dump::package(&again, package_named(&again, &package.name));
        assert!(expected == found, "{case}\n--- expected\n{expected}\n--- found\n{found}\n--- text\n{text}");
    }
}

#[test]
fn documents_read_again_are_the_same() {
    for case in corpus::cases() {
        let resolution = resolve(&[Input::Path(case.path.display().to_string())], &Disk, &options());
        let main = resolution.main[0];
        let name = resolution.model.packages[main].name.clone();
        let text = print::document(&resolution.model, main);
        assert!(format(FileId(0), &text).as_ref() == Ok(&text), "{} is not printed in the one style", case.name);
        assert_same(&case.name, resolution.model.clone(), read(&text), &text);
        assert_same(&case.name, resolution.model, read_by_wit_parser(&text), &text);

        let again = read(&text);
        assert_eq!(print::document(&again, package_named(&again, &name)), text, "{}", case.name);
    }
}

/// Reading and printing each `tests/printed/NAME.wit` gives the same text.
#[test]
fn printed_files_print_as_they_are() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/printed");
    let paths = corpora::files(&folder, "wit");
    assert!(paths.len() >= 2);
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let resolution = resolve(&[Input::Path(path.display().to_string())], &Disk, &options());
        assert!(!resolution.has_errors(), "{:?}", resolution.diagnostics);
        let printed = print::document(&resolution.model, resolution.main[0]);
        assert!(printed == text, "{} is printed as\n{printed}", path.display());
    }
}
