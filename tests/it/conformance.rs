//! The suites of others hold their ratchets.

use witwright_tests::conformance::{self, Ratchet, SUITES};

#[test]
fn suites_hold_their_ratchets() {
    let problems: Vec<String> =
        SUITES.iter().flat_map(|suite| Ratchet::read(suite).problems(&conformance::run(suite))).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
