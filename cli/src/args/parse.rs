//! The command line as it is parsed: `bindgen` lists the options of one side, and tips name flags that the help lists.

use std::env;
use std::ffi::OsString;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory as _, Error, FromArgMatches as _, ValueEnum as _};
use witwright_front::similar::closest;

use super::Cli;
use super::rust::Side;
use crate::bindings::listed_for;

/// Reads the arguments of the process.
///
/// # Errors
/// The help, or the reason why the arguments are wrong.
pub(crate) fn parse() -> Result<Cli, Error> {
    let given: Vec<OsString> = env::args_os().collect();
    let mut command = match side(&given) {
        Some(side) => Cli::command().mut_subcommand("bindgen", |bindgen| listed_for(side.target(), bindgen)),
        None => Cli::command(),
    };
    let used = given.iter().skip(1).find_map(|word| Some(command.find_subcommand(word)?.get_name().to_owned()));
    let parsed = command.try_get_matches_from_mut(given).and_then(|matches| Cli::from_arg_matches(&matches));
    parsed.map_err(|error| with_visible_tip(with_tips(error, &mut command, used.as_deref()), &command))
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

/// An error for a flag that the used command does not have, with the commands that have it. A flag that is not similar is no tip,
/// and no command but `run` has arguments that look like flags.
fn with_tips(mut error: Error, command: &mut Command, used: Option<&str>) -> Error {
    let given = match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(given)) if error.kind() == ErrorKind::UnknownArgument => given.clone(),
        _ => return error,
    };
    let Some(flag) = given.strip_prefix("--") else { return error };
    if let Some(ContextValue::String(tip)) = error.get(ContextKind::SuggestedArg)
        && closest(flag, [tip.trim_start_matches('-')]).is_none()
        && !tip.trim_start_matches('-').starts_with(flag)
    {
        error.remove(ContextKind::SuggestedArg);
        if let Some(used) = used.and_then(|name| command.find_subcommand_mut(name)) {
            error.insert(ContextKind::Usage, ContextValue::StyledStr(used.render_usage()));
        }
    }
    let has_flag = |other: &&Command| other.get_arguments().any(|argument| argument.get_long() == Some(flag));
    let others = command.get_subcommands().filter(has_flag).map(|other| format!("`{}`", other.get_name()));
    let others: Vec<String> = others.collect();
    if !others.is_empty() {
        let tip = format!("`{given}` is an option of {}", others.join(", "));
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![StyledStr::from(tip)]));
    } else if used != Some("run") {
        error.remove(ContextKind::Suggested);
    }
    error
}
