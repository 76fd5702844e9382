//! Bindings from a build script. Unlike a macro, it notices when a file of WIT is added.
//!
//! In `build.rs`, whose package depends on `witwright` with the feature `build`:
//!
//! ```no_run
//! witwright::build::guest("wit").world("plugin").generate();
//! ```
//!
//! The library has `mod bindings { include!(concat!(env!("OUT_DIR"), "/plugin.rs")); }`.

use alloc::string::String;
use std::path::PathBuf;
use std::{env, eprint, fs, println, process};

pub use witwright_codegen::{
    FunctionFlags, FunctionRules, Options, Ownership, With, attribute, identifier, path, type_or_module,
};
use witwright_codegen::{LanguageFeature, Request, Response, TableOptions, Target, format};

/// Bindings or tables that a build script generates.
#[derive(Clone, Debug)]
#[must_use = "nothing is generated: call `generate`"]
pub struct Build {
    request: Request,
    tables: Option<TableOptions>,
}

/// Bindings for a guest, from a file or a directory of WIT.
pub fn guest(path: impl Into<String>) -> Build {
    Build::new(Target::Guest, path.into())
}

/// Bindings for a host, from a file or a directory of WIT.
pub fn host(path: impl Into<String>) -> Build {
    Build::new(Target::Host, path.into())
}

/// A world as `static` tables ([`world`](crate::world)), from a file or a directory of WIT.
pub fn tables(path: impl Into<String>) -> Build {
    let mut build = Build::new(Target::Host, path.into());
    build.tables = Some(TableOptions::default());
    build
}

impl Build {
    fn new(target: Target, path: String) -> Build {
        let base = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
        let mut request = Request::new(target, base);
        request.paths.push(path);
        request.options.generate_all = true;
        Build { request, tables: None }
    }

    /// Adds a file or directory.
    pub fn path(mut self, path: impl Into<String>) -> Build {
        self.request.paths.push(path.into());
        self
    }

    /// Sets the world, if the package has several.
    pub fn world(mut self, world: impl Into<String>) -> Build {
        self.request.world = Some(world.into());
        self
    }

    /// Enables a feature and its `@unstable` items.
    pub fn feature(mut self, feature: impl Into<String>) -> Build {
        self.request.features.push(feature.into());
        self
    }

    /// Leaves out the items of a package that were added after a version, `ns:name@version`.
    ///
    /// # Panics
    /// If the text has another form.
    pub fn target_version(mut self, version: &str) -> Build {
        let version = version.parse().unwrap_or_else(|error| panic!("`{version}`: {error}"));
        self.request.target_versions.insert(version);
        self
    }

    /// Enables a part of WIT itself that has a gate, by its name, such as `fixed-length-lists`. All are enabled by default, as in
    /// `generate!` and `host!`.
    ///
    /// # Panics
    /// If no part has this name.
    pub fn language_feature(mut self, name: &str) -> Build {
        let feature = LanguageFeature::from_name(name);
        let feature = feature.unwrap_or_else(|| panic!("there is no language feature `{name}`"));
        self.request.language = self.request.language.with(feature);
        self
    }

    /// Writes documentation and attributes into tables too, whose text then has them. Bindings always have documentation.
    pub fn docs(mut self) -> Build {
        if let Some(tables) = &mut self.tables {
            tables.docs = true;
        }
        self
    }

    /// Names the module that has the types of tables, as the crate knows it: `::witwright::world` by default. A program without
    /// an allocator has `::witwright_abi_runtime::world`.
    ///
    /// # Panics
    /// If the text is not a path of Rust.
    pub fn module(mut self, module: &str) -> Build {
        if let Some(tables) = &mut self.tables {
            tables.world_path = path(module).unwrap_or_else(|error| panic!("{error}"));
        }
        self
    }

    /// Changes all other options of bindings; [`path()`], [`identifier()`] and [`attribute()`] read the
    /// Rust that some of them take.
    pub fn options(mut self, change: impl FnOnce(&mut Options)) -> Build {
        change(&mut self.request.options);
        self
    }

    /// Writes the bindings to `OUT_DIR/WORLD.rs`, tables to `OUT_DIR/WORLD_tables.rs`, with `_` for `-`, and tells cargo which files to watch. Mistakes in the WIT
    /// are printed, and end the build.
    ///
    /// # Panics
    /// If it is not called from a build script, or the file cannot be written.
    #[expect(clippy::print_stdout, reason = "that is how a build script speaks to cargo")]
    pub fn generate(&self) {
        let response = match &self.tables {
            None => self.request.run(),
            Some(options) => self.request.tables(options),
        };
        for path in response.files_read.iter().chain(&response.directories_read) {
            println!("cargo::rerun-if-changed={path}");
        }
        report(&response);
        let Some(code) = response.code else { process::exit(1) };
        let directory = env::var_os("OUT_DIR").map(PathBuf::from).expect("cargo sets OUT_DIR for build scripts");
        let file = directory.join(self.file_name(response.world.as_deref()));
        fs::write(&file, format(code)).unwrap_or_else(|error| panic!("cannot write {}: {error}", file.display()));
    }

    fn file_name(&self, world: Option<&str>) -> String {
        let end = if self.tables.is_some() { "_tables.rs" } else { ".rs" };
        world.unwrap_or("bindings").replace('-', "_") + end
    }
}

/// Prints errors for the user, and warnings by way of cargo.
#[expect(clippy::print_stdout, reason = "that is how a build script speaks to cargo")]
fn report(response: &Response) {
    for diagnostic in &response.diagnostics {
        let text = response.render(diagnostic);
        if diagnostic.is_error() {
            eprint!("{text}");
        } else {
            for line in text.lines() {
                println!("cargo::warning={line}");
            }
        }
    }
}
