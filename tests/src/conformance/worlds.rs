//! Suites for the algebra of worlds: merging of packages, and whether a component targets a world.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use witwright_resolver::binary::decode_component;
use witwright_resolver::targets::{Versions, WorldOf, targets};
use witwright_resolver::{Disk, Input, LanguageFeatures, Model, Options, Resolution, merge, print, resolve};

use super::{Case, CaseId, Outcome, Suite};
use witwright_corpora as corpora;

/// `tests/merge` of wit-component: `from` is merged into `into`, and the other way round.
pub(super) const WIT_COMPONENT_MERGE: Suite =
    Suite { name: "wit-component/merge", engine: None, cases: || cases("merge", merging) };

/// `tests/targets` of wit-component: a component, and the world `foobar`.
pub(super) const WIT_COMPONENT_TARGETS: Suite =
    Suite { name: "wit-component/targets", engine: None, cases: || cases("targets", targeting) };

fn cases(group: &'static str, judge: fn(&Path, &str) -> Result<(), String>) -> Vec<Case> {
    let folders = corpora::entries(&corpora::folder("wit-component").join("tests").join(group));
    let case = |path: PathBuf| {
        let name = path.file_name().expect("an entry of a folder").to_string_lossy().into_owned();
        let id = CaseId { group: group.to_owned(), name: name.clone() };
        Case { id, run: Box::new(move || judge(&path, &name).map_or_else(Outcome::Fail, |()| Outcome::Pass)) }
    };
    folders.into_iter().filter(|path| path.is_dir()).map(case).collect()
}

fn resolved(paths: &[PathBuf]) -> Result<Resolution, String> {
    let inputs: Vec<Input> = paths.iter().map(|path| Input::Path(path.display().to_string())).collect();
    let options = Options::default().with_language(LanguageFeatures::active());
    let resolution = resolve(&inputs, &Disk, &options);
    match resolution.diagnostics.iter().find(|diagnostic| diagnostic.is_error()) {
        Some(error) => Err(format!("{}: {}", paths[0].display(), error.message)),
        None => Ok(resolution),
    }
}

fn merging(path: &Path, name: &str) -> Result<(), String> {
    let into = resolved(&[path.join("into")])?.model;
    let from = resolved(&[path.join("from")])?.model;
    let merged = merge::merge(&into, &from);
    if name.starts_with("bad-") {
        return if merged.is_err() { Ok(()) } else { Err("they were merged".to_owned()) };
    }
    let merged = merged.map_err(|error| error.to_string())?;
    merge::merge(&from, &into).map_err(|error| format!("the other way round: {error}"))?;
    let expected = resolved(&corpora::files(&path.join("merge"), "wit"))?.model;
    let (expected, merged) = (texts(&expected), texts(&merged));
    match expected.iter().find(|(package, text)| merged.get(*package) != Some(text)) {
        Some((package, text)) => Err(format!("{package} should be\n{text}\nand is\n{:?}", merged.get(package))),
        None if expected.len() != merged.len() => Err(format!("the packages are {:?}", merged.keys())),
        None => Ok(()),
    }
}

/// The text of every package, by name.
fn texts(model: &Model) -> BTreeMap<String, String> {
    model.packages.iter().map(|(id, package)| (package.name.to_string(), print::package(model, id))).collect()
}

fn targeting(path: &Path, name: &str) -> Result<(), String> {
    let resolution = resolved(&[path.join("test.wit")])?;
    let world = resolution.world(Some("foobar")).map_err(|diagnostic| diagnostic.message)?;
    let target = WorldOf { model: &resolution.model, world };
    let binary = wat::parse_file(path.join("test.wat")).map_err(|error| error.to_string())?;
    let (model, world) = decode_component(&binary).map_err(|error| error.to_string())?;
    let component = WorldOf { model: &model, world };
    let mut ways = vec![Versions::Compatible];
    // Without compatible versions these cases test nothing; the suite's own runner skips them too.
    if !name.contains("semver") {
        ways.push(Versions::Exact);
    }
    for versions in ways {
        let reasons = targets(component, target, versions);
        let messages: Vec<&str> = reasons.iter().map(|reason| reason.message.as_str()).collect();
        if reasons.is_empty() == name.starts_with("error-") {
            return Err(format!("{versions:?}: {messages:?}"));
        }
    }
    Ok(())
}
