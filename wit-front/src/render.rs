//! Diagnostics as text for people. No other file names the rendering library.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use codespan_reporting::diagnostic as theirs;
use codespan_reporting::files::{Error, Files, line_starts};
#[cfg(feature = "std")]
use codespan_reporting::term::emit_to_write_style;
use codespan_reporting::term::{Chars, Config, emit_into_string};

use crate::diagnostic::{Diagnostic, Severity};
use crate::json;
use crate::lexer::forbidden;
use crate::source::{Lines, SourceMap};
use crate::span::{FileId, Span};

pub use crate::json::render_json;

/// Renders diagnostics of some sources. It keeps the starts of a text's lines, so many diagnostics of a long text are
/// rendered in the time of one.
pub struct Renderer<'a> {
    lines: Lines<'a>,
    files: RenderedFiles<'a>,
}

impl<'a> Renderer<'a> {
    /// A renderer for diagnostics that point into these sources.
    #[must_use]
    pub fn new(sources: &'a SourceMap) -> Renderer<'a> {
        Renderer { lines: Lines::new(sources), files: RenderedFiles { list: Vec::new() } }
    }

    /// A diagnostic with its lines of the source, without colours; ends with a newline.
    #[must_use]
    pub fn text(&mut self, diagnostic: &Diagnostic) -> String {
        let is_shown = self.files.add(self.lines.sources(), diagnostic).is_some();
        let translated = is_shown.then(|| translate(&self.files, diagnostic));
        translated
            .and_then(|translated| emit_into_string(&config(), &self.files, &translated).ok())
            .unwrap_or_else(|| without_source(&mut self.lines, diagnostic))
    }

    /// As [`Renderer::text`], with ANSI colours.
    #[cfg(feature = "std")]
    #[must_use]
    pub fn colored(&mut self, diagnostic: &Diagnostic) -> String {
        let colored = self.files.add(self.lines.sources(), diagnostic).and_then(|()| {
            let mut writer = ansi::Writer::default();
            emit_to_write_style(&mut writer, &config(), &self.files, &translate(&self.files, diagnostic)).ok()?;
            String::from_utf8(writer.bytes).ok()
        });
        colored.unwrap_or_else(|| without_source(&mut self.lines, diagnostic))
    }

    /// As [`render_json`].
    #[must_use]
    pub fn json(&mut self, diagnostic: &Diagnostic) -> String {
        json::object(&mut self.lines, diagnostic)
    }
}

/// [`Renderer::text`] of one diagnostic.
#[must_use]
pub fn render_text(sources: &SourceMap, diagnostic: &Diagnostic) -> String {
    Renderer::new(sources).text(diagnostic)
}

/// [`Renderer::colored`] of one diagnostic.
#[cfg(feature = "std")]
#[must_use]
pub fn render_colored(sources: &SourceMap, diagnostic: &Diagnostic) -> String {
    Renderer::new(sources).colored(diagnostic)
}

/// Lines longer than this are not shown.
const MAX_LINE_BYTES: usize = 2000;

fn config() -> Config {
    Config { chars: Chars::ascii(), ..Config::default() }
}

/// A diagnostic without its source, which cannot be shown: one line with the place.
fn without_source(lines: &mut Lines<'_>, diagnostic: &Diagnostic) -> String {
    let sources = lines.sources();
    let known = diagnostic
        .primary()
        .filter(|span| sources.get(span.file).is_some_and(|file| file.text.is_char_boundary(span.start as usize)));
    let place = known.map_or_else(String::new, |span| {
        let (line, column) = lines.line_column(span);
        format!("{}:{line}:{column}: ", sources.file(span.file).name)
    });
    format!("{place}{}[{}]: {}\n\n", diagnostic.severity, diagnostic.code.0, diagnostic.message)
}

fn translate(files: &RenderedFiles<'_>, diagnostic: &Diagnostic) -> theirs::Diagnostic<FileId> {
    let severity = match diagnostic.severity {
        Severity::Error => theirs::Severity::Error,
        Severity::Warning => theirs::Severity::Warning,
    };
    let labels = diagnostic.labels.iter().enumerate().map(|(index, label)| {
        let range = files.visible(label.span);
        let style = if index == 0 { theirs::LabelStyle::Primary } else { theirs::LabelStyle::Secondary };
        theirs::Label::new(style, label.span.file, range).with_message(label.message.as_ref())
    });
    let notes = diagnostic.notes.iter().map(|note| format!("note: {note}"));
    let help = diagnostic.help.iter().map(|help| format!("help: {help}"));
    let lint = diagnostic.lint.iter().map(|lint| format!("lint: {lint}"));
    theirs::Diagnostic::new(severity)
        .with_code(diagnostic.code.0)
        .with_message(&diagnostic.message)
        .with_labels(labels.collect())
        .with_notes(notes.chain(help).chain(lint).collect())
}

/// The files that diagnostics point into, in the form shown.
struct RenderedFiles<'a> {
    list: Vec<RenderedFile<'a>>,
}

struct RenderedFile<'a> {
    id: FileId,
    name: &'a str,
    text: Cow<'a, str>,
    line_starts: Vec<usize>,
}

impl<'a> RenderedFiles<'a> {
    /// Adds the files of a diagnostic; `None` if a label is outside its file, or in a line that is too long to be shown.
    fn add(&mut self, sources: &'a SourceMap, diagnostic: &Diagnostic) -> Option<()> {
        for label in &diagnostic.labels {
            let id = label.span.file;
            if self.list.iter().all(|file| file.id != id) {
                let source = sources.get(id)?;
                let text = forbidden::masked(&source.text);
                let line_starts = line_starts(&text).collect();
                self.list.push(RenderedFile { id, name: &source.name, text, line_starts });
            }
            let line = self.line_index(id, label.span.start as usize).ok()?;
            let range = self.line_range(id, line).ok()?;
            if range.len() > MAX_LINE_BYTES || label.span.end as usize > self.find(id).ok()?.text.len() {
                return None;
            }
        }
        Some(())
    }

    fn find(&self, id: FileId) -> Result<&RenderedFile<'a>, Error> {
        self.list.iter().find(|file| file.id == id).ok_or(Error::FileMissing)
    }

    /// At the end of the text, the empty line that follows a last newline is hard to see: the place before it is shown.
    fn visible(&self, span: Span) -> Range<usize> {
        let range = span.start as usize..span.end as usize;
        let text = self.find(span.file).map_or("", |file| &file.text);
        if range.start < text.len() {
            return range;
        }
        let end = text.trim_end().len();
        end..end
    }
}

impl<'a> Files<'a> for RenderedFiles<'_> {
    type FileId = FileId;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: FileId) -> Result<&'a str, Error> {
        Ok(self.find(id)?.name)
    }

    fn source(&'a self, id: FileId) -> Result<&'a str, Error> {
        Ok(&self.find(id)?.text)
    }

    fn line_index(&'a self, id: FileId, byte: usize) -> Result<usize, Error> {
        Ok(self.find(id)?.line_starts.partition_point(|&start| start <= byte).saturating_sub(1))
    }

    fn line_range(&'a self, id: FileId, line: usize) -> Result<Range<usize>, Error> {
        let file = self.find(id)?;
        let max = file.line_starts.len();
        let start = *file.line_starts.get(line).ok_or(Error::LineTooLarge { given: line, max })?;
        let end = file.line_starts.get(line + 1).copied().unwrap_or(file.text.len());
        Ok(start..end)
    }
}

#[cfg(feature = "std")]
mod ansi {
    //! The colours of `rustc`, as escape sequences.

    use std::io;

    use codespan_reporting::diagnostic::{LabelStyle, Severity};
    use codespan_reporting::term::WriteStyle;

    #[derive(Default)]
    pub(super) struct Writer {
        pub(super) bytes: Vec<u8>,
    }

    impl io::Write for Writer {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.bytes.write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    const BLUE: &str = "\x1b[1;34m";

    fn of(severity: Severity) -> &'static str {
        match severity {
            Severity::Bug | Severity::Error => "\x1b[1;31m",
            Severity::Warning => "\x1b[1;33m",
            Severity::Note => "\x1b[1;32m",
            Severity::Help => "\x1b[1;36m",
        }
    }

    impl Writer {
        fn set(&mut self, sequence: &str) -> io::Result<()> {
            io::Write::write_all(self, sequence.as_bytes())
        }
    }

    impl WriteStyle for Writer {
        fn set_header(&mut self, severity: Severity) -> io::Result<()> {
            self.set(of(severity))
        }

        fn set_header_message(&mut self) -> io::Result<()> {
            self.set("\x1b[0;1m")
        }

        fn set_line_number(&mut self) -> io::Result<()> {
            self.set(BLUE)
        }

        fn set_note_bullet(&mut self) -> io::Result<()> {
            self.set(BLUE)
        }

        fn set_source_border(&mut self) -> io::Result<()> {
            self.set(BLUE)
        }

        fn set_label(&mut self, severity: Severity, style: LabelStyle) -> io::Result<()> {
            self.set(match style {
                LabelStyle::Primary => of(severity),
                LabelStyle::Secondary => BLUE,
            })
        }

        fn reset(&mut self) -> io::Result<()> {
            self.set("\x1b[0m")
        }
    }
}
