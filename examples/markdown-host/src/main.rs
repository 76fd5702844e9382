//! A program that renders Markdown with a component, on either engine.
//!
//! The component decides how; this program decides where links lead, and compares the outcome with the same library run
//! without any component.

mod native;
mod plugin;
mod site;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, io};

use clap::{Parser, ValueEnum};
use witwright::Error;

use crate::plugin::Rendered;

/// Renders Markdown to HTML with a component of the world `acme:text/plugin`.
#[derive(Debug, Parser)]
struct Args {
    /// The component.
    component: PathBuf,
    /// The Markdown file.
    input: PathBuf,
    /// Where the HTML goes.
    #[arg(short, long)]
    output: PathBuf,
    /// What runs the component.
    #[arg(long, value_enum, default_value_t = Engine::Wasmi)]
    engine: Engine,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Engine {
    /// An interpreter: small, starts at once.
    Wasmi,
    /// A compiler: fast.
    Wasmtime,
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &Args) -> Result<(), Failure> {
    let component = fs::read(&args.component).map_err(|error| Failure::read(&args.component, error))?;
    let text = fs::read_to_string(&args.input).map_err(|error| Failure::read(&args.input, error))?;
    let rendered = match args.engine {
        Engine::Wasmi => plugin::render(&witwright::wasmi::Engine::default(), &component, &text),
        Engine::Wasmtime => plugin::render(&witwright::wasmtime::Engine::default(), &component, &text),
    }?;
    report(&rendered);
    if rendered.html != native::html(&text) {
        return Err(Failure::Differs);
    }
    eprintln!("equal to what pulldown-cmark gives without a component");
    fs::write(&args.output, &rendered.html).map_err(|error| Failure::Write(args.output.clone(), error))?;
    eprintln!("wrote {} ({} bytes)", args.output.display(), rendered.html.len());
    Ok(())
}

fn report(rendered: &Rendered) {
    for heading in &rendered.outline {
        eprintln!("{}- {}", "  ".repeat(usize::from(heading.level)), heading.text);
    }
    let words: Vec<_> = rendered.words.iter().map(|(word, count)| format!("{word} ({count})")).collect();
    eprintln!("most frequent words: {}", words.join(", "));
    eprintln!(
        "the component called back {} times about links ({} rewritten, {} removed) and {} times about its progress",
        rendered.site.resolved, rendered.site.rewritten, rendered.site.removed, rendered.site.reported
    );
}

/// Why nothing was rendered.
#[derive(Debug)]
enum Failure {
    Read(PathBuf, io::Error),
    Write(PathBuf, io::Error),
    Host(Error),
    /// The component says that it cannot.
    Refused(String),
    /// The component and the library differ.
    Differs,
}

impl Failure {
    fn read(path: &Path, error: io::Error) -> Failure {
        Failure::Read(path.to_owned(), error)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::Host(error)
    }
}

impl core::fmt::Display for Failure {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Failure::Read(path, error) => write!(f, "cannot read {}: {error}", path.display()),
            Failure::Write(path, error) => write!(f, "cannot write {}: {error}", path.display()),
            Failure::Host(error) => write!(f, "{error}"),
            Failure::Refused(reason) => write!(f, "the component refused: {reason}"),
            Failure::Differs => write!(f, "the component's HTML differs from what pulldown-cmark gives without it"),
        }
    }
}
