//! JSON, value by value, and places in source text.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write as _;

use witwright_front::{FileId, SourceMap, Span, json};

/// The text so far.
pub(super) struct Writer<'s> {
    out: String,
    /// Whether the open object or array has a value already.
    follows: bool,
    sources: Option<&'s SourceMap>,
    /// The starts of the lines of each file that has had a place written.
    lines: BTreeMap<FileId, Vec<u32>>,
}

impl<'s> Writer<'s> {
    pub(super) fn new(sources: Option<&'s SourceMap>) -> Self {
        Writer { out: String::new(), follows: false, sources, lines: BTreeMap::new() }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    /// Opens an object; `Writer::key` comes before each value in it.
    pub(super) fn begin_object(&mut self) {
        self.begin('{');
    }

    pub(super) fn end_object(&mut self) {
        self.end('}');
    }

    pub(super) fn begin_array(&mut self) {
        self.begin('[');
    }

    pub(super) fn end_array(&mut self) {
        self.end(']');
    }

    /// Writes the name of the next value.
    pub(super) fn key(&mut self, name: &str) -> &mut Self {
        self.value();
        json::string(&mut self.out, name);
        self.out.push(':');
        self.follows = false;
        self
    }

    pub(super) fn string(&mut self, text: &str) {
        self.value();
        json::string(&mut self.out, text);
    }

    pub(super) fn optional_string(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.string(text),
            None => self.null(),
        }
    }

    pub(super) fn number(&mut self, number: usize) {
        self.value();
        // Writing to a string cannot fail.
        let _ = write!(self.out, "{number}");
    }

    pub(super) fn bool(&mut self, value: bool) {
        self.value();
        self.out.push_str(if value { "true" } else { "false" });
    }

    pub(super) fn null(&mut self) {
        self.value();
        self.out.push_str("null");
    }

    /// Writes a place in the form of diagnostics; `null` if the text is unknown.
    pub(super) fn span(&mut self, span: Option<Span>) {
        let (Some(span), Some(sources)) = (span, self.sources) else { return self.null() };
        let (line, column) = self.line_column(sources, span.file, span.start);
        let (end_line, end_column) = self.line_column(sources, span.file, span.end);
        self.begin_object();
        self.key("file").string(&sources.file(span.file).name);
        self.key("line").number(line);
        self.key("column").number(column);
        self.key("end_line").number(end_line);
        self.key("end_column").number(end_column);
        self.key("start").number(span.start as usize);
        self.key("end").number(span.end as usize);
        self.end_object();
    }

    /// The same as [`SourceMap::line_column`], but the lines of a file are counted only once.
    fn line_column(&mut self, sources: &SourceMap, file: FileId, offset: u32) -> (usize, usize) {
        let text: &str = &sources.file(file).text;
        let lines = self.lines.entry(file).or_insert_with(|| {
            let ends = text.bytes().zip(1..).filter(|(byte, _)| *byte == b'\n');
            core::iter::once(0).chain(ends.map(|(_, behind)| behind)).collect()
        });
        let line = lines.partition_point(|&start| start <= offset);
        let start = lines[line - 1] as usize;
        (line, text[start..offset as usize].chars().count() + 1)
    }

    fn begin(&mut self, bracket: char) {
        self.value();
        self.out.push(bracket);
        self.follows = false;
    }

    fn end(&mut self, bracket: char) {
        self.out.push(bracket);
        self.follows = true;
    }

    fn value(&mut self) {
        if self.follows {
            self.out.push(',');
        }
        self.follows = true;
    }
}
