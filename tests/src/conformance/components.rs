//! Component binaries of other projects: each is decoded, validated, and instantiated with imports that trap.

use std::fs;
use std::path::Path;

use witwright_corpora as corpora;
use witwright_host::{Component, Linker, Options, Store, validate, wasmi};
use witwright_resolver::binary::decode;

use super::{Case, CaseId, Outcome, Suite};

/// Every component in `oci-wasm` and `wash-runtime`, on wasmi, which translates functions only when they are called.
pub(super) const BINARIES: Suite = Suite { name: "component-binaries", engine: Some("wasmi"), cases };

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for package in ["oci-wasm", "wash-runtime"] {
        for path in corpora::files(corpora::folder(package), "wasm") {
            let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
            let run = move || judge(&path).map_or_else(Outcome::Fail, |()| Outcome::Pass);
            cases.push(Case { id: CaseId { group: package.to_owned(), name }, run: Box::new(run) });
        }
    }
    cases
}

fn judge(path: &Path) -> Result<(), String> {
    let bytes = fs::read(path).map_err(|error| error.to_string())?;
    decode(&bytes).map_err(|error| format!("WIT cannot say it: {error}"))?;
    validate(&bytes, &Options::default()).map_err(|error| format!("it is not valid: {error}"))?;
    let engine = wasmi::Engine::default();
    let component = Component::new(&engine, &bytes).map_err(|error| error.to_string())?;
    let mut linker = Linker::<(), _>::new(&engine);
    linker.trap_unknown_imports(&component);
    let instance = linker.instantiate(Store::new(&engine, ()), &component);
    instance.map(drop).map_err(|error| format!("it is not instantiated: {error}"))
}
