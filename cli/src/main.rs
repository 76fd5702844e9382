//! The `witwright` command.
//!
//! Exit codes: 0 when all is well, 1 when the input has errors or the job failed, 2 for wrong usage. `run` has the exit code
//! of the command that it runs.

mod args;
mod bindings;
mod codes;
mod commands;
mod failure;
mod files;
mod fix;
mod folder;
mod functions;
mod input;
mod lints;
mod report;
mod sarif;
mod wasi;
mod wave;

use std::process::ExitCode;

use clap::CommandFactory as _;
use clap::error::ErrorKind;

use crate::args::{Cli, Command, Format};
use crate::failure::Failure;

/// The message that these arguments cannot be given together, and the command that they are given to.
fn refusal(command: &Command, format: Format) -> Option<(Option<&'static str>, String)> {
    if format == Format::Sarif && !matches!(command, Command::Check(_)) {
        return Some((None, "only `check` can write SARIF".to_owned()));
    }
    if let Command::Wit(args) = command {
        return Some((Some("wit"), commands::wit::refusal(args, format)?));
    }
    let Command::Bindgen(args) = command else { return None };
    Some((Some("bindgen"), args.options.refusal(args.side.target())?))
}

/// Prints the help, or the reason why the arguments are wrong.
fn unparsed(error: &clap::Error) -> ExitCode {
    let is_wrong = error.use_stderr();
    match files::written_to_stdout(error.print()) {
        Err(failure) if !is_wrong => {
            report::failure(&failure, Format::Text);
            ExitCode::FAILURE
        }
        Ok(()) | Err(_) => ExitCode::from(if is_wrong { 2 } else { 0 }),
    }
}

fn main() -> ExitCode {
    let Cli { command, format } = match args::parse() {
        Ok(cli) => cli,
        Err(error) => return unparsed(&error),
    };
    if let Some((name, message)) = refusal(&command, format) {
        let mut cli = Cli::command();
        cli.build();
        let of_command = name.and_then(|name| cli.find_subcommand(name)).cloned();
        of_command.unwrap_or(cli).error(ErrorKind::ArgumentConflict, message).exit();
    }
    let outcome = match command {
        Command::New(args) => commands::new::run(&args),
        Command::Check(args) => commands::check::run(&args, format),
        Command::Fmt(args) => commands::fmt::run(&args, format),
        Command::Explain(args) => commands::explain::run(&args, format),
        Command::Bindgen(args) => commands::bindgen::run(&args, format),
        Command::Precompile(args) => commands::precompile::run(&args, format),
        Command::Componentize(args) => commands::componentize::run(&args, format),
        Command::Compose(args) => commands::compose::run(&args, format),
        Command::Targets(args) => commands::targets::run(&args, format),
        Command::Wit(args) => commands::wit::run(&args, format),
        Command::Run(args) => commands::run::run(&args),
        Command::Serve(args) => commands::serve::run(&args),
        Command::Wast(args) => commands::wast::run(&args, format),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Exit(code)) => ExitCode::from(code),
        Err(failure) => {
            report::failure(&failure, format);
            if matches!(failure, Failure::Usage(_)) { ExitCode::from(2) } else { ExitCode::FAILURE }
        }
    }
}
