//! The rules for the use of feature gates (`WIT.md#feature-gates`), which are checked for every item, enabled or not.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use semver::Version;
use witwright_front::ast::{
    self, Attribute, Attributes, ExternKind, Ident, InterfaceMember, ResourceMethodKind, TypedefItem, TypedefKind,
    UseItem, WorldMember,
};
use witwright_front::{Diagnostic, Span};

use crate::errors::gates as errors;
use crate::gates::{Closed, View};
use crate::load::PackageSource;
use crate::options::Options;

/// Reports gates that break the rules. Returns the features that gates name.
pub(crate) fn check(
    packages: &[PackageSource<'_>],
    options: &Options,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeSet<String> {
    let mut features = BTreeSet::new();
    for package in packages {
        let mut rules = Rules { package, view: package.view(options), features: &mut features, diagnostics };
        for item in package.parts.iter().flat_map(|part| &part.items) {
            match item {
                // The parser allows it no attributes.
                ast::Item::Use(_) => {}
                ast::Item::Interface(interface) => {
                    rules.attributes(&interface.attributes);
                    rules.members(&interface.items, rules.disabled(&interface.attributes, &interface.name));
                }
                ast::Item::World(world) => {
                    rules.attributes(&world.attributes);
                    rules.world_members(&world.items, rules.disabled(&world.attributes, &world.name));
                }
                ast::Item::Package(_) => unreachable!("nested packages are packages of their own after loading"),
            }
        }
    }
    features
}

/// A warning for each enabled feature that is not among those that gates name, which are `known`.
pub fn unknown_features<'f>(
    known: &'f BTreeSet<String>,
    enabled: &'f BTreeSet<String>,
) -> impl Iterator<Item = Diagnostic> + 'f {
    enabled.difference(known).map(|feature| errors::unknown_feature(feature, known))
}

struct Rules<'a> {
    package: &'a PackageSource<'a>,
    view: View<'a>,
    /// The features that the gates of all packages name.
    features: &'a mut BTreeSet<String>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

/// An item whose feature is off, and the feature.
#[derive(Clone, Copy)]
struct Disabled<'c> {
    item: &'c Ident,
    feature: &'c str,
}

impl Rules<'_> {
    fn disabled<'c>(&self, attributes: &'c Attributes, item: &'c Ident) -> Option<Disabled<'c>> {
        match self.view.closed_by(attributes)? {
            Closed::Feature(feature) => Some(Disabled { item, feature }),
            // A lint checks which versions are compatible.
            Closed::Later(_) => None,
        }
    }

    fn world_members(&mut self, items: &[WorldMember], closed: Option<Disabled<'_>>) {
        for item in items {
            match item {
                WorldMember::Import(item) | WorldMember::Export(item) => {
                    self.attributes(&item.attributes);
                    match &item.kind {
                        ExternKind::Interface(name, items) => {
                            self.members(items, self.disabled(&item.attributes, name));
                        }
                        ExternKind::Path(_) | ExternKind::Func(..) | ExternKind::Named(..) => {}
                    }
                }
                WorldMember::Use(item) => self.use_item(item, closed),
                WorldMember::Type(item) => self.typedef(item, closed),
                WorldMember::Include(item) => self.attributes(&item.attributes),
            }
        }
    }

    fn members(&mut self, items: &[InterfaceMember], closed: Option<Disabled<'_>>) {
        for item in items {
            match item {
                InterfaceMember::Use(item) => self.use_item(item, closed),
                InterfaceMember::Type(item) => self.typedef(item, closed),
                InterfaceMember::Func(item) => self.attributes(&item.attributes),
            }
        }
    }

    fn use_item(&mut self, item: &UseItem, closed: Option<Disabled<'_>>) {
        self.attributes(&item.attributes);
        for name in &item.names {
            self.contained(&item.attributes, name.name.span, closed);
        }
    }

    fn typedef(&mut self, item: &TypedefItem, closed: Option<Disabled<'_>>) {
        self.attributes(&item.attributes);
        self.contained(&item.attributes, item.name.span, closed);
        let TypedefKind::Resource(methods) = &item.kind else { return };
        let closed = if closed.is_none() { self.disabled(&item.attributes, &item.name) } else { None };
        for method in methods {
            self.attributes(&method.attributes);
            let (ResourceMethodKind::Method(Ident { span, .. })
            | ResourceMethodKind::Static(Ident { span, .. })
            | ResourceMethodKind::Constructor(span)) = &method.kind;
            self.contained(&method.attributes, *span, closed);
        }
    }

    /// The contents of an item whose feature is off must be gated too. This holds for types, and for the functions of
    /// resources in enabled interfaces and worlds, as in the reference implementation; published packages leave other
    /// functions without a gate.
    fn contained(&mut self, attributes: &Attributes, place: Span, closed: Option<Disabled<'_>>) {
        if let Some(closed) = closed
            && self.view.shows(attributes)
        {
            self.diagnostics.push(errors::container_closed(place, closed.item.span, &closed.item.name, closed.feature));
        }
    }

    fn attributes(&mut self, attributes: &Attributes) {
        let (mut since, mut unstable, mut deprecated) = (None, None, None);
        for attribute in &attributes.list {
            let (slot, name) = match attribute {
                Attribute::Since { version, span } => {
                    self.since(&version.value, *span);
                    (&mut since, "@since")
                }
                Attribute::Unstable { feature, .. } => {
                    self.features.insert((&feature.name).into());
                    (&mut unstable, "@unstable")
                }
                Attribute::Deprecated { .. } => (&mut deprecated, "@deprecated"),
                // The parser reports a second one.
                Attribute::ExternalId { .. } => continue,
            };
            match *slot {
                Some(first) => self.diagnostics.push(errors::stated_twice(first, attribute.span(), name)),
                None => *slot = Some(attribute.span()),
            }
        }
        match (since, unstable, deprecated) {
            (Some(since), Some(unstable), _) => self.diagnostics.push(errors::since_and_unstable(since, unstable)),
            (None, None, Some(deprecated)) => self.diagnostics.push(errors::deprecated_alone(deprecated)),
            (Some(_), None, _) | (None, Some(_), _) | (None, None, None) => {}
        }
    }

    fn since(&mut self, since: &Version, span: Span) {
        match &self.package.name.version {
            // A package without a header has been reported.
            None if self.package.name_span.is_none() => {}
            None => {
                self.diagnostics.push(errors::package_without_version(span, &self.package.name, self.package.name_span))
            }
            Some(version) if since > version => {
                self.diagnostics.push(errors::since_unreleased(span, since, version, self.package.name_span));
            }
            Some(_) => {}
        }
    }
}
