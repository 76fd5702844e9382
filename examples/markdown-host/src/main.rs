//! A program that renders Markdown with a component, on either engine.
//!
//! The component renders; this program decides where links lead, and checks that the page equals the one that the same
//! Markdown library makes without a component.

mod engine;
mod native;
mod plugin;
mod site;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

use witwright::Error;

use crate::engine::Engine;
use crate::plugin::Rendered;

const USAGE: &str = "Usage: markdown-host ENGINE COMPONENT INPUT OUTPUT

Renders the Markdown file INPUT to the HTML file OUTPUT with a component of the world `acme:text/plugin`.
ENGINE is wasmi or wasmtime, if the program is built with the feature of that name.";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let Some(job) = Job::parse(&arguments) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match job.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// A page to render.
struct Job<'a> {
    engine: Engine,
    component: &'a Path,
    input: &'a Path,
    output: &'a Path,
}

impl<'a> Job<'a> {
    fn parse(arguments: &'a [String]) -> Option<Job<'a>> {
        let [engine, component, input, output] = arguments else { return None };
        let engine = Engine::named(engine)?;
        Some(Job { engine, component: component.as_ref(), input: input.as_ref(), output: output.as_ref() })
    }

    fn run(&self) -> Result<(), Failure> {
        let component = fs::read(self.component).map_err(|error| Failure::Read(self.component.to_owned(), error))?;
        let text = fs::read_to_string(self.input).map_err(|error| Failure::Read(self.input.to_owned(), error))?;
        let rendered = self.engine.render(&component, &text)?;
        report(&rendered);
        if rendered.html != native::html(&text) {
            return Err(Failure::Differs);
        }
        eprintln!("the page equals the one that pulldown-cmark makes without a component");
        fs::write(self.output, &rendered.html).map_err(|error| Failure::Write(self.output.to_owned(), error))?;
        eprintln!("wrote {} ({} bytes)", self.output.display(), rendered.html.len());
        Ok(())
    }
}

fn report(rendered: &Rendered) {
    for heading in &rendered.outline {
        eprintln!("{}- {}", "  ".repeat(usize::from(heading.level)), heading.text);
    }
    let words: Vec<_> = rendered.words.iter().map(|(word, count)| format!("{word} ({count})")).collect();
    eprintln!("most frequent words: {}", words.join(", "));
    eprintln!(
        "the component asked its host about {} links ({} rewritten, {} removed) and reported its progress {} times",
        rendered.site.resolved, rendered.site.rewritten, rendered.site.removed, rendered.site.reported
    );
}

/// The reason why no page was written.
#[derive(Debug)]
enum Failure {
    Read(PathBuf, io::Error),
    Write(PathBuf, io::Error),
    Host(Error),
    /// The component reported a failure.
    Refused(String),
    /// The component's page differs from the library's.
    Differs,
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
            Failure::Differs => {
                write!(f, "the component's page differs from the one that pulldown-cmark makes without it")
            }
        }
    }
}
