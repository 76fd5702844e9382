//! The command line as it is parsed: `bindgen` lists the options of one side, and tips name flags that the help lists.

use std::env;
use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue};
use clap::{Command, CommandFactory as _, Error, FromArgMatches as _, ValueEnum as _};

use super::Cli;
use super::rust::Side;
use crate::bindings::listed_for;

/// Reads the arguments of the process, or ends it with the help or an error.
pub(crate) fn parse() -> Cli {
    let given: Vec<OsString> = env::args_os().collect();
    let mut command = match side(&given) {
        Some(side) => Cli::command().mut_subcommand("bindgen", |bindgen| listed_for(side.target(), bindgen)),
        None => Cli::command(),
    };
    let parsed = command.try_get_matches_from_mut(given).and_then(|matches| Cli::from_arg_matches(&matches));
    parsed.unwrap_or_else(|error| with_visible_tip(error, &command).exit())
}

/// The side that is given to `bindgen`.
fn side(given: &[OsString]) -> Option<Side> {
    let mut words = given.iter().skip_while(|word| *word != "bindgen").filter_map(|word| word.to_str());
    words.find_map(|word| Side::from_str(word, false).ok())
}

/// An error whose tip is the name of a flag in the help, not a name by which it is accepted as well.
fn with_visible_tip(mut error: Error, command: &Command) -> Error {
    let Some(ContextValue::String(tip)) = error.get(ContextKind::SuggestedArg) else { return error };
    let mut arguments = command.get_subcommands().flat_map(Command::get_arguments);
    let is_alias = |name: &str| tip.strip_prefix("--") == Some(name);
    let meant = arguments.find(|argument| argument.get_all_aliases().unwrap_or_default().into_iter().any(is_alias));
    if let Some(name) = meant.and_then(|argument| argument.get_long()) {
        error.insert(ContextKind::SuggestedArg, ContextValue::String(format!("--{name}")));
    }
    error
}
