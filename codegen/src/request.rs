//! From options to bindings. The macros, `witwright::build` and `witwright bindgen` all use this, so they generate the
//! same code.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use proc_macro2::{Ident, TokenStream};
use witwright_front::render::render_text;
use witwright_front::{Diagnostic, LanguageFeatures, SourceMap};
use witwright_resolver::model::WorldId;
use witwright_resolver::{Disk, Files as _, Input, Model, TargetVersion, resolve, with_way_to_name};

use crate::errors;
use crate::ir::module_paths;
use crate::options::{Options, Target};
use crate::places::{self, INLINE};
use crate::tables::{TableOptions, tables};

/// The folder that is read if there is no path.
const DEFAULT: &str = "wit";

/// The world that [`Request::interfaces`] makes.
const INTERFACES: &str = "witwright:interfaces/interfaces";

/// A request for bindings.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Request {
    /// The directory that relative paths start from.
    pub base: PathBuf,
    /// Files and directories of WIT. If empty, the directory `wit` is read; with `inline`, only if it exists.
    pub paths: Vec<String>,
    /// WIT as text. If given, it is the main package, and the paths hold its dependencies.
    pub inline: Option<String>,
    /// The name of WIT that is given as text, in diagnostics: [`INLINE`], or the file that it is written in.
    pub inline_name: String,
    /// Whether the directory `wit` is not read if there are no paths.
    pub without_default: bool,
    /// The items of a world of imports, as text, in place of `inline` and `world`.
    pub interfaces: Option<String>,
    /// The name of the world. If `None`, the main packages must have exactly one.
    pub world: Option<String>,
    /// Features whose `@unstable` items are enabled.
    pub features: Vec<String>,
    /// Whether all features are enabled.
    pub all_features: bool,
    /// Packages that are treated as an earlier version.
    pub target_versions: BTreeSet<TargetVersion>,
    /// Gated parts of the language that are enabled.
    pub language: LanguageFeatures,
    /// Whether a reference to a missing version may resolve to a later compatible one.
    pub compatible_versions: bool,
    /// Whether the documentation of each item ends with a link to its declaration in WIT. The link has an absolute path, so it
    /// is for editors alone.
    pub places: bool,
    /// The side to generate bindings for.
    pub target: Target,
    /// Options of the generated code.
    pub options: Options,
}

/// The bindings, or the reasons why none were generated.
#[derive(Debug)]
#[non_exhaustive]
pub struct Response {
    /// The code. `None` if a diagnostic is an error.
    pub code: Option<TokenStream>,
    /// The paths of the modules that bindings of the packages can have.
    pub modules: Vec<Vec<Ident>>,
    /// The name of the world in its package.
    pub world: Option<String>,
    /// Errors and warnings.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that the diagnostics refer to.
    pub sources: SourceMap,
    /// Every file that was read.
    pub files_read: Vec<String>,
    /// Every directory that was listed.
    pub directories_read: Vec<String>,
}

impl Response {
    /// A diagnostic as text, with the lines of WIT that it refers to.
    #[must_use]
    pub fn render(&self, diagnostic: &Diagnostic) -> String {
        render_text(&self.sources, diagnostic)
    }
}

/// Whether a folder exists and has packages in it: with WIT in place, it need not.
fn has_packages(folder: &str) -> bool {
    let is_package = |name: &str| name == "deps" || Path::new(name).extension().is_some_and(|wit| wit == "wit");
    match Disk.list(folder) {
        Ok(Some(entries)) => entries.iter().any(|entry| is_package(&entry.name)),
        // What is no folder, or cannot be read, is reported.
        Ok(None) | Err(_) => Disk.exists(Path::new(folder)),
    }
}

impl Request {
    /// A request for a world of the package in `wit`, with the gated parts of the language that other tools enable.
    #[must_use]
    pub fn new(target: Target, base: PathBuf) -> Request {
        // As wasmtime's macro does.
        let generate_unused_types = target == Target::Host;
        Request {
            base,
            paths: Vec::new(),
            inline: None,
            inline_name: INLINE.to_owned(),
            without_default: false,
            interfaces: None,
            world: None,
            features: Vec::new(),
            all_features: false,
            target_versions: BTreeSet::new(),
            language: LanguageFeatures::active(),
            compatible_versions: false,
            places: false,
            target,
            options: Options { generate_unused_types, ..Options::default() },
        }
    }

    /// Resolves the world and generates its bindings.
    #[must_use]
    pub fn run(&self) -> Response {
        self.generate(|model, world| crate::generate(model, world, self.target, &self.options))
    }

    /// Resolves the world and writes it as `static` tables.
    #[must_use]
    pub fn tables(&self, options: &TableOptions) -> Response {
        self.generate(|model, world| Ok(tables(model, world, options)))
    }

    fn generate(&self, generate: impl FnOnce(&Model, WorldId) -> Result<TokenStream, Vec<Diagnostic>>) -> Response {
        let mut options = witwright_resolver::Options::default().with_language(self.language);
        options.features.extend(self.features.iter().cloned());
        options.all_features = self.all_features;
        options.target_versions.clone_from(&self.target_versions);
        options.compatible_versions = self.compatible_versions;
        let mut resolution = resolve(&self.inputs(), &Disk, &options);
        let has_errors = resolution.has_errors();
        if self.places {
            places::add(&mut resolution.model, &resolution.sources);
        }
        let (folder, command_line) = (self.locate(DEFAULT), self.options.command_line);
        let is_default = self.paths.is_empty() && !self.without_default;
        let is_relative = |path: &&String| !command_line && !Path::new(path).is_absolute();
        let relative: Vec<String> = self.paths.iter().filter(is_relative).map(|path| self.locate(path)).collect();
        let with_help = |diagnostic| {
            if is_default {
                return errors::no_default(diagnostic, &folder, command_line);
            }
            relative.iter().fold(diagnostic, |diagnostic, path| errors::relative(diagnostic, path))
        };
        let mut diagnostics: Vec<Diagnostic> = resolution.diagnostics.iter().cloned().map(with_help).collect();
        let (mut code, mut name) = (None, None);
        if !has_errors {
            let asked = if self.interfaces.is_some() { Some(INTERFACES) } else { self.world.as_deref() };
            let way = if command_line { "with `--world`" } else { "with the option `world`" };
            let world = resolution.world(asked).map_err(|diagnostic| vec![with_way_to_name(*diagnostic, way)]);
            let generated = world.and_then(|world| {
                name = Some(resolution.model.worlds[world].name.clone());
                generate(&resolution.model, world)
            });
            match generated {
                Ok(tokens) => code = Some(tokens),
                Err(errors) => {
                    let is_off = |feature: &&String| !self.all_features && !self.features.contains(feature);
                    let off: Vec<&str> = resolution.features.iter().filter(is_off).map(String::as_str).collect();
                    diagnostics.extend(errors.into_iter().map(|error| errors::left_out(error, &off, command_line)));
                }
            }
        }
        Response {
            code,
            modules: module_paths(&resolution.model).into_iter().collect(),
            world: name,
            diagnostics,
            sources: resolution.sources,
            files_read: resolution.files_read,
            directories_read: resolution.directories_read,
        }
    }

    fn inputs(&self) -> Vec<Input> {
        // The head of the world is on the first line, so that items keep their lines.
        let of_imports = |items: &String| format!("package witwright:interfaces; world interfaces {{{items}\n}}");
        let inline = self.interfaces.as_ref().map(of_imports).or_else(|| self.inline.clone());
        let mut paths: Vec<String> = self.paths.iter().map(|path| self.locate(path)).collect();
        if paths.is_empty() && !self.without_default {
            let default = self.locate(DEFAULT);
            if inline.is_none() || has_packages(&default) {
                paths.push(default);
            }
        }
        match inline {
            None => paths.into_iter().map(Input::Path).collect(),
            Some(text) => {
                let inline = Input::Inline { name: self.inline_name.clone(), text };
                paths.into_iter().map(Input::Dependency).chain([inline]).collect()
            }
        }
    }

    fn locate(&self, path: &str) -> String {
        Disk.shown(&self.base.join(path))
    }
}
