//! Standard output that cannot be written: a full disk is a failure of every command, and a reader that has gone away ends the output.

use std::fs::File;
use std::io::pipe;
use std::process::Stdio;

use crate::{adder, command, ran};

/// Arguments of all commands that write to standard output, and the exit codes when they can.
fn all(component: &str) -> [(Vec<&str>, i32); 18] {
    let words = |words: &'static str| words.split(' ').collect::<Vec<_>>();
    [
        (words("--help"), 0),
        (words("run --help"), 0),
        (words("--version"), 0),
        (words("explain"), 0),
        (words("explain E0301"), 0),
        (words("explain --format json"), 0),
        (words("check mistakes.wit --format json"), 1),
        (words("check mistakes.wit --format sarif"), 1),
        (words("check never.wit --format json"), 1),
        (words("fmt --check mistakes.wit --format json"), 1),
        (words("run --format json never.wasm"), 1),
        (words("wast mistakes.wit"), 1),
        (words("wast mistakes.wit --format json"), 1),
        (words("wit text.wit"), 0),
        (words("wit text.wit --format json"), 0),
        (words("bindgen guest --world plugin text.wit"), 0),
        (words("precompile --world plugin text.wit"), 0),
        (vec!["run", component, "--invoke", "add(40, 2)"], 0),
    ]
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said() {
    for (args, _) in all(&adder("full.wasm")) {
        let full = File::create("/dev/full").unwrap();
        let ran = ran(&command(&args).stdout(full).stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap());
        // A failure that cannot be written as JSON is written as text.
        let is_failure = args.contains(&"never.wasm");
        let says = if is_failure { "cannot read " } else { "error: cannot write standard output: " };
        assert!(ran.code == Some(1) && ran.err.contains(says), "{args:?}: {:?} {}", ran.code, ran.err);
    }
}

#[test]
fn a_reader_that_has_gone_away_ends_the_output() {
    for (args, code) in all(&adder("gone.wasm")) {
        let (reader, writer) = pipe().unwrap();
        drop(reader);
        let ran =
            ran(&command(&args).stdout(writer).stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap());
        assert_eq!((ran.code, ran.err.as_str()), (Some(code), ""), "{args:?}");
    }
}
