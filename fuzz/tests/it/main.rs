//! Every target over its kept inputs, and over a bounded number of changed ones.

use witwright_fuzz::{Search, TARGETS};

/// How many changed inputs each target is tried on.
const ROUNDS: usize = 3_000;

#[test]
fn no_input_breaks_a_target() {
    for target in TARGETS {
        let mut search = Search::new(target, 1);
        let kept = search.inputs();
        for _ in 0..ROUNDS {
            let input = search.next();
            let _ = search.try_input(input);
        }
        assert!(search.inputs() > kept, "{}: nothing new is said of any changed input", target.name);
    }
}

#[test]
fn a_search_can_be_repeated() {
    let inputs = |seed| {
        let mut search = Search::new(TARGETS[0], seed);
        (0..20).map(|_| search.next()).collect::<Vec<_>>()
    };
    assert_eq!(inputs(1), inputs(1));
    assert_ne!(inputs(1), inputs(2));
}
