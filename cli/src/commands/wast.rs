//! `witwright wast`

use std::path::Path;

use witwright_cli::script::{self, Directive, Options};
use witwright_host::Gate;

use crate::args::{Engine, Format, WastArgs};
use crate::failure::Failure;
use crate::files::WitText;
use crate::input::has_extension;
use crate::report;

/// Prints a line for each directive that fails, and how many there are.
pub(crate) fn run(args: &WastArgs, format: Format) -> Result<(), Failure> {
    let options = options(args)?;
    let (mut passed, mut failed) = (0, 0);
    for path in &args.files {
        let WitText { text, .. } = WitText::read(path)?;
        match run_on(args.engine, &text, &options) {
            Ok(directives) => {
                for directive in &directives {
                    *if directive.failure.is_some() { &mut failed } else { &mut passed } += 1;
                    tell(path, directive, format)?;
                }
            }
            Err(reason) => {
                failed += 1;
                let wit =
                    if has_extension(path, "wit") { "; it may be WIT, which `witwright check` reads" } else { "" };
                say(format, &format!("{}:{reason}{wit}", path.display()))?;
            }
        }
    }
    if format == Format::Text {
        report::output(&format!("{passed} passed, {failed} failed"))?;
    }
    if failed > 0 { Err(Failure::Reported) } else { Ok(()) }
}

fn run_on(engine: Engine, text: &str, options: &Options) -> Result<Vec<Directive>, String> {
    match engine {
        Engine::Wasmi => script::run(&witwright_host::wasmi::Engine::default(), text, options),
        Engine::Wasmtime => script::run(&witwright_host::wasmtime::Engine::default(), text, options),
    }
}

fn options(args: &WastArgs) -> Result<Options, Failure> {
    let mut options = Options { validate_only: args.validate, memory_bytes: args.max_memory, ..Options::default() };
    for feature in &args.features {
        let (gates, name) = match feature.strip_prefix('-') {
            Some(name) => (&mut options.disabled_gates, name),
            None => (&mut options.gates, feature.as_str()),
        };
        let Some(gate) = Gate::named(name) else {
            let known: Vec<&str> = Gate::names().collect();
            return Err(Failure::Usage(format!("no feature is called `{name}`; there are: {}", known.join(", "))));
        };
        gates.push(gate);
    }
    Ok(options)
}

fn tell(path: &Path, directive: &Directive, format: Format) -> Result<(), Failure> {
    let Some(failure) = &directive.failure else { return Ok(()) };
    let Directive { line, column, name, .. } = directive;
    // A failure has one line, so that one can count them.
    let failure = failure.replace('\n', " ");
    say(format, &format!("{}:{line}:{column}: {name}: {failure}", path.display()))
}

/// Writes a failure.
fn say(format: Format, text: &str) -> Result<(), Failure> {
    match format {
        Format::Text | Format::Sarif => report::output(text),
        Format::Json => report::output(&report::error(text)),
    }
}
