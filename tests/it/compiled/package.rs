//! A package of bindings, which is compiled.

use core::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use witwright_codegen::{FunctionFlags, Options, Request, Target, format};
use witwright_resolver::LanguageFeatures;
use witwright_tests::guests;

const MANIFEST: &str = r#"
[package]
name = "NAME"
edition = "2024"
publish = false

[lib]
crate-type = ["cdylib"]

[features]
default = ["std"]
std = ["witwright/std"]
bare = ["dep:no-std-bump"]

[target.'cfg(target_arch = "wasm32")'.dependencies]
witwright = { path = "ROOT/witwright", default-features = false, features = ["realloc"] }
no-std-bump = { path = "ROOT/tests/no-std/bump", optional = true }

[target.'cfg(not(target_arch = "wasm32"))'.dependencies]
witwright = { path = "ROOT/witwright", default-features = false, features = ["wasmi"] }

[workspace]
"#;

/// The root of the library, before its modules.
const ROOT: &str = "\
#![deny(warnings)]
#![cfg_attr(not(feature = \"std\"), no_std)]
#[cfg(feature = \"bare\")]
extern crate no_std_bump as _;
";

/// The features of a guest with std.
const WITH_STD: (&str, &[&str]) = ("std", &[]);
/// Those of a guest with neither std nor an operating system.
const BARE: (&str, &[&str]) = ("bare", &["--no-default-features", "--features", "bare"]);

/// The bindings of a world for guests and for hosts, as Rust.
pub(crate) struct Bindings {
    pub(crate) guest: String,
    pub(crate) host: String,
    /// For a host whose functions are all futures that may end the guest.
    pub(crate) waiting_host: String,
}

impl Bindings {
    /// Generates each from the options for it.
    pub(crate) fn new(options: &Options, generate: impl Fn(Target, Options) -> String) -> Bindings {
        let mut waiting = options.clone();
        waiting.imports.default = FunctionFlags { async_: true, trappable: true, ..FunctionFlags::default() };
        waiting.exports.default = FunctionFlags { async_: true, ..FunctionFlags::default() };
        Bindings {
            guest: generate(Target::Guest, options.clone()),
            host: generate(Target::Host, options.clone()),
            waiting_host: generate(Target::Host, waiting),
        }
    }
}

/// The bindings of a text with one world, of which the guest implements everything.
pub(crate) fn both_sides(wit: &str) -> Bindings {
    let mut options = Options::default().with_generate_all();
    options.generate_unused_types = true;
    options.stubs = true;
    Bindings::new(&options, |target, options| {
        let mut request = Request::new(target, PathBuf::new());
        request.inline = Some(wit.to_owned());
        request.language = LanguageFeatures::active();
        request.options = options;
        let response = request.run();
        let said: String = response.diagnostics.iter().map(|diagnostic| response.render(diagnostic)).collect();
        format(response.code.unwrap_or_else(|| panic!("{said}\n{wit}")))
    })
}

/// A package of bindings.
pub(crate) struct Package {
    name: &'static str,
    folder: PathBuf,
}

impl Package {
    pub(crate) fn new(name: &'static str) -> Package {
        let folder = target_folder().join(name);
        fs::create_dir_all(folder.join("src")).unwrap();
        let manifest = MANIFEST.replace("ROOT", &xtask::root().display().to_string()).replace("NAME", name);
        fs::write(folder.join("Cargo.toml"), manifest).unwrap();
        fs::copy(xtask::root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        Package { name, folder }
    }

    /// Writes the bindings, each into a module of its own.
    pub(crate) fn write(&self, bindings: &[Bindings]) {
        let mut root = ROOT.to_owned();
        for (i, Bindings { guest, host, waiting_host }) in bindings.iter().enumerate() {
            for (name, code) in [("guest", guest), ("host", host), ("waiting_host", waiting_host)] {
                fs::write(self.folder.join(format!("src/{name}{i}.rs")), code).unwrap();
                let only_natively = if name == "guest" { "" } else { "#[cfg(not(target_arch = \"wasm32\"))]\n" };
                writeln!(root, "{only_natively}pub mod {name}{i};").unwrap();
            }
        }
        fs::write(self.folder.join("src/lib.rs"), root).unwrap();
    }

    pub(crate) fn compiles_natively(&self) {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["check", "--quiet", "--offline"]).env("CARGO_TARGET_DIR", target_folder().join("natively"));
        self.run(&mut cargo);
    }

    /// Compiles the guests without std: natively they have it.
    pub(crate) fn compiles_for_wasm(&self) {
        self.for_wasm("check", &BARE);
    }

    /// Links the guests, with std and without, and makes components of the modules.
    pub(crate) fn is_a_component(&self) {
        for variant in [&WITH_STD, &BARE] {
            let module = self.for_wasm("build", variant).join("debug").join(self.name.replace('-', "_"));
            let component = guests::componentize(&fs::read(module.with_extension("wasm")).unwrap());
            assert_eq!(component[..8], *b"\0asm\x0d\0\x01\0");
        }
    }

    /// Runs cargo for wasm32, and returns the folder of its output.
    fn for_wasm(&self, verb: &str, (name, features): &(&str, &[&str])) -> PathBuf {
        let (folder, target) = (target_folder().join("for-wasm").join(name), guests::Target::Unknown.name());
        let mut cargo = guests::guest_toolchain().cargo();
        cargo.args([verb, "--quiet", "--offline", "--target", target]).args(*features);
        self.run(cargo.env("CARGO_TARGET_DIR", &folder));
        folder.join(target)
    }

    fn run(&self, cargo: &mut Command) {
        let output = cargo.current_dir(&self.folder).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

fn target_folder() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
}
