//! The sizes of components: each source of `benches/guests` with our bindings, and with wit-bindgen's.

use std::path::{Path, PathBuf};

use xtask::{Failure, guests, toolchain};

use crate::report::{Beside, Row};

pub(super) fn run() -> Result<Vec<Row>, Failure> {
    let folder = xtask::root().join("benches/guests");
    let built = guests::build_examples(&toolchain::ensure()?, &folder.join("Cargo.toml"), guests::Target::Wasip2)?;
    sources(&folder.join("src"))?.into_iter().map(|source| row(&built, &source)).collect()
}

/// The names of the sources, in order.
fn sources(folder: &Path) -> Result<Vec<String>, Failure> {
    let unread = |error| Failure::new(format!("cannot read {}: {error}", folder.display()));
    let paths: Result<Vec<PathBuf>, _> = folder.read_dir().map_err(unread)?.map(|entry| Ok(entry?.path())).collect();
    let names = paths.map_err(unread)?.into_iter();
    let mut names: Vec<String> =
        names.filter_map(|path| path.file_stem()?.to_str().map(str::to_owned)).filter(|name| name != "lib").collect();
    names.sort();
    Ok(names)
}

fn row(built: &Path, source: &str) -> Result<Row, Failure> {
    let size = |bindings| {
        let path = built.join(format!("{bindings}_{source}.wasm"));
        let size = path.metadata().map_err(|error| Failure::new(format!("cannot read {}: {error}", path.display())))?;
        Ok(size.len() as f64)
    };
    Ok(Row {
        name: format!("guest: {}", source.replace('_', " ")),
        engine: None,
        ours: size("ours")?,
        unit: "bytes",
        peer: Some(Beside { name: "wit-bindgen", value: size("theirs")? }),
        floor: None,
    })
}
