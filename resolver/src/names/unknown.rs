//! Packages that do not exist, each reported once for all references to it.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use witwright_front::Span;

use super::{PackageIndex, Resolver};
use crate::errors::{candidates, packages as errors};
use crate::model::PackageName;

/// The references to packages that do not exist.
#[derive(Default)]
pub(super) struct Unknown {
    references: BTreeMap<PackageName, References>,
}

/// The references to one package.
struct References {
    /// The place of the name in the first one, and that of the version.
    first: (Span, Option<Span>),
    others: Vec<Span>,
    from: BTreeSet<PackageIndex>,
}

impl Unknown {
    pub(super) fn add(&mut self, name: PackageName, place: Span, version: Option<Span>, from: PackageIndex) {
        match self.references.get_mut(&name) {
            Some(references) => {
                references.others.push(place);
                references.from.insert(from);
            }
            None => {
                let from = BTreeSet::from([from]);
                self.references.insert(name, References { first: (place, version), others: Vec::new(), from });
            }
        }
    }
}

impl Resolver<'_, '_> {
    /// Reports the unknown packages. None that needs the referring package is proposed: that would be a cycle.
    pub(super) fn report_unknown(&mut self) {
        for (wanted, References { first: (place, version), others, from }) in
            core::mem::take(&mut self.unknown_packages).references
        {
            let needing = self.needing(from);
            let known = self.by_package_name.iter().filter(|(_, package)| !needing.contains(package));
            let known: Vec<&PackageName> = candidates(self.diagnostics, known).map(|(name, _)| name).collect();
            let mut unknown = errors::unknown_package(place, version, &wanted, &known, self.searched);
            others.into_iter().for_each(|other| errors::also_refers(&mut unknown, other));
            self.diagnostics.push(unknown);
        }
    }

    /// These packages, and all that need one of them.
    fn needing(&self, mut packages: BTreeSet<PackageIndex>) -> BTreeSet<PackageIndex> {
        loop {
            let edges = self.names.package_edges.iter();
            let found: Vec<PackageIndex> = edges
                .filter(|(from, to, _)| packages.contains(to) && !packages.contains(from))
                .map(|(from, ..)| *from)
                .collect();
            if found.is_empty() {
                return packages;
            }
            packages.extend(found);
        }
    }
}
