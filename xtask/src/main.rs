//! The chores of this repository: `cargo xtask CHORE`.
#![expect(clippy::print_stdout, reason = "a program, which prints its answers")]

mod commands;

use std::env;
use std::process::ExitCode;

use commands::{COMMANDS, Command, Outcome};

fn main() -> ExitCode {
    let mut arguments: Vec<String> = env::args().skip(1).collect();
    if arguments.is_empty() {
        eprint!("{}", usage());
        return ExitCode::from(2);
    }
    let name = arguments.remove(0);
    if matches!(name.as_str(), "help" | "--help" | "-h") {
        print!("{}", usage());
        return ExitCode::SUCCESS;
    }
    match COMMANDS.iter().find(|command| command.name == name) {
        Some(command) => dispatch(command, &arguments),
        None => {
            eprint!("error: unknown chore `{name}`\n\n{}", usage());
            ExitCode::from(2)
        }
    }
}

fn dispatch(command: &Command, arguments: &[String]) -> ExitCode {
    if arguments.iter().any(|argument| argument == "--help" || argument == "-h") {
        print!("{}\n\n{}", command.summary, command.usage);
        return ExitCode::SUCCESS;
    }
    match (command.run)(arguments) {
        Outcome::Done => ExitCode::SUCCESS,
        Outcome::Failed(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
        Outcome::Misused(why) => {
            eprint!("error: {why}\n\n{}", command.usage);
            ExitCode::from(2)
        }
    }
}

fn usage() -> String {
    let mut usage = String::from("Runs a chore of this repository.\n\nUsage: cargo xtask CHORE [OPTIONS]\n\nChores:\n");
    for command in COMMANDS {
        usage.push_str(&format!("  {:12} {}\n", command.name, command.summary));
    }
    usage.push_str("\n`cargo xtask CHORE --help` prints the options of a chore.\n");
    usage
}
