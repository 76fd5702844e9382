//! The texts of the workspace, read once: all files that people write, without build output and generated files.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use witwright_corpora as corpora;

/// A file that people write.
pub(super) struct Source {
    /// The path from the root of the workspace, with `/`.
    pub(super) path: String,
    pub(super) text: String,
}

impl Source {
    /// The lines with their numbers, from 1.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }

    /// The lines with code, without comments, also at the ends of lines.
    pub(super) fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.lines().map(|(number, line)| (number, line.split("//").next().unwrap_or(line)))
    }

    pub(super) fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// Whether a tool wrote it, according to its first line.
    pub(super) fn is_generated(&self) -> bool {
        self.text.lines().next().is_some_and(|line| line.ends_with("not to be edited."))
    }

    /// Whether it states a rule, which must contain the banned words.
    pub(super) fn is_rule(&self) -> bool {
        self.path.starts_with("tests/it/tidy") || self.path == "CONTRIBUTING.md"
    }

    /// Whether it is the input or the expected output of a test.
    pub(super) fn is_test_data(&self) -> bool {
        let folders = self.path.rsplit_once('/').map_or("", |(folders, _)| folders);
        let in_data = folders.split('/').any(|folder| ["ui", "golden", "data", "fixtures"].contains(&folder));
        in_data || [".guest.rs", ".host.rs"].iter().any(|end| self.path.ends_with(end))
    }
}

/// The files that people write, in order.
pub(super) struct Sources {
    pub(super) files: Vec<Source>,
}

impl Sources {
    pub(super) fn of_workspace() -> &'static Self {
        static SOURCES: OnceLock<Sources> = OnceLock::new();
        SOURCES.get_or_init(|| {
            let root = xtask::root();
            let mut paths = Vec::new();
            collect(&root, &mut paths);
            assert!(paths.len() > 50, "the workspace has only {} files", paths.len());
            Self { files: paths.iter().filter_map(|path| read(&root, path)).collect() }
        })
    }

    pub(super) fn of_one(path: &str, text: &str) -> Self {
        Self { files: vec![Source { path: path.to_owned(), text: text.to_owned() }] }
    }

    /// The Rust files that people write.
    pub(super) fn rust(&self) -> impl Iterator<Item = &Source> {
        self.files.iter().filter(|source| source.is_rust() && !source.is_generated() && !source.is_test_data())
    }
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for path in corpora::entries(folder) {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        match name.as_str() {
            "target" | ".git" => {}
            _ if path.is_dir() => collect(&path, paths),
            _ => paths.push(path),
        }
    }
}

/// The text of a file. `None` if it is not text.
fn read(root: &Path, path: &Path) -> Option<Source> {
    let text = String::from_utf8(std::fs::read(path).unwrap()).ok()?;
    let path = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
    Some(Source { path, text })
}
