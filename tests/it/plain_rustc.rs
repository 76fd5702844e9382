//! Generated bindings that rustc compiles, with the runtime's library and without Cargo.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use witwright_codegen::{FunctionFlags, Options, Ownership, Request, Target, With, format, identifier, path};
use witwright_tests::guests;

/// The bindings of `codegen/tests/data/NAME.wit`, with options.
fn bindings(target: Target, name: &str, change: impl Fn(&mut Options)) -> String {
    let root = xtask::root();
    let mut request = Request::new(target, root.join("codegen/tests/data"));
    request.paths.push(format!("{name}.wit"));
    // As `witwright bindgen` sets it.
    request.options.command_line = true;
    change(&mut request.options);
    let response = request.run();
    let errors: Vec<String> = response.diagnostics.iter().map(|diagnostic| response.render(diagnostic)).collect();
    let text = format(response.code.unwrap_or_else(|| panic!("{name}: {}", errors.join("\n"))));
    assert!(!text.contains("env!"), "{name} reads a variable");
    text
}

/// Compiles a text.
fn check(target: Target, name: &str, text: String) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("plain-rustc");
    fs::create_dir_all(&folder).unwrap();
    let code = folder.join(format!("{target:?}_{name}.rs"));
    fs::write(&code, text).unwrap();
    compile(&code, target, runtime(target), &folder).unwrap_or_else(|output| panic!("{name}:\n{output}"));
}

/// The library of the runtime that was built for guests, and that of this test.
fn runtime(target: Target) -> &'static Path {
    static OF_GUESTS: LazyLock<PathBuf> = LazyLock::new(|| {
        // A guest whose dependency is the runtime, under another name.
        let output = guests::build("dropin").parent().unwrap().to_owned();
        let units = fs::read_dir(output.join(".fingerprint"))
            .unwrap()
            .map(|entry| entry.unwrap().path().join("lib-dropin.json"));
        let last = units.filter(|unit| unit.is_file()).max_by_key(|unit| unit.metadata().unwrap().modified().unwrap());
        dependency(&last.unwrap(), "wit_bindgen")
    });
    static OF_THIS_TEST: LazyLock<PathBuf> = LazyLock::new(|| {
        let exe = std::env::current_exe().unwrap();
        let (_, hash) = exe.file_stem().unwrap().to_str().unwrap().split_once('-').unwrap();
        let unit = format!(".fingerprint/witwright-tests-{hash}/test-integration-test-it.json");
        dependency(&exe.parent().unwrap().parent().unwrap().join(unit), "witwright")
    });
    match target {
        Target::Guest => &OF_GUESTS,
        Target::Host => &OF_THIS_TEST,
    }
}

/// The library of the runtime that cargo has linked into a unit, under this name. A folder has those of many features and versions, which
/// only cargo's notes tell apart: they give the hash of the dependency, which is in a file of its own.
fn dependency(unit: &Path, name: &str) -> PathBuf {
    let notes: serde_json::Value = serde_json::from_slice(&fs::read(unit).unwrap()).unwrap();
    let found = notes["deps"].as_array().unwrap().iter().find(|dependency| dependency[1] == name).unwrap();
    let hash: String = found[3].as_u64().unwrap().to_le_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    let folder = unit.parent().unwrap().parent().unwrap();
    let mut libraries = fs::read_dir(folder).unwrap().filter_map(|entry| {
        let entry = entry.unwrap();
        let is_dependency = fs::read_to_string(entry.path().join("lib-witwright")).is_ok_and(|found| found == hash);
        is_dependency.then(|| entry.file_name().into_string().unwrap())
    });
    let library = libraries.next().unwrap_or_else(|| panic!("{} has no library of the runtime", folder.display()));
    folder.with_file_name("deps").join(format!("lib{library}.rlib"))
}

/// Compiles a file. The error is the output of rustc.
fn compile(code: &Path, target: Target, runtime: &Path, out: &Path) -> Result<(), String> {
    let beside = guests::guest_toolchain().cargo_path().with_file_name("rustc");
    let mut rustc = match target {
        Target::Guest => Command::new(if beside.is_file() { beside } else { "rustc".into() }),
        Target::Host => Command::new("rustc"),
    };
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("CARGO_")) {
        rustc.env_remove(name);
    }
    rustc.args(["--edition", "2024", "--crate-type", "rlib", "--emit", "metadata", "-D", "warnings"]);
    if target == Target::Guest {
        rustc.args(["--target", "wasm32-wasip2"]);
    }
    rustc.arg("--out-dir").arg(out).arg("-L").arg(format!("dependency={}", runtime.parent().unwrap().display()));
    // The runtime's macros are a library of the machine that compiles.
    let macros = xtask::root().join("target/guests/release/deps");
    rustc.arg("-L").arg(format!("dependency={}", macros.display()));
    rustc.arg("--extern").arg(format!("witwright={}", runtime.display())).arg(code);
    let output = rustc.output().unwrap();
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

const NAMES: [&str; 5] = ["types", "functions", "resources", "exported", "concurrent"];

#[test]
fn bindings_need_nothing_of_cargo() {
    for name in NAMES {
        for target in [Target::Guest, Target::Host] {
            check(target, name, bindings(target, name, |_| {}));
        }
    }
}

/// Options of guests, in combination.
const OF_GUESTS: [fn(&mut Options); 6] = [
    |options| {
        options.stubs = true;
        options.pub_export_macro = true;
        options.export_macro_name = Some(identifier("ship").unwrap());
        options.default_bindings_module = Some(path("crate::bindings").unwrap());
        options.generate_unused_types = true;
    },
    |options| {
        options.raw_strings = true;
        options.merge_structurally_equal_types = true;
        options.chainable_methods = vec!["&all".to_owned()];
    },
    |options| {
        options.ownership = Ownership::Borrowing { duplicate: true };
        options.std_feature = true;
        options.stubs = true;
    },
    |options| {
        options.async_functions = vec!["all".to_owned()];
        options.map_type = Some(path("::std::collections::HashMap").unwrap());
        options.stubs = true;
    },
    |options| {
        options.export_prefix = Some("before-".to_owned());
        options.type_section_suffix = Some("-after".to_owned());
        options.link_section = false;
        options.ownership = Ownership::Borrowing { duplicate: false };
    },
    |options| {
        options.crate_path = path("::witwright").unwrap();
        options.runtime_path = Some(path("::witwright::rt").unwrap());
        options.async_functions = vec!["-all".to_owned()];
        options.chainable_methods = vec!["all".to_owned()];
        options.raw_strings = true;
        options.stubs = true;
    },
];

/// Options of hosts, in combination.
const OF_HOSTS: [fn(&mut Options); 4] = [
    |options| options.imports.default = FunctionFlags { trappable: true, async_: true, ..FunctionFlags::default() },
    |options| {
        options.exports.default = FunctionFlags { async_: true, ..FunctionFlags::default() };
        options.require_store_data_send = true;
    },
    |options| {
        options.imports.default = FunctionFlags { trappable: true, ..FunctionFlags::default() };
        options.skip_mut_forwarding_impls = true;
        options.generate_unused_types = false;
    },
    |options| options.require_store_data_send = true,
];

#[test]
fn bindings_with_options_need_nothing_of_cargo() {
    for name in NAMES {
        for (variant, change) in (1_u32..).zip(OF_GUESTS) {
            check(Target::Guest, &format!("{name}_{variant}"), bindings(Target::Guest, name, change));
        }
        for (variant, change) in (1_u32..).zip(OF_HOSTS) {
            check(Target::Host, &format!("{name}_{variant}"), bindings(Target::Host, name, change));
        }
    }
}

#[test]
fn bindings_with_types_of_others_need_nothing_of_cargo() {
    for target in [Target::Guest, Target::Host] {
        let with = |key: &str, value: &str| {
            bindings(target, "types", |options| {
                options.with.push((key.to_owned(), With::Path(path(value).unwrap())));
            })
        };
        let others = bindings(target, "types", |_| {});
        let types = with("test:types/kinds.page", "crate::others::test::types::kinds::Page");
        let modules = with("test:types/kinds", "crate::others::test::types::kinds");
        let text = format!("pub mod others {{ {others} }} pub mod types {{ {types} }} pub mod modules {{ {modules} }}");
        check(target, "types_of_others", text);
    }
}
