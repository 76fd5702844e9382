//! Diagnostics as JSON, one object on each line, for tools.

use alloc::string::String;
use core::fmt::Write;

use crate::diagnostic::{Diagnostic, Edit, Label};
use crate::source::{Lines, SourceMap};
use crate::span::Span;

/// A diagnostic as one line of JSON, without the newline; `docs/json.md` describes it. Lines and columns are counted from
/// 1, columns in characters; `start` and `end` are offsets in bytes.
#[must_use]
pub fn render_json(sources: &SourceMap, diagnostic: &Diagnostic) -> String {
    object(&mut Lines::new(sources), diagnostic)
}

pub(crate) fn object(lines: &mut Lines<'_>, diagnostic: &Diagnostic) -> String {
    let mut out = String::new();
    let _ = write!(out, "{{\"severity\":\"{}\",\"code\":", diagnostic.severity);
    string(&mut out, diagnostic.code.0);
    out.push_str(",\"lint\":");
    optional(&mut out, diagnostic.lint);
    out.push_str(",\"message\":");
    string(&mut out, &diagnostic.message);
    out.push_str(",\"labels\":");
    array(&mut out, &diagnostic.labels, |out, label| label_object(out, lines, label));
    out.push_str(",\"notes\":");
    array(&mut out, &diagnostic.notes, |out, note| string(out, note));
    out.push_str(",\"help\":");
    optional(&mut out, diagnostic.help.as_deref());
    out.push_str(",\"suggestions\":");
    array(&mut out, &diagnostic.suggestions, |out, suggestion| {
        out.push_str("{\"edits\":");
        array(out, &suggestion.edits, |out, edit| edit_object(out, lines, edit));
        out.push('}');
    });
    out.push('}');
    out
}

fn label_object(out: &mut String, lines: &mut Lines<'_>, label: &Label) {
    out.push('{');
    place(out, lines, label.span);
    out.push_str(",\"message\":");
    string(out, &label.message);
    out.push('}');
}

fn edit_object(out: &mut String, lines: &mut Lines<'_>, edit: &Edit) {
    out.push('{');
    place(out, lines, edit.span);
    out.push_str(",\"replacement\":");
    string(out, &edit.replacement);
    out.push('}');
}

fn place(out: &mut String, lines: &mut Lines<'_>, span: Span) {
    let (line, column) = lines.line_column(span);
    let (end_line, end_column) = lines.line_column(span.after());
    out.push_str("\"file\":");
    string(out, &lines.sources().file(span.file).name);
    number(out, "line", line);
    number(out, "column", column);
    number(out, "end_line", end_line);
    number(out, "end_column", end_column);
    number(out, "start", span.start as usize);
    number(out, "end", span.end as usize);
}

fn number(out: &mut String, name: &str, value: usize) {
    // Writing to a string cannot fail.
    let _ = write!(out, ",\"{name}\":{value}");
}

fn array<T>(out: &mut String, items: &[T], mut item: impl FnMut(&mut String, &T)) {
    out.push('[');
    for (index, each) in items.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        item(out, each);
    }
    out.push(']');
}

fn optional(out: &mut String, text: Option<&str>) {
    match text {
        Some(text) => string(out, text),
        None => out.push_str("null"),
    }
}

/// Adds a string, quoted, escaped as JSON requires.
pub fn string(out: &mut String, text: &str) {
    out.push('"');
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // The last two end a line in some languages that JSON gets pasted into.
            '\0'..='\u{1f}' | '\u{7f}' | '\u{2028}' | '\u{2029}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(char));
            }
            _ => out.push(char),
        }
    }
    out.push('"');
}
