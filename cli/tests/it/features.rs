//! Components that use features which are not released: messages say how to enable them.

use crate::{temporary, witwright};

/// Components, each with a feature.
const COMPONENTS: [(&str, &str); 5] = [
    ("fixed-length-lists", "(component (type (list u8 4)))"),
    ("error-context", "(component (type (func (param \"e\" error-context))))"),
    ("threading", "(component (canon thread.yield (core func)) (canon thread.index (core func)))"),
    ("values", "(component (import \"f\" (func $f)) (start $f))"),
    ("async-stackful", "(component (import \"f\" (func $f)) (core func (canon lower (func $f) async)))"),
];

/// The name after `--component-features` in a message.
fn advised(message: &str) -> Option<&str> {
    message.split_once("`--component-features ")?.1.split('`').next()
}

#[test]
fn the_advised_option_exists_and_helps() {
    let path = temporary("feature.wasm");
    let component = path.to_str().unwrap();
    let mut seen = Vec::new();
    for (feature, text) in COMPONENTS {
        std::fs::write(&path, wat::parse_str(text).unwrap()).unwrap();
        for command in ["run", "serve"] {
            let without = witwright(&[command, component]);
            assert_eq!(without.code, Some(1), "{feature}: {}", without.err);
            assert!(!without.err.contains("cm-"), "{feature}: {}", without.err);
            let Some(advised) = advised(&without.err) else { continue };
            assert_eq!(advised, feature, "{}", without.err);
            seen.push(feature);
            let with = witwright(&[command, component, "--component-features", advised]);
            assert!(!with.err.contains("cannot load"), "{feature}: {}", with.err);
        }
    }
    assert!(seen.len() >= 8, "{seen:?}");
}
