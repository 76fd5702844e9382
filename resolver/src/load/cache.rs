//! Parsed texts, kept from one resolution to the next, so that unchanged texts are not parsed again.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;

use witwright_front::source::SourceFile;
use witwright_front::{FileId, LanguageFeatures, Parsed, SourceMap};

/// The parsed texts of the latest resolution, for [`resolve_cached`](crate::resolve_cached).
///
/// A text keeps its [`FileId`] as long as it keeps its name, so that trees of different resolutions can be used
/// together. Texts that a resolution does not read are forgotten: use one cache for each set of inputs.
#[derive(Clone, Debug, Default)]
pub struct ParseCache {
    /// The files by [`FileId`]; `None` for a forgotten text.
    files: Vec<Option<CachedFile>>,
    /// The ids of each name; several texts may have one name.
    by_name: BTreeMap<String, Vec<FileId>>,
    parse_count: usize,
}

#[derive(Clone, Debug)]
struct CachedFile {
    source: Arc<SourceFile>,
    language: LanguageFeatures,
    parsed: Arc<Parsed>,
}

impl ParseCache {
    /// The tree, the tokens and the parser's diagnostics of a file that the latest resolution read.
    #[must_use]
    pub fn parsed(&self, id: FileId) -> Option<&Arc<Parsed>> {
        self.files.get(id.0 as usize)?.as_ref().map(|file| &file.parsed)
    }

    /// The number of texts that have been parsed so far.
    #[must_use]
    pub fn parse_count(&self) -> usize {
        self.parse_count
    }

    /// Parses a text unless the cache has it, and adds it to `sources`.
    pub(super) fn parse(
        &mut self,
        sources: &mut SourceMap,
        name: &str,
        text: String,
        language: LanguageFeatures,
    ) -> Arc<Parsed> {
        let id = self.id(sources, name);
        let slot = &mut self.files[id.0 as usize];
        let file = match slot.take() {
            Some(file) if file.language == language && file.source.text == text => file,
            Some(_) | None => {
                self.parse_count += 1;
                let parsed = Arc::new(witwright_front::parse(id, &text, &language));
                CachedFile { source: Arc::new(SourceFile { name: name.to_string(), text }), language, parsed }
            }
        };
        let parsed = Arc::clone(&file.parsed);
        sources.insert(id, Arc::clone(&file.source));
        *slot = Some(file);
        parsed
    }

    /// The id of a text of this name that this resolution has not read yet.
    fn id(&mut self, sources: &SourceMap, name: &str) -> FileId {
        if let Some(ids) = self.by_name.get(name)
            && let Some(id) = ids.iter().find(|id| sources.get(**id).is_none())
        {
            return *id;
        }
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(None);
        self.by_name.entry(name.to_string()).or_default().push(id);
        id
    }

    /// Forgets the texts that a resolution has not read.
    pub(super) fn keep_only(&mut self, sources: &SourceMap) {
        for (i, file) in self.files.iter_mut().enumerate() {
            if sources.get(FileId(i as u32)).is_none() {
                *file = None;
            }
        }
    }
}
