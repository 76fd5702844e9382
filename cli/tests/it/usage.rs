//! Wrong usage: arguments that exclude each other, and values that an option does not take. The exit code is 2.

use crate::witwright;

#[track_caller]
fn refused(args: &[&str], says: &str) {
    let ran = witwright(args);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{args:?}: {}", ran.err);
    assert!(ran.err.contains(says), "{args:?}: {}", ran.err);
}

#[test]
fn json_is_not_written_where_it_cannot_be() {
    let wit = ["wit", "text.wit", "--format", "json"];
    refused(&[&wit[..], &["--out-dir", "never"]].concat(), "`--out-dir` writes packages as WIT; write JSON to");
    for output in ["never.wasm", "never.WASM", "never.wit"] {
        refused(&[&wit[..], &["-o", output]].concat(), "write JSON to one called `*.json`");
    }
    refused(&["wit", "text.wit", "--format", "sarif"], "only `check` can write SARIF");
}

#[test]
fn options_of_bindings_are_for_their_side() {
    let bindgen = |side: &'static str, option: &[&'static str]| {
        let args = [&["bindgen", side, "--world", "plugin", "text.wit"], option].concat();
        (args, format!("`{}` is for bindings of {}s", option[0], if side == "host" { "guest" } else { "host" }))
    };
    for option in [
        &["--raw-strings"][..],
        &["--async", "all"],
        &["--ownership", "borrowing"],
        &["--chainable-methods", "all"],
        &["--stubs"],
        &["--export-macro-name", "ship"],
        &["--pub-export-macro"],
        &["--default-bindings-module", "::bindings"],
        &["--export-prefix", "a"],
        &["--type-section-suffix", "a"],
    ] {
        let (args, says) = bindgen("host", option);
        refused(&args, &says);
        let (args, _) = bindgen("guest", option);
        assert_eq!(witwright(&args).code, Some(0), "{option:?}");
    }
    for option in [
        &["--imports", "default=trappable"][..],
        &["--exports", "default=async"],
        &["--trappable-error-type", "acme:text/shout.word=Failure"],
        &["--require-store-data-send"],
        &["--skip-mut-forwarding-impls"],
    ] {
        let (args, says) = bindgen("guest", option);
        refused(&args, &says);
    }
    refused(&bindgen("host", &["--async", "all"]).0, "write `--imports default=async` or `--exports default=async`");
}

#[test]
fn each_side_has_its_own_help() {
    for (side, listed, other) in
        [("guest", "--raw-strings", "--trappable-error-type"), ("host", "--imports", "--raw-strings")]
    {
        let help = witwright(&["bindgen", side, "--help"]).out;
        assert!(help.contains(listed) && help.contains("--derive") && !help.contains(other), "{side}: {help}");
    }
    let help = witwright(&["bindgen", "--help"]).out;
    assert!(help.contains("--raw-strings") && help.contains("--trappable-error-type"), "{help}");
}

#[test]
fn tips_name_flags_of_the_help() {
    refused(&["check", "--targe", "a"], "exists: '--target-version'");
    refused(&["bindgen", "guest", "--aditional-derives"], "exists: '--derive'");
    refused(&["check", "--feature", "a"], "exists: '--features'");
}

#[test]
fn tips_for_flags_that_a_command_does_not_have_are_of_use() {
    refused(&["run", "--timeout", "3", "never.wasm"], "tip: `--timeout` is an option of `serve`");
    refused(&["serve", "--invoke", "f()", "never.wasm"], "tip: `--invoke` is an option of `run`");
    for args in
        [&["serve", "never.wasm", "--port", "80"][..], &["run", "--frob", "never.wasm"], &["check", "a", "--frob"]]
    {
        let ran = witwright(args);
        assert_eq!(ran.code, Some(2));
        assert!(!ran.err.contains("similar"), "{}", ran.err);
        // Only commands that `run` runs have arguments that look like flags.
        assert_eq!(ran.err.contains("as a value"), args[0] == "run", "{}", ran.err);
    }
}

#[test]
fn a_refusal_has_the_usage_of_its_command() {
    refused(&["bindgen", "host", "--raw-strings", "text.wit"], "Usage: witwright bindgen");
    refused(&["wit", "text.wit", "--format", "json", "--out-dir", "never"], "Usage: witwright wit");
    refused(&["wit", "text.wit", "--format", "sarif"], "Usage: witwright [OPTIONS]");
}

#[test]
fn options_end_where_the_arguments_of_the_command_begin() {
    for args in [&["--dri", "."][..], &["--", "--dir", "."], &["a", "--dir"], &["--"], &["-d"]] {
        let ran = witwright(&[&["run", "never.wasm"], args].concat());
        assert!(ran.code == Some(1) && ran.err.contains("cannot read never.wasm"), "{args:?}: {}", ran.err);
    }
    assert!(witwright(&["run", "--help"]).out.contains("Write `--` before the first one"));
}

#[test]
fn a_component_alone_is_not_composed() {
    refused(&["compose", "never.wasm", "-o", "never"], "name the components that export what it imports");
}

#[test]
fn flags_have_names() {
    let options = ["--world", "plugin", "text.wit", "--imports", "default=trapable"];
    refused(&[&["bindgen", "host"], &options[..]].concat(), "there is no flag `trapable`; did you mean `trappable`?");
}

#[test]
fn values_of_another_form_are_refused() {
    for variable in ["", "=x"] {
        refused(&["run", "never.wasm", "--env", variable], "the name is missing; write `NAME=VALUE`");
    }
    refused(&["serve", "never.wasm", "--addr", "localhost:80"], "as in `127.0.0.1:8080` or `[::1]:8080`");
    for number in ["0", "-1", "x"] {
        for option in ["--concurrency", "--reuse"] {
            refused(&["serve", "never.wasm", &format!("{option}={number}")], "write a whole number, 1 or more");
        }
    }
    for seconds in ["0", "-1", "1e30"] {
        refused(&["serve", "never.wasm", "--timeout", seconds], "write more than 0 seconds");
    }
    refused(&["serve", "never.wasm", "--timeout", "x"], "write a number of seconds, as in `30` or `0.5`");
    refused(&["wast", "script.wast", "--features", "fast"], "no feature is called `fast`");
    refused(&["serve", "never.wasm", "--fuel", "-1"], "write a whole number of units, as in `1000000`");
    refused(&["serve", "never.wasm", "--reuse", "-1"], "write a whole number, 1 or more");
    refused(&["serve", "never.wasm", "--fuel", "x"], "write a whole number of units, as in `1000000`");
    for mode in ["rw", "w", "ro:ro"] {
        let dir = format!("src::/src:{mode}");
        refused(&["run", "never.wasm", "--dir", &dir], "the only mode is `:ro`");
    }
    refused(&["run", "never.wasm", "--component-features", "fast"], "fixed-length-lists");
}

/// The option for all commands is not among those of one command.
#[test]
fn help_lists_the_options_of_a_command_together() {
    for command in ["serve", "run", "wit", "check"] {
        let help = witwright(&[command, "--help"]).out;
        let options = help.lines().map(str::trim).filter(|line| line.starts_with("--")).collect::<Vec<_>>();
        assert!(options.len() > 2, "{help}");
        assert!(options.last().unwrap().starts_with("--format"), "{help}");
    }
}

#[test]
fn help_states_the_exit_codes() {
    for help in [&["--help"][..], &["-h"], &["help"]] {
        assert!(witwright(help).out.contains("Exit codes: 0 for success"), "{help:?}");
    }
}
