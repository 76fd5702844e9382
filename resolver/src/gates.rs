//! Feature gates: which items are there, and the rules for stating gates (`WIT.md#feature-gates`).
//!
//! An `@unstable` item whose feature is off is left out when names are declared, before anything is elaborated: a model
//! holds only what is there. Rules that concern the gates alone are checked here for every item, left out or not.

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

/// The feature that an item waits for, if it is off.
pub(crate) fn closed_by<'a>(attributes: &'a Attributes, options: &Options) -> Option<&'a str> {
    attributes.list.iter().find_map(|attribute| match attribute {
        Attribute::Unstable { feature, .. } if !options.enables(&feature.name) => Some(feature.name.as_str()),
        Attribute::Unstable { .. }
        | Attribute::Since { .. }
        | Attribute::Deprecated { .. }
        | Attribute::ExternalId { .. } => None,
    })
}

/// The gate that attributes state.
pub(crate) fn gate(attributes: &Attributes) -> Gate {
    let mut gate = Gate::default();
    for attribute in &attributes.list {
        match attribute {
            Attribute::Since { version, .. } => gate.stability = Some(Stability::Since(version.value.clone())),
            Attribute::Unstable { feature, .. } => gate.stability = Some(Stability::Unstable(feature.name.clone())),
            Attribute::Deprecated { version, .. } => gate.deprecated = Some(version.value.clone()),
            Attribute::ExternalId { .. } => {}
        }
    }
    gate
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
        let mut rules = Rules { package, options, diagnostics };
        for item in package.parts.iter().flat_map(|part| &part.items) {
            match item {
                // The parser allows it no attributes.
                ast::Item::Use(_) => {}
                ast::Item::Interface(interface) => {
                    rules.attributes(&interface.attributes);
                    rules.members(&interface.items, rules.closed(&interface.attributes, &interface.name));
                }
                ast::Item::World(world) => {
                    rules.attributes(&world.attributes);
                    rules.world_members(&world.items, rules.closed(&world.attributes, &world.name));
                }
                ast::Item::Package(_) => unreachable!("nested packages are packages of their own after loading"),
            }
        }
    }
}

struct Rules<'a> {
    package: &'a PackageSource<'a>,
    options: &'a Options,
    diagnostics: &'a mut Vec<Diagnostic>,
}

/// An item that is not there, and the feature that it waits for.
#[derive(Clone, Copy)]
struct Closed<'c> {
    item: &'c Ident,
    feature: &'c str,
}

impl Rules<'_> {
    fn closed<'c>(&self, attributes: &'c Attributes, item: &'c Ident) -> Option<Closed<'c>> {
        closed_by(attributes, self.options).map(|feature| Closed { item, feature })
    }

    fn world_members(&mut self, items: &[WorldMember], closed: Option<Closed<'_>>) {
        for item in items {
            match item {
                WorldMember::Import(item) | WorldMember::Export(item) => {
                    self.attributes(&item.attributes);
                    match &item.kind {
                        ExternKind::Interface(_, items) => self.members(items, closed),
                        ExternKind::Path(_) | ExternKind::Func(..) | ExternKind::Named(..) => {}
                    }
                }
                WorldMember::Use(item) => self.use_item(item, closed),
                WorldMember::Type(item) => self.typedef(item, closed),
                WorldMember::Include(item) => self.attributes(&item.attributes),
            }
        }
    }

    fn members(&mut self, items: &[InterfaceMember], closed: Option<Closed<'_>>) {
        for item in items {
            match item {
                InterfaceMember::Use(item) => self.use_item(item, closed),
                InterfaceMember::Type(item) => self.typedef(item, closed),
                InterfaceMember::Func(item) => self.attributes(&item.attributes),
            }
        }
    }

    fn use_item(&mut self, item: &UseItem, closed: Option<Closed<'_>>) {
        self.attributes(&item.attributes);
        for name in &item.names {
            self.contained(&item.attributes, name.name.span, closed);
        }
    }

    fn typedef(&mut self, item: &TypedefItem, closed: Option<Closed<'_>>) {
        self.attributes(&item.attributes);
        self.contained(&item.attributes, item.name.span, closed);
        let TypedefKind::Resource(methods) = &item.kind else { return };
        let closed = self.closed(&item.attributes, &item.name);
        for method in methods {
            self.attributes(&method.attributes);
            let (ResourceMethodKind::Method(Ident { span, .. })
            | ResourceMethodKind::Static(Ident { span, .. })
            | ResourceMethodKind::Constructor(span)) = &method.kind;
            self.contained(&method.attributes, *span, closed);
        }
    }

    /// What an item that is not there contains must be gated too. Types and functions of resources are held to it, as
    /// the reference implementation does; published packages leave other functions without a gate.
    fn contained(&mut self, attributes: &Attributes, place: Span, closed: Option<Closed<'_>>) {
        if let Some(closed) = closed
            && closed_by(attributes, self.options).is_none()
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
