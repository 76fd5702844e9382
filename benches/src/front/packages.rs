//! The measured packages: the texts of a package and of its dependencies, with their paths.

use std::fs;
use std::path::Path;

use witwright_corpora as corpora;

/// A package with its dependencies.
pub(super) struct Package {
    pub(super) name: String,
    /// The folder or the file.
    pub(super) path: String,
    pub(super) files: Vec<File>,
}

/// A text of a package.
pub(super) struct File {
    pub(super) name: String,
    pub(super) text: String,
}

impl Package {
    /// The WIT in a crate of WASI.
    pub(super) fn published(name: &str) -> Package {
        let path = corpora::folder(name).join("wit");
        let mut files = Vec::new();
        add_files(&path, &mut files);
        assert!(!files.is_empty(), "there is WIT in {}", path.display());
        Package { name: name.to_owned(), path: path.display().to_string(), files }
    }

    /// The same with a superfluous `}` at the end of each text.
    pub(super) fn broken(&self) -> Package {
        let broken = |file: &File| File { name: file.name.clone(), text: format!("{}\n}}", file.text) };
        Package { name: self.name.clone(), path: self.path.clone(), files: self.files.iter().map(broken).collect() }
    }
}

fn add_files(folder: &Path, files: &mut Vec<File>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("cannot list {}: {error}", folder.display()));
    for entry in entries {
        let path = entry.expect("entries of a folder can be read").path();
        if path.is_dir() {
            add_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "wit") {
            let text = fs::read_to_string(&path).expect("published WIT is UTF-8");
            files.push(File { name: path.display().to_string(), text });
        }
    }
}

/// The peer's error for a text that it does not parse.
#[derive(Debug)]
pub(super) struct Rejected;

impl File {
    /// Parses the text with the peer. Returns the number of interfaces, and a value to drop.
    pub(super) fn peer_parse(&self) -> Result<(usize, wit_parser::UnresolvedPackageGroup), Rejected> {
        let mut sources = wit_parser::SourceMap::new();
        sources.push_str(&self.name, self.text.as_str());
        match sources.parse() {
            Ok(group) => Ok((group.main.interfaces.len(), group)),
            Err(_) => Err(Rejected),
        }
    }
}
