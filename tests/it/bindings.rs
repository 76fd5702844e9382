//! Bindings of WASI's worlds as files: they compile without a warning, for guests and for hosts.

use std::fs;
use std::path::Path;
use std::process::Command;

use witwright_codegen::{Request, Target, format};
use witwright_corpora as corpora;

/// The crate that the bindings are compiled in.
const MANIFEST: &str = r#"
[package]
name = "wasi-bindings"
edition = "2024"
publish = false

[dependencies]
witwright = { path = "WITWRIGHT", default-features = false, features = ["std", "wasmi"] }

[workspace]
"#;

#[test]
fn worlds_of_wasi_compile_without_warnings() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wasi-bindings");
    fs::create_dir_all(folder.join("src")).unwrap();
    let witwright = xtask::root().join("witwright").display().to_string();
    fs::write(folder.join("Cargo.toml"), MANIFEST.replace("WITWRIGHT", &witwright)).unwrap();
    fs::copy(xtask::root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let mut root = "#![deny(warnings)]\n".to_owned();
    for (world, name) in [("wasi:cli/command", "command"), ("wasi:http/proxy", "proxy")] {
        for (target, side) in [(Target::Guest, "guest"), (Target::Host, "host")] {
            fs::write(folder.join(format!("src/{name}_{side}.rs")), bindings(target, world)).unwrap();
            root += &format!("mod {name}_{side};\n");
        }
    }
    fs::write(folder.join("src/lib.rs"), root).unwrap();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["check", "--quiet", "--offline"]).current_dir(&folder).env("CARGO_TARGET_DIR", folder.join("target"));
    let output = cargo.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn bindings(target: Target, world: &str) -> String {
    let mut request = Request::new(target, "".into());
    request.paths = corpora::wit_packages("wasip2").iter().map(|path| path.display().to_string()).collect();
    request.world = Some(world.to_owned());
    request.options.generate_all = true;
    let response = request.run();
    let said: String = response.diagnostics.iter().map(|diagnostic| response.render(diagnostic)).collect();
    format(response.code.unwrap_or_else(|| panic!("{said}")))
}
