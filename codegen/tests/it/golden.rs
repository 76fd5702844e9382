//! Expansions: `data/NAME.wit` beside `NAME.guest.rs` and `NAME.host.rs`. `BLESS=1 cargo test -p witwright-codegen` writes
//! them anew.

use std::fs;
use std::path::{Path, PathBuf};

use witwright_codegen::{Request, Target, format};

#[test]
fn expansions_are_as_blessed() {
    check_all("tests/data", |wit| {
        vec![("guest.rs", expand(wit, Target::Guest)), ("host.rs", expand(wit, Target::Host))]
    });
}

/// Compares the results for each file of WIT in a folder with the files beside it, by their extensions.
pub(crate) fn check_all(folder: &str, results: impl Fn(&Path) -> Vec<(&'static str, String)>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "wit"));
    files.sort();
    assert!(!files.is_empty());
    let mut wrong = Vec::new();
    for wit in &files {
        for (extension, text) in results(wit) {
            let golden = wit.with_extension(extension);
            if std::env::var_os("BLESS").is_some() {
                fs::write(&golden, &text).unwrap();
            } else if fs::read_to_string(&golden).ok().as_deref() != Some(text.as_str()) {
                wrong.push(golden.file_name().unwrap().to_string_lossy().into_owned());
            }
        }
    }
    assert!(wrong.is_empty(), "these differ, bless and read the diff: {wrong:?}");
}

fn expand(wit: &Path, target: Target) -> String {
    let mut request = Request::new(target, PathBuf::new());
    request.paths.push(wit.display().to_string());
    request.options.generate_all = true;
    let response = request.run();
    let said: String = response.diagnostics.iter().map(|diagnostic| response.render(diagnostic)).collect();
    format(response.code.unwrap_or_else(|| panic!("{said}")))
}

#[test]
fn documentation_for_editors_leads_to_the_text() {
    let mut request = Request::new(Target::Guest, PathBuf::from(env!("CARGO_MANIFEST_DIR")));
    request.paths.push("tests/data/types.wit".to_owned());
    request.places = true;
    let code = format(request.run().code.unwrap());
    for (before, line) in [("/// A point.\n", 6), ("/// To the right.\n", 8), ("/// Nothing at all.\n", 20)] {
        let (_, docs) = code.split_once(before).unwrap();
        let link = docs.lines().find(|line| line.contains("file://")).unwrap();
        assert!(link.contains(&format!("types.wit:{line}`](file:///")), "{link}");
        assert!(link.ends_with(&format!("/codegen/tests/data/types.wit#L{line})")), "{link}");
    }
}

/// Items at the root have no module of ours around them that allows what bindings do.
#[test]
fn traits_at_the_root_allow_what_clippy_says() {
    for target in [Target::Guest, Target::Host] {
        let mut request = Request::new(target, PathBuf::new());
        let wit =
            "package a:b; world w { resource r { new: static func(); } import set: func(to: r); export run: func(); }";
        request.inline = Some(wit.to_owned());
        let code = syn::parse2::<syn::File>(request.run().code.unwrap()).unwrap();
        let checked = code.items.iter().filter_map(|item| {
            if let syn::Item::Trait(item) = item {
                return Some((item.ident.to_string(), &item.attrs));
            }
            let syn::Item::Impl(item) = item else { return None };
            (!item.generics.params.is_empty()).then(|| ("an impl".to_owned(), &item.attrs))
        });
        let checked: Vec<_> = checked.collect();
        assert!(checked.len() >= 2, "{}", checked.len());
        for (name, attributes) in checked {
            let allows =
                attributes.iter().any(|attribute| quote::quote!(#attribute).to_string().contains("clippy :: all"));
            assert!(allows, "{name}");
        }
    }
}

/// Each type is read once: if it were read once for each path to it, this would not end.
#[test]
fn a_type_may_have_many_paths_to_its_parts() {
    let records: String = (1..28).map(|i| format!("record r{i} {{ a: list<r{0}>, b: list<r{0}> }} ", i - 1)).collect();
    let code = |target, part: &str| {
        let types = format!("record r0 {{ part: {part} }} {records} f: func(a: r27, b: stream<u16>) -> r27;");
        let mut request = Request::new(target, PathBuf::new());
        request.inline =
            Some(format!("package a:b; interface types {{ {types} }} world w {{ import types; export types; }}"));
        format(request.run().code.unwrap())
    };
    for target in [Target::Guest, Target::Host] {
        assert!(code(target, "string").contains("pub struct R27"));
        assert!(code(target, "stream<u8>").contains("pub struct R27"));
    }
    // The names of built-ins count the paths.
    assert!(code(Target::Guest, "string").contains("[stream-new-0]f"));
    assert!(code(Target::Guest, "stream<u8>").contains("[stream-new-134217728]f"));
}

/// WIT in place has its dependencies in the default folder, if there are any.
#[test]
fn the_default_folder_may_lack_packages() {
    let base = Path::new(env!("CARGO_TARGET_TMPDIR")).join("default-folder");
    let errors = |import: &str| {
        let mut request = Request::new(Target::Guest, base.clone());
        request.inline = Some(format!("package a:b; world w {{ {import} export f: func(); }}"));
        request.options.generate_all = true;
        let response = request.run();
        response.diagnostics.iter().map(|diagnostic| response.render(diagnostic)).collect::<Vec<_>>()
    };
    fs::create_dir_all(base.join("wit/other")).unwrap();
    assert_eq!(errors(""), [""; 0]);
    fs::create_dir_all(base.join("wit/deps/c")).unwrap();
    fs::write(base.join("wit/deps/c/c.wit"), "package c:d; interface i { g: func(); }").unwrap();
    assert_eq!(errors("import c:d/i;"), [""; 0]);
}
