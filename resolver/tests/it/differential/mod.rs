//! Random packages as text: `wit-parser` and this resolver agree on which are correct, on their meaning, and on every byte
//! of their encoding.
//!
//! A package counts as rejected by `wit-parser` if the validator rejects its encoding. `WITWRIGHT_SEEDS=FROM..TO` runs other
//! packages than the default ones. If the two disagree on a package, the lines that cause it are shown.

mod differences;
mod faults;
mod generate;
mod text;

use core::panic::AssertUnwindSafe;
use std::panic::catch_unwind;

use fastrand::Rng;
use serde_json::Value;
use wasm_encoder::Section as _;
use wasmparser::{Parser, Payload, Validator, WasmFeatures};
use wit_parser::{PackageId, Resolve};
use witwright_front::LanguageFeatures;
use witwright_resolver::binary::{Decoded, EncodingOptions, decode, encode_package, encode_world};
use witwright_resolver::load::Memory;
use witwright_resolver::{Input, Model, Options, Resolution, print, resolve};

use crate::binary::by_name;
use crate::binary::encode::without_producers;
use crate::dump;

const SEEDS: core::ops::Range<u64> = 0..2500;

/// The names of `@unstable` features.
const FEATURES: [&str; 2] = ["new-things", "other-things"];

const ONLY_THEY_REFUSE: &str = "only wit-parser refuses";
const ONLY_WE_REFUSE: &str = "only we refuse";
const MEANING: &str = "it does not mean the same";

/// The random choices of a generator.
trait Choose {
    /// True with this probability, in percent.
    fn percent(&mut self, chance: u8) -> bool;

    /// A random element.
    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T;
}

impl Choose for Rng {
    fn percent(&mut self, chance: u8) -> bool {
        self.u8(..100) < chance
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.usize(..from.len())]
    }
}

/// A text, and the features with which it is resolved.
struct Sample {
    text: String,
    features: Vec<&'static str>,
}

/// The outcome of a sample on both sides.
#[derive(PartialEq, Eq)]
enum Verdict {
    Accepted,
    Refused,
    /// A known difference.
    Known,
    /// An unknown difference: its kind, and the sample.
    Disputed(&'static str, String),
}

#[test]
fn random_packages_mean_to_us_what_they_mean_to_wit_parser() {
    let (mut accepted, mut refused, mut known, mut disputed) = (0, 0, 0, Vec::new());
    let seeds = std::env::var("WITWRIGHT_SEEDS").ok().map(|seeds| range(&seeds)).unwrap_or(SEEDS);
    let count = seeds.end - seeds.start;
    for seed in seeds {
        let sample = sample(seed);
        match sample.verdict() {
            Verdict::Accepted => accepted += 1,
            Verdict::Refused => refused += 1,
            Verdict::Known => known += 1,
            Verdict::Disputed(how, _) => {
                let sample = sample.shrunk(how);
                let Verdict::Disputed(_, what) = sample.verdict() else { unreachable!("shrinking keeps the dispute") };
                disputed.push(format!("seed {seed}, {how}: {what}\nfeatures {:?}\n{}", sample.features, sample.text));
            }
        }
        if disputed.len() == 10 {
            break;
        }
    }
    assert!(disputed.is_empty(), "{}", disputed.join("\n\n"));
    println!("{accepted} accepted, {refused} refused, {known} judged otherwise as is known");
    assert!(accepted > count / 2 && refused > count / 5 && known < count / 50);
}

fn range(text: &str) -> core::ops::Range<u64> {
    let (from, to) = text.split_once("..").expect("a range of seeds is written `FROM..TO`");
    from.parse().unwrap()..to.parse().unwrap()
}

fn sample(seed: u64) -> Sample {
    let mut random = Rng::with_seed(seed);
    let (mut model, main) = generate::generate(&mut random);
    if random.percent(20) {
        faults::put(&mut random, &mut model);
    }
    let mut text = text::include(&mut random, &model, main, &print::document(&model, main));
    if random.percent(20) {
        text = text::use_at_top(&mut random, &text);
    }
    if random.percent(20) {
        text = text::put_fault(&mut random, &text);
    }
    let features = FEATURES.into_iter().filter(|_| random.percent(80)).collect();
    Sample { text, features }
}

impl Sample {
    fn verdict(&self) -> Verdict {
        let ours = self.ours();
        let verdict = match (ours.has_errors(), self.theirs()) {
            (false, Ok(theirs)) => match compare(ours.model.clone(), &theirs) {
                Verdict::Accepted => read_again(&ours),
                verdict @ (Verdict::Refused | Verdict::Known | Verdict::Disputed(..)) => verdict,
            },
            (true, Err(_)) => Verdict::Refused,
            (false, Err(error)) => Verdict::Disputed(ONLY_THEY_REFUSE, error),
            (true, Ok(_)) => {
                let errors = ours.diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
                let messages: Vec<&str> = errors.map(|diagnostic| diagnostic.message.as_str()).collect();
                Verdict::Disputed(ONLY_WE_REFUSE, messages.join("; "))
            }
        };
        let is_known = |how, what: &str| differences::is_known(self, &ours, how, what);
        let known = matches!(&verdict, Verdict::Disputed(how, what) if is_known(how, what));
        if known { Verdict::Known } else { verdict }
    }

    fn ours(&self) -> Resolution {
        let input = Input::Inline { name: "random.wit".into(), text: self.text.clone() };
        let mut options = Options::default().with_language(LanguageFeatures::active());
        options.features.extend(self.features.iter().map(ToString::to_string));
        resolve(&[input], &Memory::default(), &options)
    }

    fn theirs(&self) -> Result<Theirs, String> {
        let read = || {
            let mut resolve = Resolve::default();
            resolve.features.extend(self.features.iter().map(ToString::to_string));
            resolve.push_str("random.wit", &self.text).map_err(|error| format!("{error:#}"))?;
            let mut packages = Vec::new();
            for (id, _) in resolve.packages.iter() {
                let binary = wit_component::encode(&resolve, id, false).map_err(|error| format!("{error:#}"))?;
                let mut validator = Validator::new_with_features(WasmFeatures::all());
                validator.validate_all(&binary).map_err(|error| error.to_string())?;
                packages.push((id, binary));
            }
            Ok(Theirs { resolve, packages })
        };
        catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err("it panicked".to_owned()))
    }

    /// The sample without the lines that do not matter: blocks are removed as long as the dispute remains.
    fn shrunk(mut self, how: &'static str) -> Sample {
        for size in (1..=self.text.lines().count()).rev() {
            let mut start = 0;
            while start < self.text.lines().count() {
                let kept = self.text.lines().enumerate().filter(|(i, _)| !(start..start + size).contains(i));
                let text = kept.map(|(_, line)| line).collect::<Vec<_>>().join("\n");
                let smaller = Sample { text, features: self.features.clone() };
                if matches!(smaller.verdict(), Verdict::Disputed(other, _) if other == how) {
                    self = smaller;
                } else {
                    start += 1;
                }
            }
        }
        self
    }
}

/// The result of `wit-parser` for a text, with its packages encoded.
struct Theirs {
    resolve: Resolve,
    packages: Vec<(PackageId, Vec<u8>)>,
}

fn compare(mut ours: Model, Theirs { resolve, packages }: &Theirs) -> Verdict {
    if ours.packages.len() != packages.len() {
        return Verdict::Disputed(MEANING, "other packages".to_owned());
    }
    for (id, expected) in packages {
        let theirs = &resolve.packages[*id];
        let found = ours.packages.iter().find(|(_, ours)| ours.name.to_string() == theirs.name.to_string());
        let Some((our_id, _)) = found else { return Verdict::Disputed(MEANING, "other packages".to_owned()) };
        differences::order_as_theirs(&mut ours, our_id, theirs);
        if let Some(difference) = difference(expected, &encode_package(&ours, our_id)) {
            return Verdict::Disputed(MEANING, format!("{}\n{difference}", theirs.name));
        }
        for &world in &ours.packages[our_id].worlds {
            let name = &ours.worlds[world].name;
            let encoding = wit_component::StringEncoding::UTF8;
            let their_world = theirs.worlds[name.as_str()];
            let expected = wit_component::metadata::encode(resolve, their_world, encoding, None, false).unwrap();
            let found = encode_world(&ours, world, EncodingOptions::default());
            if let Some(difference) = difference(&expected, &found) {
                return Verdict::Disputed(MEANING, format!("{name}\n{difference}"));
            }
        }
    }
    Verdict::Accepted
}

/// Checks that a printed Model means the same as the text that was read.
fn read_again(ours: &Resolution) -> Verdict {
    let text = print::document(&ours.model, ours.main[0]);
    let again = Sample { text, features: FEATURES.to_vec() };
    let resolution = again.ours();
    match resolution.has_errors() {
        false if print::document(&resolution.model, resolution.main[0]) == again.text => Verdict::Accepted,
        _ => Verdict::Disputed("print does not give it back", format!("{:?}\n{}", resolution.diagnostics, again.text)),
    }
}

/// Two binaries as text, if they differ in meaning.
fn difference(expected: &[u8], found: &[u8]) -> Option<String> {
    let print = |bytes: &[u8]| wasmprinter::print_bytes(bytes).unwrap_or_else(|error| error.to_string());
    let is_same = without_producers(expected) == without_producers(found) || means_the_same(expected, found);
    (!is_same).then(|| format!("--- expected\n{}\n--- found\n{}", print(expected), print(found)))
}

/// Whether two binaries have the same definitions, documentation and gates. Their order may differ, and a type may be
/// written more than once.
fn means_the_same(expected: &[u8], found: &[u8]) -> bool {
    let ((expected, mut expected_docs), (found, mut found_docs)) = (apart(expected), apart(found));
    differences::leave_out_gates_of_needed(&mut expected_docs, &mut found_docs);
    expected_docs == found_docs && definitions(&expected) == definitions(&found)
}

/// A package's definitions, and its documentation and gates.
fn apart(binary: &[u8]) -> (Vec<u8>, Value) {
    let (mut definitions, mut docs) = (binary[..8].to_vec(), Value::Null);
    for payload in Parser::new(0).parse_all(binary) {
        let payload = payload.unwrap();
        if let Payload::CustomSection(section) = &payload
            && section.name() == "package-docs"
        {
            docs = serde_json::from_slice(&section.data()[1..]).unwrap();
        } else if let Some((id, place)) = payload.as_section() {
            let data = &binary[place.start as usize..place.end as usize];
            wasm_encoder::RawSection { id, data }.append_to(&mut definitions);
        }
    }
    (definitions, docs)
}

fn definitions(binary: &[u8]) -> String {
    let Ok(Decoded::Package(model, _)) = decode(binary) else { panic!("a package can be decoded") };
    dump::dump(&by_name(model))
}
