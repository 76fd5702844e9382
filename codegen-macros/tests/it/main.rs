//! Bindings as the compiler takes them, and its messages.

/// `ui/NAME.rs` beside `ui/NAME.stderr`, which `TRYBUILD=overwrite` writes.
#[test]
fn mistakes_are_shown_where_they_are() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}

/// Each file of `runs` is a program without mistakes.
#[test]
fn crates_of_their_own_run() {
    trybuild::TestCases::new().pass("tests/runs/*.rs");
}
