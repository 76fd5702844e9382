//! WASI by the public API of the crate, with guests of `tests/guests`.
#![allow(clippy::unwrap_used, reason = "what fails a test may panic")]

mod command;
mod http;

/// Messages about missing interfaces name the packages that this crate defines.
#[test]
fn the_host_knows_the_packages() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for (folder, version) in [("wit", "0.2"), ("wit-p3", "0.3")] {
        let files = std::fs::read_dir(root.join(folder).join("deps")).unwrap();
        let mut packages: Vec<String> =
            files.map(|file| file.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned()).collect();
        packages.sort();
        let known = witwright_host::WASI.iter().filter(|(_, versions)| versions.contains(&version));
        assert_eq!(packages, known.map(|(name, _)| *name).collect::<Vec<_>>(), "{version}");
    }
}
