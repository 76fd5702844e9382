//! Facts of the canonical ABI are only in `abi-runtime`: limits, and the packing of codes.

use super::sources::Sources;
use super::{Problem, check, planted};

/// The folder with the facts.
const HOME: &str = "abi-runtime/";

/// Prefixes of the names of limits.
const LIMITS: [&str; 5] = ["MAX_FLAT", "MAX_LIST_BYTES", "MAX_STRING_BYTES", "MAX_BUFFER_LENGTH", "MAX_TABLE_INDEX"];

/// Operations on packed codes: a code has four bits, an index 28.
const PACKING: [&str; 4] = ["& 0xf", "<< 4", ">> 4", "1 << 28"];

#[test]
fn facts_of_the_abi_are_written_once() {
    check(facts);
    for text in [
        "let code = packed & 0xf;",
        "let status = state | index << 4;",
        "let index = packed >> 4;",
        "const MAX_INDEX: u32 = (1 << 28) - 1;",
        "if flat.len() > MAX_FLAT_PARAMS {",
        "pub(crate) const MAX_FLAT_ASYNC: usize = 4;",
        "use witwright_abi_runtime::layout::MAX_LIST_BYTES;",
    ] {
        assert_eq!(planted(facts, "host/src/a.rs", text), 1, "{text}");
        assert_eq!(planted(facts, "codegen/src/a.rs", text), 1, "{text}");
        assert_eq!(planted(facts, "abi-runtime/src/a.rs", text), 0, "{text}");
    }
    for text in
        ["let low = byte & 0xff;", "let large = 1 << 40;", "let half = size >> 48;", "// a code is `packed & 0xf`"]
    {
        assert_eq!(planted(facts, "host/src/a.rs", text), 0, "{text}");
    }
}

fn facts(sources: &Sources) -> Vec<Problem> {
    let mut problems = Vec::new();
    for source in sources.rust().filter(|source| !source.is_rule() && !source.path.starts_with(HOME)) {
        for (number, line) in source.code() {
            let limits = LIMITS.iter().filter(|name| line.contains(**name));
            let packing = PACKING.iter().filter(|operation| has_operation(line, operation));
            let found = limits.chain(packing).map(|fact| format!("{}:{number}: `{fact}`", source.path));
            problems.extend(found);
        }
    }
    problems
}

/// Whether a line has one of the operations, and not only as the start of a longer number.
fn has_operation(line: &str, operation: &str) -> bool {
    let mut after = line.match_indices(operation).map(|(at, _)| &line[at + operation.len()..]);
    after.any(|rest| !rest.starts_with(|c: char| c == '_' || c.is_ascii_hexdigit()))
}
