//! Diagnostics as text for people. The only file that knows the renderer.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use codespan_reporting::diagnostic as theirs;
use codespan_reporting::files::{Error, Files, line_starts};
use codespan_reporting::term::{Chars, Config, emit_into_string};

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::SourceMap;
use crate::span::FileId;

pub use crate::json::render_json;

/// A diagnostic with the lines of the source that it is about, without colours; ends with a newline.
#[must_use]
pub fn render_text(sources: &SourceMap, diagnostic: &Diagnostic) -> String {
    let files = RenderedFiles::new(sources, diagnostic);
    emit_into_string(&config(), &files, &translate(&files, diagnostic))
        .unwrap_or_else(|_| without_source(sources, diagnostic))
}

/// As [`render_text`], with ANSI colours.
#[cfg(feature = "std")]
#[must_use]
pub fn render_colored(sources: &SourceMap, diagnostic: &Diagnostic) -> String {
    let files = RenderedFiles::new(sources, diagnostic);
    let mut writer = ansi::Writer::default();
    let emitted =
        codespan_reporting::term::emit_to_write_style(&mut writer, &config(), &files, &translate(&files, diagnostic));
    match (emitted, String::from_utf8(writer.bytes)) {
        (Ok(()), Ok(text)) => text,
        (Ok(()) | Err(_), _) => without_source(sources, diagnostic),
    }
}

fn config() -> Config {
    Config { chars: Chars::ascii(), ..Config::default() }
}

/// What is left to say when a span lies outside its file.
fn without_source(sources: &SourceMap, diagnostic: &Diagnostic) -> String {
    let place = diagnostic.primary().and_then(|span| sources.files().nth(span.file.0 as usize));
    let place = place.map_or("", |(_, file)| file.name.as_str());
    format!("{}[{}]: {} ({place})\n", severity(diagnostic.severity), diagnostic.code.0, diagnostic.message)
}

pub(crate) const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn translate(files: &RenderedFiles<'_>, diagnostic: &Diagnostic) -> theirs::Diagnostic<FileId> {
    let severity = match diagnostic.severity {
        Severity::Error => theirs::Severity::Error,
        Severity::Warning => theirs::Severity::Warning,
    };
    let labels = diagnostic.labels.iter().enumerate().map(|(index, label)| {
        let range = files.visible(label.span.file, label.span.start as usize..label.span.end as usize);
        let style = if index == 0 { theirs::LabelStyle::Primary } else { theirs::LabelStyle::Secondary };
        theirs::Label::new(style, label.span.file, range).with_message(label.message.as_ref())
    });
    let notes = diagnostic.notes.iter().map(|note| format!("note: {note}"));
    let help = diagnostic.help.iter().map(|help| format!("help: {help}"));
    theirs::Diagnostic::new(severity)
        .with_code(diagnostic.code.0)
        .with_message(&diagnostic.message)
        .with_labels(labels.collect())
        .with_notes(notes.chain(help).collect())
}

/// The files that a diagnostic points into, with the starts of their lines.
struct RenderedFiles<'a> {
    sources: &'a SourceMap,
    line_starts: Vec<(FileId, Vec<usize>)>,
}

impl<'a> RenderedFiles<'a> {
    fn new(sources: &'a SourceMap, diagnostic: &Diagnostic) -> RenderedFiles<'a> {
        let mut files = RenderedFiles { sources, line_starts: Vec::new() };
        for label in &diagnostic.labels {
            let file = label.span.file;
            let is_known = files.line_starts.iter().any(|(known, _)| *known == file);
            if let Some((_, source)) = sources.files().nth(file.0 as usize).filter(|_| !is_known) {
                files.line_starts.push((file, line_starts(&source.text).collect()));
            }
        }
        files
    }

    /// At the end of the text, the empty line that follows a last newline is hard to see: the place before it is shown.
    fn visible(&self, file: FileId, range: Range<usize>) -> Range<usize> {
        let Some((_, source)) = self.sources.files().nth(file.0 as usize) else { return range };
        if range.start < source.text.len() || range.start > range.end {
            return range;
        }
        let end = source.text.trim_end().len();
        end..end
    }
}

impl<'a> Files<'a> for RenderedFiles<'a> {
    type FileId = FileId;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: FileId) -> Result<&'a str, Error> {
        self.sources.files().nth(id.0 as usize).map(|(_, file)| file.name.as_str()).ok_or(Error::FileMissing)
    }

    fn source(&'a self, id: FileId) -> Result<&'a str, Error> {
        self.sources.files().nth(id.0 as usize).map(|(_, file)| file.text.as_str()).ok_or(Error::FileMissing)
    }

    fn line_index(&'a self, id: FileId, byte: usize) -> Result<usize, Error> {
        let starts = self.starts(id)?;
        Ok(starts.partition_point(|&start| start <= byte).saturating_sub(1))
    }

    fn line_range(&'a self, id: FileId, line: usize) -> Result<Range<usize>, Error> {
        let starts = self.starts(id)?;
        let start = *starts.get(line).ok_or(Error::LineTooLarge { given: line, max: starts.len() })?;
        let end = match starts.get(line + 1) {
            Some(&end) => end,
            None => self.source(id)?.len(),
        };
        Ok(start..end)
    }
}

impl RenderedFiles<'_> {
    fn starts(&self, id: FileId) -> Result<&[usize], Error> {
        let found = self.line_starts.iter().find(|(file, _)| *file == id);
        found.map(|(_, starts)| starts.as_slice()).ok_or(Error::FileMissing)
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
