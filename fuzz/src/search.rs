//! The search: inputs are changed at random, and an input with a new fact is changed further.

use std::collections::BTreeSet;

use fastrand::Rng;
use witwright_grammar::mutation::{mutated_bytes, mutated_text};

use crate::targets::{Reads, Target};

/// The longest input that is tried, in bytes. Faults show in short inputs, and more of these can be tried.
const LONGEST: usize = 4096;

/// A search for inputs that make a target panic.
pub struct Search {
    target: Target,
    random: Rng,
    inputs: Vec<Vec<u8>>,
    facts: BTreeSet<u64>,
}

impl Search {
    /// A search that begins with the kept inputs. The same seed gives the same search.
    ///
    /// # Panics
    ///
    /// If the target panics on a kept input.
    #[must_use]
    pub fn new(target: Target, seed: u64) -> Search {
        let inputs = (target.kept)();
        assert!(!inputs.is_empty(), "nothing is kept to begin with");
        let facts = inputs.iter().flat_map(|input| (target.run)(input).0).collect();
        Search { target, random: Rng::with_seed(seed), inputs, facts }
    }

    /// The next input to try.
    pub fn next_input(&mut self) -> Vec<u8> {
        let input = self.inputs[self.random.usize(..self.inputs.len())].clone();
        let mut changed = match self.target.reads {
            // One in eight may be invalid UTF-8 or cut inside a character.
            Reads::Text if self.random.usize(..8) > 0 => {
                mutated_text(&mut self.random, &String::from_utf8_lossy(&input)).into_bytes()
            }
            Reads::Text | Reads::Binary => mutated_bytes(&mut self.random, &input),
        };
        changed.truncate(LONGEST);
        changed
    }

    /// Tries an input, and keeps it if its target states a new fact.
    pub fn try_input(&mut self, input: Vec<u8>) {
        let known = self.facts.len();
        self.facts.extend((self.target.run)(&input).0);
        if self.facts.len() > known {
            self.inputs.push(input);
        }
    }

    /// The number of kept inputs.
    #[must_use]
    pub fn inputs(&self) -> usize {
        self.inputs.len()
    }
}
