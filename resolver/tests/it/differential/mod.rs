//! Random packages, printed: `wit-parser` and we agree on which are right, and encode these to the same bytes.
//!
//! What `wit-parser` leaves to the validator of what it encodes counts as refused by it. `WITWRIGHT_SEED=N` runs a
//! thousand times as many packages from there on.

mod faults;
mod generate;

use core::panic::AssertUnwindSafe;
use std::panic::catch_unwind;

use wasmparser::{Validator, WasmFeatures};
use wit_parser::Resolve;
use witwright_front::LanguageFeatures;
use witwright_resolver::binary::{EncodingOptions, encode_package, encode_world};
use witwright_resolver::load::Memory;
use witwright_resolver::{Input, Options, Resolution, print, resolve};

use crate::binary::encode::assert_same;
use crate::random::Random;

const PACKAGES: u64 = 3000;

#[test]
fn random_packages_mean_to_us_what_they_mean_to_wit_parser() {
    let (mut accepted, mut refused) = (0, 0);
    let start = std::env::var("WITWRIGHT_SEED").ok().map(|seed| seed.parse::<u64>().unwrap());
    let seeds = start.map_or(0..PACKAGES, |start| start..start + 1000 * PACKAGES);
    for seed in seeds {
        let text = text(seed);
        let (ours, theirs) = (ours(&text), theirs(&text));
        let what = format!("seed {seed}");
        match (ours.has_errors(), theirs) {
            (false, Ok(theirs)) => {
                assert_encodings(&what, &ours, &theirs, &text);
                accepted += 1;
            }
            (true, Err(_)) => refused += 1,
            (false, Err(error)) => panic!("{what}: only wit-parser refuses, since {error}\n{text}"),
            (true, Ok(_)) => {
                let reasons = messages(&ours);
                panic!("{what}: only we refuse, since {reasons:?}\n{text}");
            }
        }
    }
    assert!(accepted > 1500 && refused > 300, "{accepted} accepted, {refused} refused");
}

fn text(seed: u64) -> String {
    let mut random = Random(seed);
    let (mut model, main) = generate::generate(&mut random);
    if random.percent(30) {
        faults::put(&mut random, &mut model);
    }
    print::document(&model, main)
}

fn ours(text: &str) -> Resolution {
    let input = Input::Inline { name: "random.wit".into(), text: text.into() };
    let options = Options { all_features: true, language: LanguageFeatures::active(), ..Options::default() };
    resolve(&[input], &Memory::default(), &options)
}

fn messages(resolution: &Resolution) -> Vec<&str> {
    let errors = resolution.diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
    errors.map(|diagnostic| diagnostic.message.as_str()).collect()
}

fn theirs(text: &str) -> Result<Resolve, String> {
    let mut resolve = Resolve { all_features: true, ..Resolve::default() };
    let result = catch_unwind(AssertUnwindSafe(|| {
        resolve.push_str("random.wit", text).map_err(|error| error.to_string())?;
        for (id, _) in resolve.packages.iter() {
            let binary = wit_component::encode(&resolve, id, false).map_err(|error| error.to_string())?;
            let mut validator = Validator::new_with_features(WasmFeatures::all());
            validator.validate_all(&binary).map_err(|error| error.to_string())?;
        }
        Ok(())
    }));
    result.unwrap_or_else(|_| Err("it panicked".to_owned())).map(|()| resolve)
}

fn assert_encodings(what: &str, ours: &Resolution, theirs: &Resolve, text: &str) {
    for (id, package) in theirs.packages.iter() {
        let name = package.name.to_string();
        let (our_id, our_package) = ours.model.packages.iter().find(|(_, ours)| ours.name.to_string() == name).unwrap();
        let expected = wit_component::encode(theirs, id, false).unwrap();
        assert_same(&expected, &encode_package(&ours.model, our_id), &format!("{what}: {name}\n{text}"));
        for &world in &our_package.worlds {
            let world_name = &ours.model.worlds[world].name;
            let encoding = wit_component::StringEncoding::UTF8;
            let their_world = package.worlds[world_name.as_str()];
            let expected = wit_component::metadata::encode(theirs, their_world, encoding, None, false).unwrap();
            let found = encode_world(&ours.model, world, EncodingOptions::default());
            assert_same(&expected, &found, &format!("{what}: {name}/{world_name}\n{text}"));
        }
    }
}
