//! From options to bindings: what the macros, `witwright::build` and `witwright bindgen` have in common, so that all three
//! give the same code.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use witwright_front::render::render_text;
use witwright_front::{Diagnostic, LanguageFeatures, SourceMap};
use witwright_resolver::{Disk, Input, TargetVersion, resolve};

use crate::options::{Options, Target};

/// Bindings that are wanted.
#[derive(Clone, Debug)]
pub struct Request {
    /// What relative paths are relative to.
    pub base: PathBuf,
    /// Files and directories of WIT. Without any, `wit` where it exists.
    pub paths: Vec<String>,
    /// WIT as text: then this is the main package, and the paths hold what it refers to.
    pub inline: Option<String>,
    /// The world; the only one of the main packages without it.
    pub world: Option<String>,
    /// The features whose `@unstable` items are there.
    pub features: Vec<String>,
    /// Whether all of them are.
    pub all_features: bool,
    /// Packages that are seen as of an earlier version.
    pub target_versions: BTreeSet<TargetVersion>,
    /// The gated parts of the language that are understood.
    pub language: LanguageFeatures,
    /// Whether a reference to a version that is not there may lead to a later compatible one.
    pub compatible_versions: bool,
    /// The side that the bindings are for.
    pub target: Target,
    /// How they are to be.
    pub options: Options,
}

/// Bindings, or why there are none.
#[derive(Debug)]
pub struct Response {
    /// The code; nothing when a diagnostic is an error.
    pub code: Option<TokenStream>,
    /// The name of the world in its package.
    pub world: Option<String>,
    /// What is to be said.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that the diagnostics point into.
    pub sources: SourceMap,
    /// Every file that was read.
    pub files_read: Vec<String>,
    /// Every directory that was listed.
    pub directories_read: Vec<String>,
}

impl Response {
    /// A diagnostic with the lines of WIT that it is about.
    #[must_use]
    pub fn render(&self, diagnostic: &Diagnostic) -> String {
        render_text(&self.sources, diagnostic)
    }
}

/// The name of [`Request::inline`] in diagnostics.
pub const INLINE: &str = "<inline>";

impl Request {
    /// A request for a world of the package in `wit`.
    #[must_use]
    pub fn new(target: Target, base: PathBuf) -> Request {
        Request {
            base,
            paths: Vec::new(),
            inline: None,
            world: None,
            features: Vec::new(),
            all_features: false,
            target_versions: BTreeSet::new(),
            language: LanguageFeatures::default(),
            compatible_versions: false,
            target,
            options: Options::default(),
        }
    }

    /// Resolves the world and generates its bindings.
    #[must_use]
    pub fn run(&self) -> Response {
        let options = witwright_resolver::Options {
            features: self.features.iter().cloned().collect(),
            all_features: self.all_features,
            targets: self.target_versions.clone(),
            language: self.language,
            compatible_versions: self.compatible_versions,
            ..witwright_resolver::Options::default()
        };
        let resolution = resolve(&self.inputs(), &Disk, &options);
        let has_errors = resolution.has_errors();
        let mut diagnostics = resolution.diagnostics.clone();
        let (mut code, mut name) = (None, None);
        if !has_errors {
            let world = resolution.world(self.world.as_deref()).map_err(|diagnostic| vec![*diagnostic]);
            let generated = world.and_then(|world| {
                name = Some(resolution.model.worlds[world].name.clone());
                crate::generate(&resolution.model, world, self.target, &self.options)
            });
            match generated {
                Ok(tokens) => code = Some(tokens),
                Err(errors) => diagnostics.extend(errors),
            }
        }
        Response {
            code,
            world: name,
            diagnostics,
            sources: resolution.sources,
            files_read: resolution.files_read,
            directories_read: resolution.directories_read,
        }
    }

    fn inputs(&self) -> Vec<Input> {
        let mut paths: Vec<String> = self.paths.iter().map(|path| self.locate(path)).collect();
        if paths.is_empty() {
            let default = self.locate("wit");
            if self.inline.is_none() || Path::new(&default).exists() {
                paths.push(default);
            }
        }
        match &self.inline {
            None => paths.into_iter().map(Input::Path).collect(),
            Some(text) => {
                let inline = Input::Inline { name: INLINE.to_owned(), text: text.clone() };
                paths.into_iter().map(Input::Dependency).chain([inline]).collect()
            }
        }
    }

    /// A path as a compiler shows it: relative to the current directory where it lies below that.
    fn locate(&self, path: &str) -> String {
        let path = self.base.join(path);
        let current = std::env::current_dir().unwrap_or_default();
        let shown = path.strip_prefix(&current).unwrap_or(&path);
        let shown = if shown.as_os_str().is_empty() { Path::new(".") } else { shown };
        shown.to_string_lossy().into_owned()
    }
}
