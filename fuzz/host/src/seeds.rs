//! The first inputs of the targets.

use std::fs;
use std::path::Path;

use wast::lexer::Lexer;
use wast::parser::{self, ParseBuffer};
use wast::{Wast, WastDirective};
use witwright_corpora as corpora;

/// The longest component that is changed. Faults show in short ones.
const LONGEST: usize = 4096;

/// The components of the component model's own tests, and those in `fuzz/corpus/component`, which once caused a fault.
#[must_use]
pub fn components() -> Vec<Vec<u8>> {
    let mut seeds = kept("component");
    for path in corpora::files(&corpora::component_model().join("test"), "wast") {
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        seeds.extend(of_script(&text));
    }
    seeds.retain(|seed| seed.len() <= LONGEST);
    assert!(seeds.len() > 100, "only {} components were found", seeds.len());
    seeds
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the other directives have no component")]
fn of_script(text: &str) -> Vec<Vec<u8>> {
    let mut lexer = Lexer::new(text);
    lexer.allow_confusing_unicode(true);
    let Ok(buffer) = ParseBuffer::new_with_lexer(lexer) else { return Vec::new() };
    let Ok(script) = parser::parse::<Wast<'_>>(&buffer) else { return Vec::new() };
    let modules = script.directives.into_iter().filter_map(|directive| match directive {
        WastDirective::Module(mut wat) | WastDirective::ModuleDefinition(mut wat) => wat.encode().ok(),
        WastDirective::AssertInvalid { mut module, .. } => module.encode().ok(),
        _ => None,
    });
    modules.collect()
}

/// Random bytes of several lengths, enough for a component by `wasm-smith`.
#[must_use]
pub fn noise() -> Vec<Vec<u8>> {
    let mut random = fastrand::Rng::with_seed(1);
    let mut seeds = kept("smith");
    seeds.extend([64, 256, 1024, 4096].iter().flat_map(|len| [*len; 8]).map(|len| {
        let mut bytes = vec![0; len];
        random.fill(&mut bytes);
        bytes
    }));
    seeds
}

/// Random bytes from which types and values are generated.
#[must_use]
pub fn numbers() -> Vec<Vec<u8>> {
    let mut seeds = kept("echo");
    seeds.extend((0..8_u64).map(|number| number.to_le_bytes().to_vec()));
    seeds
}

/// Random bytes that have guests call built-ins.
#[must_use]
pub fn scripts() -> Vec<Vec<u8>> {
    let mut random = fastrand::Rng::with_seed(2);
    let mut seeds = kept("built-ins");
    seeds.extend([16, 64, 256].iter().flat_map(|len| [*len; 16]).map(|len| {
        let mut bytes = vec![0; len];
        random.fill(&mut bytes);
        bytes
    }));
    seeds
}

fn kept(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus").join(target);
    if !folder.is_dir() {
        return Vec::new();
    }
    let read = |path: &Path| fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    corpora::entries(&folder).iter().map(|path| read(path)).collect()
}
