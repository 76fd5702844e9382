//! Component scripts (`.wast`): components, calls of their exports, and the expected outcome of each.
//!
//! The text is parsed by the `wast` library. Each instance has a store of its own, unless it imports a named instance. Calls
//! without a name mean the instance that was made last.
//!
//! `assert_trap` passes only if a trap occurs whose message contains the expected one, or is listed as a synonym of it
//! (`message`). A construct that this host does not run is never the expected trap.

use ::wast::lexer::Lexer;
use ::wast::parser::{self, ParseBuffer};
use ::wast::{Wast, WastDirective};
use witwright_host::{CoreEngine, Gate};

mod host;
mod instances;
mod message;
mod run;
mod value;

use run::Run;

/// Options of running a script.
#[derive(Clone, Debug)]
pub struct Options {
    /// Features that components may use in addition to the released ones.
    pub gates: Vec<Gate>,
    /// Released features that components may not use.
    pub disabled_gates: Vec<Gate>,
    /// Whether components are only validated, not instantiated and called. Directives that need an instance pass.
    pub validate_only: bool,
    /// The bytes that all memories of one store may have together; `None` for the default of [`Limits`].
    ///
    /// [`Limits`]: witwright_host::Limits
    pub memory_bytes: Option<usize>,
}

impl Default for Options {
    /// The features that the component model's own tests need.
    fn default() -> Options {
        let gates =
            vec![Gate::MoreAsyncBuiltins, Gate::Threading, Gate::AsyncStackful, Gate::FixedLengthLists, Gate::Forward];
        Options { gates, disabled_gates: Vec::new(), validate_only: false, memory_bytes: None }
    }
}

/// A directive of a script, and its outcome.
#[derive(Clone, Debug)]
pub struct Directive {
    /// Its line, from 1.
    pub line: usize,
    /// Its column, from 1.
    pub column: usize,
    /// Its name: `component`, `assert_return`.
    pub name: &'static str,
    /// The reason why it failed. `None` if it passed.
    pub failure: Option<String>,
}

/// Runs a script.
///
/// # Errors
/// The place and the reason if the text is not a script.
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
