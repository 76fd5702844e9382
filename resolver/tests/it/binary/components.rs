//! Components as WIT: `tests/components/NAME.wat` beside the printed text, `NAME.wit`, or the error, `NAME.stderr`.
//!
//! `BLESS=1 cargo test -p witwright-resolver --test it components` writes the expected files; read the diff.

use std::fs;
use std::path::Path;

use witwright_corpora as corpora;
use witwright_front::LanguageFeatures;
use witwright_resolver::binary::{EncodingOptions, decode_component, decode_world, encode_world};
use witwright_resolver::load::Memory;
use witwright_resolver::{Input, Options, print, resolve};

#[test]
fn components() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/components");
    for path in corpora::files(&folder, "wat") {
        let binary = wat::parse_file(&path).unwrap();
        match decode_component(&binary) {
            Ok((model, world)) => {
                let text = print::document(&model, model.worlds[world].package);
                golden(&path.with_extension("wit"), &text);
                let input = Input::Inline { name: "printed.wit".into(), text };
                let options = Options::default().with_language(LanguageFeatures::active());
                let resolution = resolve(&[input], &Memory::default(), &options);
                assert!(!resolution.has_errors(), "{}: {:?}", path.display(), resolution.diagnostics);
                let payload = encode_world(&model, world, EncodingOptions::default());
                assert!(decode_world(&payload).is_ok(), "{}", path.display());
            }
            Err(error) => golden(&path.with_extension("stderr"), &format!("{error}\n")),
        }
    }
}

fn golden(path: &Path, text: &str) {
    if std::env::var_os("BLESS").is_some() {
        fs::write(path, text).unwrap();
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    assert!(expected == text, "{}\n--- expected\n{expected}\n--- found\n{text}", path.display());
}
