//! Suites for the binary form: packages to binaries and back, and the WIT of components.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use wit_component::{DecodedWasm, WitPrinter};
use witwright_resolver::binary::{decode_component, decode_package, encode_package};
use witwright_resolver::load::Memory;
use witwright_resolver::model::{Model, PackageId};
use witwright_resolver::{Disk, Input, LanguageFeatures, Options, Resolution, json, print, resolve};

use super::{Case, CaseId, Outcome, Suite};
use witwright_corpora as corpora;

/// `tests/interfaces` of wit-component. A package encoded by us and one encoded by them decode to the same Model. The Model
/// is the same after printing it and reading the text, and so is their text of it.
pub(super) const INTERFACES: Suite = Suite { name: "wit-component/interfaces", engine: None, cases: interfaces };

/// `tests/components` of wit-component: the WIT of each component there.
pub(super) const COMPONENTS: Suite = Suite { name: "wit-component/components", engine: None, cases: components };

/// A Model with the package to compare, or an error.
type Decoded = Result<(Model, PackageId), String>;

fn interfaces() -> Vec<Case> {
    let is_package = |path: &PathBuf| path.is_dir() || path.extension().is_some_and(|extension| extension == "wit");
    let paths = corpora::entries(&corpora::folder("wit-component").join("tests/interfaces"));
    paths.into_iter().filter(is_package).map(|path| case("interfaces", path, judge_interface)).collect()
}

fn components() -> Vec<Case> {
    let paths = corpora::entries(&corpora::folder("wit-component").join("tests/components"));
    let has_component = |path: &PathBuf| path.join("component.wat").is_file();
    paths.into_iter().filter(has_component).map(|path| case("components", path, judge_component)).collect()
}

fn case(group: &str, path: PathBuf, judge: fn(&Path) -> Result<(), String>) -> Case {
    let name = path.file_name().expect("an entry of a folder").to_string_lossy().into_owned();
    let run = move || judge(&path).map_or_else(Outcome::Fail, |()| Outcome::Pass);
    Case { id: CaseId { group: group.to_owned(), name }, run: Box::new(run) }
}

fn judge_interface(path: &Path) -> Result<(), String> {
    let resolved = checked(resolve(&[Input::Path(path.display().to_string())], &Disk, &options()))?;
    let binary = encode_package(&resolved.model, resolved.main[0]);
    let ours = decode_package(&binary).map_err(|error| format!("ours is not decoded: {error}"))?;
    let theirs = wat::parse_file(path.with_extension("wat")).map_err(|error| error.to_string())?;
    let theirs = decode_package(&theirs).map_err(|error| format!("theirs is not decoded: {error}"))?;
    same("what they encoded", &ours, &theirs)?;

    let printed = print::document(&theirs.0, theirs.1);
    same("what we print of it", &ours, &of_text(&printed)?)?;
    // The text cannot be resolved without the packages that it refers to.
    let expected = path.with_extension("wit.print");
    if let Ok(expected) = fs::read_to_string(expected) {
        same("what they print", &ours, &of_text(&expected)?)?;
    }
    Ok(())
}

fn judge_component(path: &Path) -> Result<(), String> {
    let binary = wat::parse_file(path.join("component.wat")).map_err(|error| error.to_string())?;
    let (model, world) = decode_component(&binary).map_err(|error| format!("it is not decoded: {error}"))?;
    let ours = (model.clone(), model.worlds[world].package);
    let expected = fs::read_to_string(path.join("component.wit.print")).map_err(|error| error.to_string())?;
    let theirs = their_text(&binary)?;
    if !theirs.starts_with(&expected) {
        return Err("wit-component does not print what it expects".to_owned());
    }
    same("what is expected", &ours, &of_text(&theirs)?)?;
    same("what we print of it", &ours, &of_text(&print::document(&ours.0, ours.1))?)
}

/// The text that the suite expects, with the packages that it refers to.
fn their_text(component: &[u8]) -> Result<String, String> {
    let Ok(DecodedWasm::Component(resolve, world)) = wit_component::decode(component) else {
        return Err("wit-component does not decode it".to_owned());
    };
    let main = resolve.worlds[world].package.expect("a world that was decoded has a package");
    let others: Vec<_> = resolve.packages.iter().map(|(id, _)| id).filter(|id| *id != main).collect();
    let mut printer = WitPrinter::default();
    printer.print(&resolve, main, &others).map_err(|error| error.to_string())?;
    Ok(printer.output.to_string())
}

fn options() -> Options {
    Options::default().with_language(LanguageFeatures::active())
}

fn of_text(text: &str) -> Decoded {
    let input = Input::Inline { name: "printed.wit".to_owned(), text: text.to_owned() };
    let resolution = checked(resolve(&[input], &Memory::default(), &options()))?;
    // Through the binary form once, which leaves out definitions that no world or interface of the package uses.
    decode_package(&encode_package(&resolution.model, resolution.main[0])).map_err(|error| error.to_string())
}

fn checked(resolution: Resolution) -> Result<Resolution, String> {
    match resolution.diagnostics.iter().find(|diagnostic| diagnostic.is_error()) {
        None => Ok(resolution),
        Some(error) => Err(format!("rejected: {}", error.message)),
    }
}

/// Whether a package and all that it refers to are the same in two Models, in any order.
fn same(what: &str, expected: &(Model, PackageId), found: &(Model, PackageId)) -> Result<(), String> {
    if content(expected) == content(found) { Ok(()) } else { Err(format!("{what} says something else")) }
}

fn content((model, package): &(Model, PackageId)) -> Value {
    let mut value: Value = serde_json::from_str(&json::render(model, &[*package], None)).expect("it is JSON");
    sort_by_id(&mut value);
    value
}

/// Sorts everything with an id by its id. The items of worlds keep their order, because it has a meaning.
fn sort_by_id(value: &mut Value) {
    if let Value::Object(members) = value {
        for (name, member) in members {
            if let Value::Array(items) = member
                && matches!(name.as_str(), "packages" | "interfaces" | "worlds" | "types" | "functions")
            {
                items.sort_by_key(|item| item["id"].to_string());
            }
            sort_by_id(member);
        }
    } else if let Value::Array(items) = value {
        items.iter_mut().for_each(sort_by_id);
    }
}
