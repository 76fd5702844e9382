//! Parsing and resolving WASI's WIT, beside wit-parser: from a folder on disk to a resolved graph, all files read.

use std::path::Path;

use witwright_resolver::{Disk, Input, Options, Resolution, resolve};
use witwright_tests::suites;

use crate::measure::in_turns;
use crate::report::Row;

const ROUNDS: usize = 51;

pub(crate) fn run() -> Vec<Row> {
    ["wasip2", "wasip3"].map(|name| measure(name, &suites::folder(name).join("wit"))).into()
}

fn measure(name: &str, package: &Path) -> Row {
    let path = package.display().to_string();
    let (ours, theirs) = (ours(&path), peer(package));
    assert!(!ours.has_errors(), "we do not resolve {path}");
    assert_eq!(
        ours.model.interfaces.iter().count(),
        theirs.interfaces.len(),
        "we resolve something else than the peer"
    );
    assert_eq!(ours.model.worlds.iter().count(), theirs.worlds.len(), "we resolve something else than the peer");
    let pair = in_turns(ROUNDS, || self::ours(&path), || peer(package));
    Row {
        name: format!("parse + resolve {name}"),
        ours: pair.ours.as_secs_f64() * 1e3,
        unit: "ms",
        peer: "wit-parser 0.263",
        peer_value: pair.peer.as_secs_f64() * 1e3,
    }
}

fn ours(path: &str) -> Resolution {
    resolve(&[Input::Path(path.to_owned())], &Disk, &Options::default())
}

fn peer(path: &Path) -> wit_parser::Resolve {
    let mut resolve = wit_parser::Resolve::new();
    if let Err(error) = resolve.push_path(path) {
        panic!("the peer does not resolve {}: {error:?}", path.display());
    }
    resolve
}
