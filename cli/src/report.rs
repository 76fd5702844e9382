//! The output of the commands: diagnostics, results and failures.

use std::io::{self, IsTerminal, Write};

use serde_json::json;
use witwright_front::render::Renderer;
use witwright_front::{Diagnostic, SourceMap};

use crate::args::Format;
use crate::failure::Failure;
use crate::files;

/// Writes diagnostics: as text to standard error, or as JSON to standard output, one a line.
///
/// # Errors
/// [`Failure::Reported`] when one of them is an error; when standard output cannot be written.
pub(crate) fn diagnostics<'a>(
    sources: &SourceMap,
    diagnostics: impl IntoIterator<Item = &'a Diagnostic>,
    format: Format,
) -> Result<(), Failure> {
    let mut renderer = Renderer::new(sources);
    let (mut errors, mut warnings) = (0, 0);
    for diagnostic in diagnostics {
        *if diagnostic.is_error() { &mut errors } else { &mut warnings } += 1;
        match format {
            Format::Json | Format::Sarif => output(&renderer.json(diagnostic))?,
            Format::Text if io::stderr().is_terminal() => paragraph(&renderer.colored(diagnostic)),
            Format::Text => paragraph(&renderer.text(diagnostic)),
        }
    }
    if format == Format::Text && errors + warnings > 0 {
        line(&format!("{}, {}", count(errors, "error"), count(warnings, "warning")));
    }
    if errors > 0 { Err(Failure::Reported) } else { Ok(()) }
}

/// Writes lines of the result of a command.
///
/// # Errors
/// When standard output cannot be written.
pub(crate) fn output(text: &str) -> Result<(), Failure> {
    files::write_stdout(format!("{text}\n"))
}

/// Says how many mistakes were fixed.
pub(crate) fn fixed(mistakes: usize, files: usize) {
    line(&format!("fixed {} in {}", count(mistakes, "mistake"), count(files, "file")));
}

/// Writes why a command failed, unless it has been reported.
pub(crate) fn failure(failure: &Failure, format: Format) {
    let is_written = match (failure, format) {
        (Failure::Reported, _) => true,
        (_, Format::Text | Format::Sarif) => false,
        (_, Format::Json) => output(&error(&failure.to_string())).is_ok(),
    };
    if !is_written {
        line(&format!("error: {failure}"));
    }
}

/// The object of an error that is no diagnostic.
pub(crate) fn error(message: &str) -> String {
    json!({ "severity": "error", "code": null, "message": message }).to_string()
}

/// Adds a note for people to the diagnostics.
pub(crate) fn note(text: &str, format: Format) {
    match format {
        Format::Text => line(&format!("note: {text}")),
        Format::Json | Format::Sarif => {}
    }
}

/// Writes a line to standard error. A reader that has gone away ends the output, not the command.
fn line(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}

/// Writes text with an empty line after it.
fn paragraph(text: &str) {
    line(&format!("{}\n", text.trim_end()));
}

fn count(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}
