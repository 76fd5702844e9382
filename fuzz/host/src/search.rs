//! The search: inputs are changed at random, and those of which something new is said are changed further.

use std::collections::BTreeSet;

use fastrand::Rng;

use crate::Target;

/// A search for inputs that break a target.
pub struct Search {
    target: Target,
    random: Rng,
    inputs: Vec<Vec<u8>>,
    said: BTreeSet<String>,
}

impl Search {
    /// A search from what inputs begin with, all of which are tried; the same for the same seed.
    #[must_use]
    pub fn new(target: Target, seed: u64) -> Search {
        let inputs = (target.seeds)();
        let said = inputs.iter().map(|input| target.try_input(input)).collect();
        Search { target, random: Rng::with_seed(seed), inputs, said }
    }

    /// The next input to try.
    pub fn next_input(&mut self) -> Vec<u8> {
        let index = self.random.usize(..self.inputs.len());
        mutated(&mut self.random, &self.inputs[index])
    }

    /// Tries an input; when something new is said of it, it is kept.
    pub fn try_input(&mut self, input: Vec<u8>) {
        let said = self.target.try_input(&input);
        if self.said.insert(said) {
            self.inputs.push(input);
        }
    }

    /// How many inputs there are to change.
    #[must_use]
    pub fn inputs(&self) -> usize {
        self.inputs.len()
    }
}

/// Bytes like these, changed in one to four places.
fn mutated(random: &mut Rng, bytes: &[u8]) -> Vec<u8> {
    const EDGES: [u8; 8] = [0, 1, 0x7f, 0x80, 0xff, 0xfe, 0x40, 0x20];
    let mut bytes = bytes.to_vec();
    for _ in 0..=random.usize(..4) {
        let index = random.usize(..=bytes.len());
        let new = if random.bool() { EDGES[random.usize(..EDGES.len())] } else { random.u8(..) };
        match random.usize(..6) {
            0 if index < bytes.len() => bytes[index] = new,
            1 if index < bytes.len() => bytes[index] ^= 1 << random.usize(..8),
            2 if index < bytes.len() => {
                let end = (index + 1 + random.usize(..16)).min(bytes.len());
                bytes.drain(index..end);
            }
            3 if index < bytes.len() => {
                let end = (index + 1 + random.usize(..32)).min(bytes.len());
                let copied = bytes[index..end].to_vec();
                let target = random.usize(..=bytes.len());
                bytes.splice(target..target, copied);
            }
            4 => bytes.truncate(index),
            _ => bytes.insert(index, new),
        }
    }
    bytes
}
