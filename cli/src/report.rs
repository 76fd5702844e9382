//! What the commands say about their input and about their own failures.

use std::io::{self, IsTerminal, Write};

use serde_json::json;
use witwright_front::render::Renderer;
use witwright_front::{Diagnostic, SourceMap};

use crate::args::Format;
use crate::failure::Failure;
use crate::fix::Fixed;

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

/// Writes what a command gives.
pub(crate) fn output(text: &str) {
    line(io::stdout(), text);
}

/// Says what has been mended.
pub(crate) fn fixed(fixed: &Fixed) {
    let files = count(fixed.files.len(), "file");
    line(io::stderr(), &format!("fixed {} in {files}", count(fixed.mistakes, "mistake")));
}

/// Writes why a command failed, unless that has been said.
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

/// Adds something for people to what was reported.
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

/// Writes text that an empty line sets apart from what follows.
fn paragraph(to: impl Write, text: &str) {
    line(to, &format!("{}\n", text.trim_end()));
}

fn count(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}
