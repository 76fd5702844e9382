//! Component scripts (`.wast`): components, calls of their exports, and what each must come to.
//!
//! The text is parsed by the `wast` library. Every instance has a store of its own, save when it imports what a named one
//! exports; the last instance is the one that calls without a name mean.

use ::wast::lexer::Lexer;
use ::wast::parser::{self, ParseBuffer};
use ::wast::{Wast, WastDirective};
use witwright_host::{CoreEngine, Gate};

mod host;
mod message;
mod run;
mod value;

use run::Run;

/// How to run a script.
#[derive(Clone, Debug)]
pub struct Options {
    /// Features beyond the released ones that components may use.
    pub gates: Vec<Gate>,
    /// Features that components may not use, though they are released.
    pub without: Vec<Gate>,
    /// Whether components are only validated: nothing is instantiated or called, and directives that need it pass.
    pub validate_only: bool,
}

impl Default for Options {
    /// The features that the component model's own tests state.
    fn default() -> Options {
        let gates =
            vec![Gate::MoreAsyncBuiltins, Gate::Threading, Gate::AsyncStackful, Gate::FixedLengthLists, Gate::Forward];
        Options { gates, without: Vec::new(), validate_only: false }
    }
}

/// A directive of a script, and what it came to.
#[derive(Clone, Debug)]
pub struct Directive {
    /// Its line, from 1.
    pub line: usize,
    /// Its column, from 1.
    pub column: usize,
    /// Its name: `component`, `assert_return`.
    pub name: &'static str,
    /// Why it failed, if it did.
    pub failure: Option<String>,
}

/// Runs a script.
///
/// # Errors
/// When the text is no script: where, and why.
pub fn run<E: CoreEngine>(engine: &E, text: &str, options: &Options) -> Result<Vec<Directive>, String> {
    let mut lexer = Lexer::new(text);
    lexer.allow_confusing_unicode(true);
    let buffer = ParseBuffer::new_with_lexer(lexer).map_err(|error| located(error, text))?;
    let script: Wast<'_> = parser::parse(&buffer).map_err(|error| located(error, text))?;
    let mut run = Run::new(engine, options).map_err(|error| error.to_string())?;
    let mut directives = Vec::with_capacity(script.directives.len());
    for directive in script.directives {
        let (line, column) = directive.span().linecol_in(text);
        let name = name(&directive);
        let failure = run.directive(directive).err();
        directives.push(Directive { line: line + 1, column: column + 1, name, failure });
    }
    Ok(directives)
}

fn located(error: ::wast::Error, text: &str) -> String {
    let (line, column) = error.span().linecol_in(text);
    format!("{}:{}: {}", line + 1, column + 1, error.message())
}

fn name(directive: &WastDirective<'_>) -> &'static str {
    match directive {
        WastDirective::Module(_) => "component",
        WastDirective::ModuleDefinition(_) => "component definition",
        WastDirective::ModuleInstance { .. } => "component instance",
        WastDirective::AssertMalformed { .. } => "assert_malformed",
        WastDirective::AssertMalformedCustom { .. } => "assert_malformed_custom",
        WastDirective::AssertInvalid { .. } => "assert_invalid",
        WastDirective::AssertInvalidCustom { .. } => "assert_invalid_custom",
        WastDirective::Register { .. } => "register",
        WastDirective::Invoke(_) => "invoke",
        WastDirective::AssertTrap { .. } => "assert_trap",
        WastDirective::AssertReturn { .. } => "assert_return",
        WastDirective::AssertExhaustion { .. } => "assert_exhaustion",
        WastDirective::AssertUnlinkable { .. } => "assert_unlinkable",
        WastDirective::AssertException { .. } => "assert_exception",
        WastDirective::AssertSuspension { .. } => "assert_suspension",
        WastDirective::Thread(_) => "thread",
        WastDirective::Wait { .. } => "wait",
    }
}
