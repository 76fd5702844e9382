//! The grammar and the parser accept and reject the same texts.

use std::collections::BTreeMap;
use std::thread;

use witwright_grammar::agreement::{Disagreement, disagreement, shrink};
use witwright_grammar::mutation::mutated_text;

use crate::corpora::{items, texts};

/// The number of changed texts in a run, unless `WITWRIGHT_MUTATIONS` sets another.
const MUTATIONS: usize = 100_000;
/// The seed of the changes, unless `WITWRIGHT_SEED` sets another.
const SEED: u64 = 3;
const THREADS: usize = 2;

#[test]
fn on_every_text_of_the_corpora() {
    let texts = texts();
    assert!(texts.len() > 1000, "only {} texts were found", texts.len());
    let found = texts.iter().filter_map(|(_, text)| disagreement(text)).collect();
    report(found);
}

#[test]
fn on_mutations() {
    let items = items();
    let rounds = number("WITWRIGHT_MUTATIONS").unwrap_or(MUTATIONS as u64) as usize;
    let seed = number("WITWRIGHT_SEED").unwrap_or(SEED);
    let found = thread::scope(|scope| {
        let run = |part: usize| {
            let items = &items;
            scope.spawn(move || mutations(items, seed.wrapping_add(part as u64), rounds / THREADS))
        };
        let threads: Vec<_> = (0..THREADS).map(run).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("no text makes either panic")).collect()
    });
    report(found);
}

/// Compares `rounds` changed texts. The grammar must accept some and reject others; otherwise nothing is tested.
fn mutations(items: &[String], seed: u64, rounds: usize) -> Vec<Disagreement> {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut found = Vec::new();
    let mut accepted = 0;
    for _ in 0..rounds {
        let item = &items[random.usize(..items.len())];
        let text = mutated_text(&mut random, item);
        accepted += usize::from(witwright_grammar::judge(&text).is_ok());
        found.extend(disagreement(&text));
    }
    assert!((rounds / 20..rounds).contains(&accepted), "{accepted} of {rounds} changed texts are WIT");
    found
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|value| value.parse().expect("a number"))
}

/// The shortest disagreement of each kind.
#[track_caller]
fn report(found: Vec<Disagreement>) {
    let count = found.len();
    let mut kinds: BTreeMap<String, Disagreement> = BTreeMap::new();
    for disagreement in found.into_iter().take(300) {
        let shrunk = shrink(disagreement);
        let kind = format!("{:?} {:?}", shrunk.grammar.map_err(|rejection| rejection.why), shrunk.parser);
        kinds.entry(kind).or_insert(shrunk);
    }
    let shown: Vec<String> = kinds.into_values().map(|disagreement| disagreement.to_string()).collect();
    assert!(count == 0, "{count} disagreements, of these kinds:\n{}", shown.join("\n"));
}
