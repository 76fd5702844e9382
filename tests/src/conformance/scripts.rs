//! Suites for the host: component scripts, on each engine, directive by directive.

use core::panic::AssertUnwindSafe;
use std::fs;
use std::panic;
use std::path::{Path, PathBuf};

use witwright_cli::script::{self, Directive, Options};
use witwright_host::{Gate, wasmi, wasmtime};

use super::{Case, CaseId, Outcome, Suite};
use witwright_corpora as corpora;

/// The component model's own tests on wasmi, with the features that their README states.
pub(super) const ON_WASMI: Suite = Suite { name: "component-model", engine: Some("wasmi"), cases: on_wasmi };

/// The same on wasmtime.
pub(super) const ON_WASMTIME: Suite = Suite { name: "component-model", engine: Some("wasmtime"), cases: on_wasmtime };

/// `tests/cli/component-model` of wasm-tools, validated with the features of each file's `RUN` line.
pub(super) const VALIDATION: Suite = Suite { name: "wasm-tools/component-model", engine: None, cases: validation };

type Run = fn(&str, &Options) -> Result<Vec<Directive>, String>;

fn on_wasmi() -> Vec<Case> {
    let run: Run = |text, options| script::run(&wasmi::Engine::default(), text, options);
    scripts(&corpora::component_model().join("test"), run, |_| Options::default())
}

fn on_wasmtime() -> Vec<Case> {
    let run: Run = |text, options| script::run(&wasmtime::Engine::default(), text, options);
    scripts(&corpora::component_model().join("test"), run, |_| Options::default())
}

fn validation() -> Vec<Case> {
    let run: Run = |text, options| script::run(&wasmi::Engine::default(), text, options);
    scripts(&corpora::folder("wasm-tools").join("tests/cli/component-model"), run, stated)
}

/// The cases of all scripts in a folder. The scripts run here, because one script has many cases.
fn scripts(folder: &Path, run: Run, options: fn(&str) -> Options) -> Vec<Case> {
    let paths = corpora::files(folder, "wast");
    let half = paths.len() / 2;
    let cases = |paths: &[PathBuf]| -> Vec<(CaseId, Outcome)> {
        paths.iter().flat_map(|path| script_cases(folder, path, run, options)).collect()
    };
    let mut all = Vec::new();
    std::thread::scope(|scope| {
        let first = scope.spawn(|| cases(&paths[..half]));
        let second = cases(&paths[half..]);
        all.extend(first.join().expect("a script's panic is caught"));
        all.extend(second);
    });
    all.into_iter().map(|(id, outcome)| Case { id, run: Box::new(move || outcome.clone()) }).collect()
}

/// The cases of a script: its directives, or one failed case if it cannot be run at all.
fn script_cases(folder: &Path, path: &Path, run: Run, options: fn(&str) -> Options) -> Vec<(CaseId, Outcome)> {
    let inside = path.strip_prefix(folder).expect("the script lies in the folder");
    let group = inside.parent().map(|parent| parent.display().to_string()).unwrap_or_default();
    let file = inside.file_name().expect("a script has a name").to_string_lossy();
    let id = |name: String| CaseId { group: if group.is_empty() { ".".to_owned() } else { group.clone() }, name };
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()));
    let failed = |why: &str| vec![(id(format!("{file} script")), Outcome::Fail(why.to_owned()))];
    match panic::catch_unwind(AssertUnwindSafe(|| run(&text, &options(&text)))) {
        Ok(Ok(directives)) => {
            let case = |directive: Directive| {
                let name = format!("{file}:{}:{} {}", directive.line, directive.column, directive.name);
                (id(name), directive.failure.map_or(Outcome::Pass, Outcome::Fail))
            };
            directives.into_iter().map(case).collect()
        }
        Ok(Err(why)) => failed(&why),
        Err(_) => failed("panicked"),
    }
}

/// The features that the `RUN` line of a script states: `-f a,b`, `--features=-c`.
fn stated(text: &str) -> Options {
    let line = text.lines().find(|line| line.starts_with(";; RUN")).unwrap_or_default();
    let mut words = line.split_whitespace();
    let mut options = Options { gates: Vec::new(), validate_only: true, ..Options::default() };
    while let Some(word) = words.next() {
        let features = match word {
            "-f" => words.next(),
            _ => word.strip_prefix("--features="),
        };
        for feature in features.into_iter().flat_map(|features| features.split(',')) {
            let (gates, name) = match feature.strip_prefix('-') {
                Some(name) => (&mut options.disabled_gates, name),
                None => (&mut options.gates, feature),
            };
            gates.push(Gate::named(name).unwrap_or_else(|| panic!("no gate is called `{name}`")));
        }
    }
    options
}
