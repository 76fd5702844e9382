//! Feature gates: which items are there, and the rules for stating gates (`WIT.md#feature-gates`).
//!
//! An `@unstable` item whose feature is off, and one that is `@since` a later version than the target, is left out when names
//! are declared, before anything is elaborated: a model holds only what is there. Rules that concern the gates alone are checked here for every item, left out or not.

use alloc::string::String;
use alloc::vec::Vec;

use semver::Version;
use witwright_front::ast::{
    self, Attribute, Attributes, ExternKind, Ident, InterfaceMember, ResourceMethodKind, TypedefItem, TypedefKind,
    UseItem, WorldMember,
};
use witwright_front::{Diagnostic, Span};

use crate::Options;
use crate::errors::gates as errors;
use crate::load::PackageSource;
use crate::model::{Gate, Stability};

/// How a package is looked at: which of its gated items are there.
#[derive(Clone, Copy)]
pub(crate) struct View<'v> {
    options: &'v Options,
    /// The earlier version that the package is seen as of.
    as_of: Option<&'v Version>,
}

/// Why an item is not there.
#[derive(Clone, Copy)]
pub(crate) enum Closed<'a> {
    /// This feature is off.
    Feature(&'a str),
    /// It came with this version, later than the one that its package is seen as of.
    Later(&'a Version),
}

impl<'v> View<'v> {
    pub(crate) fn new(package: &'v PackageSource<'_>, options: &'v Options) -> View<'v> {
        View { options, as_of: package.as_of.as_ref() }
    }

    /// Why an item with these attributes is not there, unless it is.
    pub(crate) fn closed_by<'a>(self, attributes: &'a Attributes) -> Option<Closed<'a>> {
        attributes.list.iter().find_map(|attribute| match attribute {
            Attribute::Unstable { feature, .. } => {
                (!self.options.enables(&feature.name)).then_some(Closed::Feature(&feature.name))
            }
            Attribute::Since { version, .. } => {
                self.as_of.is_some_and(|as_of| version.value > *as_of).then_some(Closed::Later(&version.value))
            }
            Attribute::Deprecated { .. } | Attribute::ExternalId { .. } => None,
        })
    }

    pub(crate) fn shows(self, attributes: &Attributes) -> bool {
        self.closed_by(attributes).is_none()
    }

    /// The gate that attributes state. A deprecation that comes later is not there yet.
    pub(crate) fn gate(self, attributes: &Attributes) -> Gate {
        let mut gate = stated(attributes);
        if let Some(as_of) = self.as_of {
            gate.deprecated = gate.deprecated.filter(|deprecated| deprecated <= as_of);
        }
        gate
    }
}

/// The gate that attributes state.
pub(crate) fn stated(attributes: &Attributes) -> Gate {
    let mut gate = Gate::default();
    for attribute in &attributes.list {
        match attribute {
            Attribute::Since { version, .. } => gate.stability = Some(Stability::Since(version.value.clone())),
            Attribute::Unstable { feature, .. } => gate.stability = Some(Stability::Unstable((&feature.name).into())),
            Attribute::Deprecated { version, .. } => gate.deprecated = Some(version.value.clone()),
            Attribute::ExternalId { .. } => {}
        }
    }
    gate
}

/// Whether an item with one gate may refer to, or stand in, an item with another: it is there no earlier, and under no
/// fewer conditions.
pub(crate) fn fits(gate: Option<&Stability>, wanted: &Stability) -> bool {
    match (wanted, gate) {
        (Stability::Since(wanted), Some(Stability::Since(since))) => since >= wanted,
        (Stability::Since(_), Some(Stability::Unstable(_))) => true,
        (Stability::Unstable(wanted), Some(Stability::Unstable(feature))) => feature == wanted,
        (Stability::Unstable(_), Some(Stability::Since(_))) | (_, None) => false,
    }
}

/// The `@external-id` among attributes.
pub(crate) fn external_id(attributes: &Attributes) -> Option<String> {
    attributes.list.iter().find_map(|attribute| match attribute {
        Attribute::ExternalId { id, .. } => Some(id.clone()),
        Attribute::Since { .. } | Attribute::Unstable { .. } | Attribute::Deprecated { .. } => None,
    })
}

/// Reports gates that break the rules.
pub(crate) fn check(packages: &[PackageSource<'_>], options: &Options, diagnostics: &mut Vec<Diagnostic>) {
    for package in packages {
        let mut rules = Rules { package, view: View::new(package, options), diagnostics };
        for item in package.parts.iter().flat_map(|part| &part.items) {
            match item {
                // The parser allows it no attributes.
                ast::Item::Use(_) => {}
                ast::Item::Interface(interface) => {
                    rules.attributes(&interface.attributes);
                    rules.members(&interface.items, rules.waiting(&interface.attributes, &interface.name));
                }
                ast::Item::World(world) => {
                    rules.attributes(&world.attributes);
                    rules.world_members(&world.items, rules.waiting(&world.attributes, &world.name));
                }
                ast::Item::Package(_) => unreachable!("nested packages are packages of their own after loading"),
            }
        }
    }
}

struct Rules<'a> {
    package: &'a PackageSource<'a>,
    view: View<'a>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

/// An item that is not there, and the feature that it waits for.
#[derive(Clone, Copy)]
struct Waiting<'c> {
    item: &'c Ident,
    feature: &'c str,
}

impl Rules<'_> {
    fn waiting<'c>(&self, attributes: &'c Attributes, item: &'c Ident) -> Option<Waiting<'c>> {
        match self.view.closed_by(attributes)? {
            Closed::Feature(feature) => Some(Waiting { item, feature }),
            // Which versions fit each other is for a lint to say.
            Closed::Later(_) => None,
        }
    }

    fn world_members(&mut self, items: &[WorldMember], closed: Option<Waiting<'_>>) {
        for item in items {
            match item {
                WorldMember::Import(item) | WorldMember::Export(item) => {
                    self.attributes(&item.attributes);
                    match &item.kind {
                        ExternKind::Interface(name, items) => {
                            self.members(items, self.waiting(&item.attributes, name));
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

    fn members(&mut self, items: &[InterfaceMember], closed: Option<Waiting<'_>>) {
        for item in items {
            match item {
                InterfaceMember::Use(item) => self.use_item(item, closed),
                InterfaceMember::Type(item) => self.typedef(item, closed),
                InterfaceMember::Func(item) => self.attributes(&item.attributes),
            }
        }
    }

    fn use_item(&mut self, item: &UseItem, closed: Option<Waiting<'_>>) {
        self.attributes(&item.attributes);
        for name in &item.names {
            self.contained(&item.attributes, name.name.span, closed);
        }
    }

    fn typedef(&mut self, item: &TypedefItem, closed: Option<Waiting<'_>>) {
        self.attributes(&item.attributes);
        self.contained(&item.attributes, item.name.span, closed);
        let TypedefKind::Resource(methods) = &item.kind else { return };
        let closed = if closed.is_none() { self.waiting(&item.attributes, &item.name) } else { None };
        for method in methods {
            self.attributes(&method.attributes);
            let (ResourceMethodKind::Method(Ident { span, .. })
            | ResourceMethodKind::Static(Ident { span, .. })
            | ResourceMethodKind::Constructor(span)) = &method.kind;
            self.contained(&method.attributes, *span, closed);
        }
    }

    /// What an item that is not there contains must be gated too. Types are held to it, and functions of resources in what is
    /// there, as the reference implementation does; published packages leave other functions without a gate.
    fn contained(&mut self, attributes: &Attributes, place: Span, closed: Option<Waiting<'_>>) {
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
                Attribute::Unstable { .. } => (&mut unstable, "@unstable"),
                Attribute::Deprecated { .. } => (&mut deprecated, "@deprecated"),
                // The parser has seen to it that there is only one.
                Attribute::ExternalId { .. } => continue,
            };
            match *slot {
                Some(first) => self.diagnostics.push(errors::stated_twice(first, place(attribute), name)),
                None => *slot = Some(place(attribute)),
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

fn place(attribute: &Attribute) -> Span {
    match attribute {
        Attribute::Since { span, .. }
        | Attribute::Unstable { span, .. }
        | Attribute::Deprecated { span, .. }
        | Attribute::ExternalId { span, .. } => *span,
    }
}
