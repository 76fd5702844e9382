//! Diagnostics, independent of any renderer.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::span::Span;

/// A stable code such as `E0101`, printed with every diagnostic.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Code(pub &'static str);

impl Code {
    /// Whether it is the code of an error that the lexer or the parser reports: `E01xx` or `E02xx`.
    #[must_use]
    pub fn is_of_text(self) -> bool {
        matches!(self.0.as_bytes(), [b'E', b'0', b'1' | b'2', ..])
    }
}

/// The longest message, label or note, in bytes. In a longer one, which quotes a long name, the middle is left out.
pub const MAX_MESSAGE_BYTES: usize = 2000;

/// The severity of a diagnostic.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// The input has no meaning as written.
    Error,
    /// The input has a meaning, which may not be the intended one.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        })
    }
}

/// One mistake, its places, and the way to fix it.
#[must_use = "a diagnostic that nobody sees helps nobody"]
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Diagnostic {
    /// Whether it is an error or a warning.
    pub severity: Severity,
    /// The stable code.
    pub code: Code,
    /// The name of the lint, by which it is allowed or denied; `None` if it cannot be turned off.
    pub lint: Option<&'static str>,
    /// The part of the input that it is about, for programs; `None` if nothing asks for it.
    pub subject: Option<Subject>,
    /// One sentence, lower case, without a full stop; names in backticks.
    pub message: String,
    /// The places involved; the first is the primary one.
    pub labels: Vec<Label>,
    /// Facts that explain the mistake.
    pub notes: Vec<String>,
    /// An action to take.
    pub help: Option<String>,
    /// Fixes that a tool can apply, the likeliest first.
    pub suggestions: Vec<Suggestion>,
}

/// The part of the input that a diagnostic is about.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[non_exhaustive]
pub enum Subject {
    /// A name that is written in the wrong way. Diagnostics with the same message and the same help are one, with all places.
    Name,
    /// A file or a directory.
    Path {
        /// The path, as it was given.
        path: String,
        /// The path that may be meant instead.
        meant: Option<String>,
    },
    /// The key of an option.
    Key {
        /// The option's name in the macros.
        option: &'static str,
        /// The key.
        key: String,
        /// Whether it names something.
        is_known: bool,
    },
}

/// A place with a short text about it.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Label {
    /// The place.
    pub span: Span,
    /// The text, in a few words.
    pub message: Cow<'static, str>,
}

/// A way to fix a mistake: edits that belong together, in one file and without overlaps.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Suggestion {
    /// The edits, in the order of the text.
    pub edits: Vec<Edit>,
}

/// A replacement of one span by another text.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Edit {
    /// The replaced text; empty for an insertion.
    pub span: Span,
    /// The new text.
    pub replacement: String,
}

impl Diagnostic {
    /// An error, to which places are added.
    pub fn error(code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Severity::Error, code, message.into())
    }

    /// A warning, to which places are added.
    pub fn warning(code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Severity::Warning, code, message.into())
    }

    fn new(severity: Severity, code: Code, message: String) -> Diagnostic {
        Diagnostic {
            severity,
            code,
            lint: None,
            subject: None,
            message: shortened(message),
            labels: Vec::new(),
            notes: Vec::new(),
            help: None,
            suggestions: Vec::new(),
        }
    }

    /// Sets the severity, for a lint whose level the user has chosen.
    pub fn severity(mut self, severity: Severity) -> Diagnostic {
        self.severity = severity;
        self
    }

    /// Sets the lint that it comes from.
    pub fn lint(mut self, name: &'static str) -> Diagnostic {
        self.lint = Some(name);
        self
    }

    /// Sets the part of the input that it is about.
    pub fn subject(mut self, subject: Subject) -> Diagnostic {
        self.subject = Some(subject);
        self
    }

    /// Adds a place; the first one added is the primary one.
    pub fn label(mut self, span: Span, message: impl Into<Cow<'static, str>>) -> Diagnostic {
        self.labels.push(Label::new(span, message));
        self
    }

    /// Adds a fact.
    pub fn note(mut self, note: impl Into<String>) -> Diagnostic {
        self.notes.push(shortened(note.into()));
        self
    }

    /// Adds an action to take.
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(shortened(help.into()));
        self
    }

    /// Adds an edit that fixes the mistake.
    pub fn suggest(self, span: Span, replacement: impl Into<String>) -> Diagnostic {
        self.suggest_edits([(span, replacement)])
    }

    /// Adds edits that fix the mistake together.
    pub fn suggest_edits<T: Into<String>>(mut self, edits: impl IntoIterator<Item = (Span, T)>) -> Diagnostic {
        let edits = edits.into_iter().map(|(span, replacement)| Edit::new(span, replacement));
        self.suggestions.push(Suggestion::new(edits.collect()));
        self
    }

    /// The primary place, if the diagnostic has one.
    #[must_use]
    pub fn primary(&self) -> Option<Span> {
        self.labels.first().map(|label| label.span)
    }

    /// Whether this is an error.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl Label {
    /// A place with a text about it.
    pub fn new(span: Span, message: impl Into<Cow<'static, str>>) -> Label {
        let message = message.into();
        let is_short = message.len() <= MAX_MESSAGE_BYTES;
        let message = if is_short { message } else { shortened(message.into_owned()).into() };
        Label { span, message }
    }
}

impl Suggestion {
    /// Edits in the order of the text.
    #[must_use]
    pub fn new(edits: Vec<Edit>) -> Suggestion {
        Suggestion { edits }
    }
}

impl Edit {
    /// A replacement of the text in a span.
    pub fn new(span: Span, replacement: impl Into<String>) -> Edit {
        Edit { span, replacement: replacement.into() }
    }
}

/// A text without its middle, if it is too long.
fn shortened(text: String) -> String {
    if text.len() <= MAX_MESSAGE_BYTES {
        return text;
    }
    let is_boundary = |at: &usize| text.is_char_boundary(*at);
    let start = (0..=MAX_MESSAGE_BYTES / 2).rev().find(is_boundary).unwrap_or(0);
    let end = (text.len() - MAX_MESSAGE_BYTES / 4..text.len()).find(is_boundary).unwrap_or(text.len());
    alloc::format!("{}…{}", &text[..start], &text[end..])
}
