//! A package of bindings, which is compiled.

use core::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use witwright_codegen::{Request, Target, format};
use witwright_tests::guests;

const MANIFEST: &str = r#"
[package]
name = "NAME"
edition = "2024"
publish = false

[lib]
crate-type = ["cdylib"]

[target.'cfg(target_arch = "wasm32")'.dependencies]
witwright = { path = "WITWRIGHT", default-features = false, features = ["std", "realloc"] }

[target.'cfg(not(target_arch = "wasm32"))'.dependencies]
witwright = { path = "WITWRIGHT", default-features = false, features = ["std", "wasmi"] }

[workspace]
"#;

/// The bindings of a world for guests and for hosts, as Rust.
pub(crate) struct Bindings {
    pub(crate) guest: String,
    pub(crate) host: String,
}

/// The bindings of a text with one world, of which the guest implements everything.
pub(crate) fn both_sides(wit: &str) -> Bindings {
    let [guest, host] = [Target::Guest, Target::Host].map(|target| {
        let mut request = Request::new(target, PathBuf::new());
        request.inline = Some(wit.to_owned());
        request.options.generate_all = true;
        request.options.generate_unused_types = true;
        request.options.stubs = true;
        let response = request.run();
        let said: String = response.diagnostics.iter().map(|diagnostic| response.render(diagnostic)).collect();
        format(response.code.unwrap_or_else(|| panic!("{said}\n{wit}")))
    });
    Bindings { guest, host }
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
        let witwright = xtask::root().join("witwright").display().to_string();
        let manifest = MANIFEST.replace("WITWRIGHT", &witwright).replace("NAME", name);
        fs::write(folder.join("Cargo.toml"), manifest).unwrap();
        fs::copy(xtask::root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        Package { name, folder }
    }

    /// Writes the bindings, each into a module of its own.
    pub(crate) fn write(&self, bindings: &[Bindings]) {
        let mut root = "#![deny(warnings)]\n".to_owned();
        for (i, Bindings { guest, host }) in bindings.iter().enumerate() {
            fs::write(self.folder.join(format!("src/guest{i}.rs")), guest).unwrap();
            fs::write(self.folder.join(format!("src/host{i}.rs")), host).unwrap();
            writeln!(root, "pub mod guest{i};\n#[cfg(not(target_arch = \"wasm32\"))]\npub mod host{i};").unwrap();
        }
        fs::write(self.folder.join("src/lib.rs"), root).unwrap();
    }

    pub(crate) fn compiles_natively(&self) {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["check", "--quiet", "--offline"]).env("CARGO_TARGET_DIR", target_folder().join("natively"));
        self.run(cargo);
    }

    pub(crate) fn compiles_for_wasm(&self) {
        let mut cargo = guests::guest_toolchain().cargo();
        cargo.args(["check", "--quiet", "--offline", "--target", guests::Target::Wasip2.name()]);
        cargo.env("CARGO_TARGET_DIR", target_folder().join("for-wasm"));
        self.run(cargo);
    }

    fn run(&self, mut cargo: Command) {
        let output = cargo.current_dir(&self.folder).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    pub(crate) fn is_a_component(&self) {
        let manifest = self.folder.join("Cargo.toml");
        let built = xtask::guests::build(guests::guest_toolchain(), &manifest, self.name, guests::Target::Wasip2);
        let component = fs::read(built.unwrap_or_else(|failure| panic!("{failure}"))).unwrap();
        assert_eq!(component[..8], *b"\0asm\x0d\0\x01\0");
    }
}

fn target_folder() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
}
