//! The errors of the compiler: `ui/NAME.rs` beside `ui/NAME.stderr`. `TRYBUILD=overwrite` writes the latter.

#[test]
fn mistakes_are_shown_where_they_are() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
