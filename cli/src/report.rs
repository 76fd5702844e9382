//! The output of the commands: diagnostics, results and failures.

use std::io::{self, IsTerminal, Write};

use serde_json::json;
use witwright_front::render::Renderer;
use witwright_front::{Diagnostic, SourceMap};

use crate::args::Format;
use crate::failure::Failure;

/// Writes diagnostics: as text to standard error, or as JSON to standard output, one a line.
///
/// # Errors
/// [`Failure::Reported`] when one of them is an error.
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
            Format::Json | Format::Sarif => line(io::stdout(), &renderer.json(diagnostic)),
            Format::Text if io::stderr().is_terminal() => paragraph(io::stderr(), &renderer.colored(diagnostic)),
            Format::Text => paragraph(io::stderr(), &renderer.text(diagnostic)),
        }
    }
    if format == Format::Text && errors + warnings > 0 {
        line(io::stderr(), &format!("{}, {}", count(errors, "error"), count(warnings, "warning")));
    }
    if errors > 0 { Err(Failure::Reported) } else { Ok(()) }
}

/// Writes the result of a command.
pub(crate) fn output(text: &str) {
    line(io::stdout(), text);
}

/// Says how many mistakes were fixed.
pub(crate) fn fixed(mistakes: usize, files: usize) {
    line(io::stderr(), &format!("fixed {} in {}", count(mistakes, "mistake"), count(files, "file")));
}

/// Writes why a command failed, unless it has been reported.
pub(crate) fn failure(failure: &Failure, format: Format) {
    match (failure, format) {
        (Failure::Reported, _) => {}
        (_, Format::Text | Format::Sarif) => line(io::stderr(), &format!("error: {failure}")),
        (_, Format::Json) => {
            let object = json!({ "severity": "error", "code": null, "message": failure.to_string() });
            line(io::stdout(), &object.to_string());
        }
    }
}

/// Adds a note for people to the diagnostics.
pub(crate) fn note(text: &str, format: Format) {
    match format {
        Format::Text => line(io::stderr(), &format!("note: {text}")),
        Format::Json | Format::Sarif => {}
    }
}

/// Writes a line. A reader that has gone away ends the output, not the command.
fn line(mut to: impl Write, text: &str) {
    let _ = writeln!(to, "{text}");
}

/// Writes text with an empty line after it.
fn paragraph(to: impl Write, text: &str) {
    line(to, &format!("{}\n", text.trim_end()));
}

fn count(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}
