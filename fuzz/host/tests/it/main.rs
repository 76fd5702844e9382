//! Every target, run on its first inputs and on a fixed number of changed inputs.

use witwright_fuzz::Search;
use witwright_fuzz_host::TARGETS;

/// The number of changed inputs for each target.
const ROUNDS: [(&str, usize); 5] =
    [("component", 2_000), ("engines", 100), ("smith", 300), ("echo", 40), ("built-ins", 1_000)];

#[test]
fn no_input_breaks_a_target() {
    for (target, (name, rounds)) in TARGETS.into_iter().zip(ROUNDS) {
        assert_eq!(target.name, name);
        let mut search = Search::new(target, 1);
        let kept = search.inputs();
        for _ in 0..rounds {
            let input = search.next_input();
            search.try_input(input);
        }
        assert!(search.inputs() > kept, "{name}: nothing new is said of any changed input");
    }
}
