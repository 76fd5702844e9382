//! Packages as of an earlier version, the target version (`WIT.md#package-format`).
//!
//! To all later stages such a package has that version: in its name, and without its items `@since` a later one.
//! References to the version that was read resolve to it too.

use alloc::boxed::Box;
use alloc::vec::Vec;

use semver::Version;
use witwright_front::Diagnostic;

use crate::errors::packages as errors;
use crate::load::PackageSource;
use crate::model::PackageName;
use crate::options::{Options, TargetVersion};
use crate::versions;

/// Gives packages their target versions.
pub(crate) fn apply(packages: &mut [PackageSource<'_>], options: &Options, diagnostics: &mut Vec<Diagnostic>) {
    for target in &options.target_versions {
        match aimed_at(packages, target) {
            Ok(Some(place)) => packages[place].as_of = Some(target.version.clone()),
            Ok(None) => {}
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
}

/// The package that a target is for; `None` if a package of exactly that version exists.
fn aimed_at(packages: &[PackageSource<'_>], target: &TargetVersion) -> Result<Option<usize>, Box<Diagnostic>> {
    let named = || packages.iter().enumerate().filter(|(_, package)| target.is_for(&package.name));
    let version = |package: &PackageSource<'_>| package.name.version.clone();
    if named().any(|(_, package)| version(package).as_ref() == Some(&target.version)) {
        return Ok(None);
    }
    let can_be_seen = |there: &Version| *there > target.version && versions::compatible(there, &target.version);
    let fitting: Vec<usize> =
        named().filter(|(_, package)| version(package).as_ref().is_some_and(can_be_seen)).map(|(i, _)| i).collect();
    let names = |places: &[usize]| -> Vec<PackageName> { places.iter().map(|i| packages[*i].name.clone()).collect() };
    match fitting[..] {
        [place] => Ok(Some(place)),
        [] => {
            let there: Vec<usize> = named().map(|(i, _)| i).collect();
            Err(Box::new(errors::no_target(target, &names(&there), packages.iter().map(|package| &package.name))))
        }
        [..] => Err(Box::new(errors::several_targets(target, &names(&fitting)))),
    }
}
