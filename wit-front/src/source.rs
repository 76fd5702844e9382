//! The texts that diagnostics refer to.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::span::{FileId, Span};

/// Every text of one run, by [`FileId`]. Texts are added and never change. A clone shares them.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    files: Vec<Option<Arc<SourceFile>>>,
}

/// A text and its name for people.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// A path as the user would write it, or a name in angle brackets such as `<inline>`.
    pub name: String,
    /// The whole text.
    pub text: String,
}

impl SourceMap {
    /// Adds a text, and returns its id.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(Some(Arc::new(SourceFile { name: name.into(), text: text.into() })));
        id
    }

    /// Adds a text under a given id, such as the file's id in an earlier run. Ids are
    /// places in a list, so they should be small.
    pub fn insert(&mut self, id: FileId, file: Arc<SourceFile>) {
        let place = id.0 as usize;
        if self.files.len() <= place {
            self.files.resize(place + 1, None);
        }
        self.files[place] = Some(file);
    }

    /// The file with this id, if there is one.
    #[must_use]
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)?.as_deref()
    }

    /// The file with this id.
    ///
    /// # Panics
    /// If the id is not one of this map.
    #[must_use]
    pub fn file(&self, id: FileId) -> &SourceFile {
        self.get(id).unwrap_or_else(|| panic!("{id:?} is a file of this map"))
    }

    /// Every file with its id, in the order of their ids.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        let files = self.files.iter().enumerate();
        files.filter_map(|(i, file)| file.as_deref().map(|file| (FileId(i as u32), file)))
    }

    /// The text that a span covers.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        &self.file(span.file).text[span.start as usize..span.end as usize]
    }

    /// Line and column of a span's start, both counted from 1; columns count characters.
    #[must_use]
    pub fn line_column(&self, span: Span) -> (usize, usize) {
        let before = &self.file(span.file).text[..span.start as usize];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        (line, column)
    }
}

/// The starts of the lines of texts, computed on first use.
pub(crate) struct Lines<'a> {
    sources: &'a SourceMap,
    starts: BTreeMap<FileId, Vec<usize>>,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(sources: &'a SourceMap) -> Lines<'a> {
        Lines { sources, starts: BTreeMap::new() }
    }

    pub(crate) fn sources(&self) -> &'a SourceMap {
        self.sources
    }

    /// As [`SourceMap::line_column`].
    pub(crate) fn line_column(&mut self, span: Span) -> (usize, usize) {
        let text = &self.sources.file(span.file).text;
        let starts = self.starts.entry(span.file).or_insert_with(|| {
            let starts = text.match_indices('\n').map(|(at, _)| at + 1);
            core::iter::once(0).chain(starts).collect()
        });
        let line = starts.partition_point(|&start| start <= span.start as usize);
        let before = &text[starts[line - 1]..span.start as usize];
        (line, before.chars().count() + 1)
    }
}
