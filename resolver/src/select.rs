//! The choice of a world by name.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use semver::Version;
use witwright_front::Diagnostic;

use crate::errors::worlds as errors;
use crate::model::{Model, PackageId, PackageName, WorldId};

/// The name of a world as users write it.
enum Selector<'a> {
    /// `world`
    Plain(&'a str),
    /// `ns:package/world@version`
    Qualified { namespace: &'a str, package: &'a str, world: &'a str, version: Option<Version> },
}

impl Model {
    /// Finds a world: by `world` in some packages or by `ns:package/world@version`, or without a selector the only one
    /// of those packages.
    ///
    /// # Errors
    /// If no world has this name, or more than one has it; the diagnostic lists the existing worlds.
    pub fn world(&self, of: &[PackageId], selector: Option<&str>) -> Result<WorldId, Box<Diagnostic>> {
        let Some(text) = selector else { return only_world(self, of) };
        match parse(text) {
            None => Err(Box::new(errors::bad_selector(text))),
            Some(Selector::Plain(name)) => {
                let candidates = worlds_of(self, of.iter().copied());
                pick(self, text, candidates, |id| self.worlds[id].name == name)
            }
            Some(Selector::Qualified { namespace, package, world, version }) => {
                let candidates = worlds_of(self, self.packages.iter().map(|(id, _)| id));
                pick(self, text, candidates, |id| {
                    let PackageName { namespace: ns, name, version: v } = &self.packages[self.worlds[id].package].name;
                    let version_fits = version.is_none() || version == *v;
                    ns == namespace && name == package && version_fits && self.worlds[id].name == world
                })
            }
        }
    }
}

fn only_world(model: &Model, main: &[PackageId]) -> Result<WorldId, Box<Diagnostic>> {
    let candidates = worlds_of(model, main.iter().copied());
    match candidates.as_slice() {
        [] => Err(Box::new(errors::no_world(main.iter().map(|id| &model.packages[*id].name)))),
        [world] => Ok(*world),
        [..] => Err(Box::new(errors::several_worlds(&names(model, &candidates)))),
    }
}

/// The one candidate that fits. A version may be left out if there is only one; an unversioned package is preferred.
fn pick(
    model: &Model,
    text: &str,
    candidates: Vec<WorldId>,
    fits: impl Fn(WorldId) -> bool,
) -> Result<WorldId, Box<Diagnostic>> {
    let fitting: Vec<WorldId> = candidates.iter().copied().filter(|id| fits(*id)).collect();
    let unversioned = |id: &&WorldId| model.packages[model.worlds[**id].package].name.version.is_none();
    match fitting.as_slice() {
        [] => {
            let everywhere = worlds_of(model, model.packages.iter().map(|(id, _)| id));
            Err(Box::new(errors::unknown_world(text, &names(model, &candidates), &names(model, &everywhere))))
        }
        [world] => Ok(*world),
        [..] => match fitting.iter().find(unversioned) {
            Some(world) => Ok(*world),
            None => Err(Box::new(errors::ambiguous_world(text, &names(model, &fitting)))),
        },
    }
}

fn worlds_of(model: &Model, packages: impl Iterator<Item = PackageId>) -> Vec<WorldId> {
    packages.flat_map(|id| model.packages[id].worlds.iter().copied()).collect()
}

fn names(model: &Model, worlds: &[WorldId]) -> Vec<String> {
    let name = |id: &WorldId| model.packages[model.worlds[*id].package].name.qualify(&model.worlds[*id].name);
    worlds.iter().map(name).collect()
}

fn parse(text: &str) -> Option<Selector<'_>> {
    let (path, version) = match text.split_once('@') {
        Some((path, version)) => (path, Some(Version::parse(version).ok()?)),
        None => (text, None),
    };
    let Some((package, world)) = path.rsplit_once('/') else {
        return (version.is_none() && !path.is_empty()).then_some(Selector::Plain(path));
    };
    // Nested namespaces: all but the last name before the first `/` are namespaces.
    let head = package.find('/').unwrap_or(package.len());
    let colon = package[..head].rfind(':')?;
    let (namespace, package) = (&package[..colon], &package[colon + 1..]);
    Some(Selector::Qualified { namespace, package, world, version })
}
