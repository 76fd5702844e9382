//! The `witwright` command.
//!
//! Exit codes: 0 when all is well, 1 when the input has errors or the job failed, 2 for wrong usage.

mod args;
mod commands;
mod failure;
mod lints;
mod report;
mod wave;

use std::process::ExitCode;

use clap::Parser as _;

use crate::args::{Cli, Command};

fn main() -> ExitCode {
    let Cli { command, format } = Cli::parse();
    let outcome = match command {
        Command::Check(args) => commands::check::run(&args, format),
        Command::Bindgen(args) => commands::bindgen::run(&args, format),
        Command::Componentize(args) => commands::componentize::run(&args, format),
        Command::Wit(args) => commands::wit::run(&args, format),
        Command::Run(args) => commands::run::run(&args),
        Command::Wast(args) => commands::wast::run(&args, format),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            report::failure(&failure, format);
            ExitCode::FAILURE
        }
    }
}
