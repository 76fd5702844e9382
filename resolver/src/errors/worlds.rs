//! `E06xx`: worlds.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use witwright_front::{Code, Diagnostic};

use super::list;
use crate::model::PackageName;
use crate::similar;

/// E0606: a world is wanted and there is none.
pub(crate) fn no_world<'a>(main: impl Iterator<Item = &'a PackageName>) -> Diagnostic {
    let packages: Vec<String> = main.map(ToString::to_string).collect();
    let message = match packages.as_slice() {
        [] => "there is no package to choose a world from".to_string(),
        [package] => format!("package `{package}` has no world"),
        [..] => format!("the packages {} have no world", list(&packages)),
    };
    Diagnostic::error(Code("E0606"), message).help("add a `world` to the package")
}

/// E0607: a world is wanted and there are several.
pub(crate) fn several_worlds(worlds: &[String]) -> Diagnostic {
    Diagnostic::error(Code("E0607"), "there are several worlds")
        .note(format!("the worlds are {}", list(worlds)))
        .help("name one of them")
}

/// E0608: no world has this name.
pub(crate) fn unknown_world(selector: &str, worlds: &[String]) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code("E0608"), format!("there is no world `{selector}`"));
    let diagnostic = match worlds {
        [] => diagnostic.note("the packages have no worlds"),
        [_] => diagnostic.note(format!("the only world is {}", list(worlds))),
        [..] => diagnostic.note(format!("the worlds are {}", list(worlds))),
    };
    let plain = |qualified: &'_ str| -> Option<String> {
        let name = qualified.rsplit_once('/')?.1;
        Some(name.split_once('@').map_or(name, |(name, _)| name).to_string())
    };
    let names: Vec<String> = worlds.iter().filter_map(|world| plain(world)).collect();
    let candidates = names.iter().chain(worlds).map(String::as_str);
    match similar::nearest(selector, candidates) {
        Some(name) => diagnostic.help(format!("did you mean `{name}`?")),
        None => diagnostic,
    }
}

/// E0609: a name fits several worlds.
pub(crate) fn ambiguous_world(selector: &str, worlds: &[String]) -> Diagnostic {
    Diagnostic::error(Code("E0609"), format!("`{selector}` may mean several worlds"))
        .note(format!("these fit: {}", list(worlds)))
        .help("write the whole name with its version")
}

/// E0610: a selector is no name of a world.
pub(crate) fn bad_selector(selector: &str) -> Diagnostic {
    Diagnostic::error(Code("E0610"), format!("`{selector}` is no name of a world"))
        .help("write `world` or `ns:package/world@version`")
}
