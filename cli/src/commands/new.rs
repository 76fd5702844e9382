//! `witwright new`

use std::fs;
use std::path::{Path, PathBuf};

use ::wast::Wat;
use ::wast::parser::{self, ParseBuffer};

use crate::args::{Kind, NewArgs};
use crate::failure::Failure;
use crate::files;
use crate::input::unicode;

const WIT: &str = include_str!("../../templates/greeter.wit");
const GREETER: &str = include_str!("../../templates/host/greeter.wat");
const GUEST_MANIFEST: &str = include_str!("../../templates/guest/Cargo.toml.in");
const GUEST: &str = include_str!("../../templates/guest/lib.rs");
const HOST_MANIFEST: &str = include_str!("../../templates/host/Cargo.toml.in");
const HOST: &str = include_str!("../../templates/host/main.rs");
const WORKSPACE_MANIFEST: &str = include_str!("../../templates/plugin/Cargo.toml.in");
const ALIAS: &str = include_str!("../../templates/plugin/config.toml");

/// The project is written as a whole into a folder that is new, and the next commands are printed.
pub(crate) fn run(args: &NewArgs) -> Result<(), Failure> {
    let name = package_name(&args.path, args.kind)?;
    let project = Project { folder: &args.path, name, witwright: args.witwright_path.as_deref() };
    if args.path.exists() {
        return Err(Failure::Exists(args.path.clone()));
    }
    // Nothing is written if the crate is not there.
    project.dependency(&[])?;
    project.write(".gitignore", "/target\n")?;
    match args.kind {
        Kind::Guest => project.guest("", "wit", "\n[workspace]\n")?,
        Kind::Host => project.host("", "wit", "tests/greeter.wasm", "", "\n[workspace]\n")?,
        Kind::Plugin => {
            project.write("Cargo.toml", WORKSPACE_MANIFEST)?;
            project.write(".cargo/config.toml", project.fill(ALIAS, &[]))?;
            project.guest("plugin/", "../wit", "")?;
            let hint = "; `cargo plugin` makes the plugin, or name a component: cargo run -- COMPONENT NAME";
            project.host("host/", "../wit", &project.component_of_plugin(), hint, "")?;
        }
    }
    project.write("wit/greeter.wit", WIT)?;
    let next = project.next_commands(args.kind);
    files::write_stdout(next)
}

/// The last part of the path, which must be the name of a package.
fn package_name(path: &Path, kind: Kind) -> Result<&str, Failure> {
    let Some(name) = path.file_name() else {
        let (path, named) = (path.display(), path.join("NAME"));
        let help = format!("write `{}`", named.display());
        return Err(Failure::Usage(format!("`{path}` does not end with a name for the package; {help}")));
    };
    let name = unicode(name.as_ref())?;
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    let taken = match kind {
        Kind::Guest | Kind::Host => taken(name),
        // Its packages have longer names.
        Kind::Plugin => None,
    };
    if let (true, Some(reason)) = (is_name, taken) {
        return Err(Failure::Usage(format!("a package cannot be called `{name}`: {reason}; choose another name")));
    }
    if is_name {
        return Ok(name);
    }
    Err(Failure::Usage(format!(
        "`{name}` is not the name of a package: begin with a letter, and use letters, digits, `-` and `_`"
    )))
}

/// The reason why a crate cannot have a name.
fn taken(name: &str) -> Option<&'static str> {
    match name {
        "core" | "std" | "alloc" | "proc_macro" | "proc-macro" | "test" => Some("a crate of Rust has this name"),
        "witwright" => Some("it depends on the crate of this name"),
        "build" | "deps" | "examples" | "incremental" => Some("`cargo` uses this name for a folder of its own"),
        "self" | "Self" | "super" | "crate" | "gen" | "try" => Some(KEYWORD),
        // A path takes any identifier but a keyword.
        _ => witwright_codegen::path(&name.replace('-', "_")).is_err().then_some(KEYWORD),
    }
}

const KEYWORD: &str = "it is a keyword of Rust";

/// A project that is being written.
struct Project<'a> {
    folder: &'a Path,
    name: &'a str,
    /// The folder of the crate `witwright`. `None` for the published crate.
    witwright: Option<&'a Path>,
}

impl Project<'_> {
    fn guest(&self, folder: &str, wit: &str, workspace: &str) -> Result<(), Failure> {
        let dependency = self.dependency(&[])?;
        let name = self.member(folder);
        let manifest = [("name", name.as_str()), ("guest-dependency", dependency.as_str()), ("workspace", workspace)];
        self.write(&format!("{folder}Cargo.toml"), self.fill(GUEST_MANIFEST, &manifest))?;
        self.write(&format!("{folder}src/lib.rs"), self.fill(GUEST, &[("wit", wit)]))
    }

    /// `hint` says where the component comes from, if there is none.
    fn host(&self, folder: &str, wit: &str, component: &str, hint: &str, workspace: &str) -> Result<(), Failure> {
        let dependency = self.dependency(&["wasi", "wasmi"])?;
        let name = self.member(folder);
        let manifest = [("name", name.as_str()), ("host-dependency", dependency.as_str()), ("workspace", workspace)];
        self.write(&format!("{folder}Cargo.toml"), self.fill(HOST_MANIFEST, &manifest))?;
        let values = [("wit", wit), ("component", component), ("hint", hint)];
        self.write(&format!("{folder}src/main.rs"), self.fill(HOST, &values))?;
        self.write(&format!("{folder}tests/greeter.wat"), GREETER)?;
        self.write(&format!("{folder}tests/greeter.wasm"), greeter())
    }

    /// `name`, `name-host`, `name-plugin`
    fn member(&self, folder: &str) -> String {
        match folder.trim_end_matches('/') {
            "" => self.name.to_owned(),
            member => format!("{}-{member}", self.name),
        }
    }

    fn dependency(&self, features: &[&str]) -> Result<String, Failure> {
        let features = match features {
            [] => String::new(),
            features => format!(", features = {features:?}"),
        };
        let Some(path) = self.witwright else {
            return Ok(format!("{{ version = \"{}\"{features} }}", env!("CARGO_PKG_VERSION")));
        };
        let absolute = fs::canonicalize(path).map_err(Failure::read(path))?;
        let manifest = fs::read_to_string(absolute.join("Cargo.toml")).ok();
        let problem = match &manifest {
            None => "no `Cargo.toml`",
            Some(text) if !text.lines().any(|line| line.trim() == "name = \"witwright\"") => {
                "its `Cargo.toml` is of another package, or of a workspace"
            }
            Some(_) => return Ok(format!("{{ path = {:?}{features} }}", unicode(&absolute)?)),
        };
        Err(Failure::Usage(format!("`{}` is not the folder of the crate `witwright`: {problem}", path.display())))
    }

    fn component_of_plugin(&self) -> String {
        format!("target/wasm32-wasip2/debug/{}_plugin.wasm", self.name.replace('-', "_"))
    }

    fn fill(&self, template: &str, values: &[(&str, &str)]) -> String {
        let named =
            template.replace("{{name}}", values.iter().find(|(key, _)| *key == "name").map_or(self.name, |v| v.1));
        values.iter().fold(named, |text, (key, value)| text.replace(&format!("{{{{{key}}}}}"), value))
    }

    fn write(&self, file: &str, contents: impl AsRef<[u8]>) -> Result<(), Failure> {
        let path: PathBuf = self.folder.join(file);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(Failure::write(parent))?;
        }
        fs::write(&path, contents).map_err(Failure::write(&path))
    }

    fn next_commands(&self, kind: Kind) -> String {
        let folder = self.folder.display();
        let target = "the target is added once by `rustup target add wasm32-wasip2`";
        let file = self.name.replace('-', "_");
        match kind {
            Kind::Guest => format!(
                "made the component {folder}; in that folder:
  cargo test                            # runs its functions natively
  cargo build --target wasm32-wasip2    # makes the component; {target}
The hosts of `witwright new host` run target/wasm32-wasip2/debug/{file}.wasm.\n"
            ),
            Kind::Host => format!(
                "made the host {folder}; in that folder:
  cargo test    # runs the component tests/greeter.wasm
  cargo run     # likewise; or another one: cargo run -- COMPONENT NAME\n"
            ),
            Kind::Plugin => format!(
                "made the host and the plugin in {folder}; in that folder:
  cargo test                     # tests both
  cargo plugin && cargo run      # makes the plugin and runs it; {target}\n"
            ),
        }
    }
}

/// The component of the host's test.
fn greeter() -> Vec<u8> {
    let bytes = ParseBuffer::new(GREETER).and_then(|buffer| parser::parse::<Wat<'_>>(&buffer)?.encode());
    bytes.unwrap_or_else(|error| unreachable!("the template is valid: {error}"))
}
