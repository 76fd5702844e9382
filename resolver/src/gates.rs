//! Feature gates: the choice of the enabled items (`WIT.md#feature-gates`).
//!
//! An `@unstable` item whose feature is off, and one that is `@since` a later version than the target, is left out when
//! names are declared, before anything is elaborated: a Model holds only enabled items.

use alloc::string::String;

use semver::Version;
use witwright_front::ast::{Attribute, Attributes};

use crate::model::{Gate, Stability};
use crate::options::Options;

/// Decides which gated items of a package are enabled.
#[derive(Clone, Copy)]
pub(crate) struct View<'v> {
    options: &'v Options,
    /// The target version of the package, if it is seen as of an earlier version.
    as_of: Option<&'v Version>,
}

/// The reason why an item is not enabled.
#[derive(Clone, Copy)]
pub(crate) enum Closed<'a> {
    /// This feature is off.
    Feature(&'a str),
    /// It is `@since` this version, which is later than the target version of its package.
    Later(&'a Version),
}

impl<'v> View<'v> {
    pub(crate) fn new(as_of: Option<&'v Version>, options: &'v Options) -> View<'v> {
        View { options, as_of }
    }

    /// The reason why an item with these attributes is not enabled; `None` if it is.
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

    /// Whether an item with these attributes is enabled.
    pub(crate) fn shows(self, attributes: &Attributes) -> bool {
        self.closed_by(attributes).is_none()
    }

    /// The gate that attributes state, without a deprecation that comes after the target version.
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

/// Whether an item with one gate may refer to, or be part of, an item with another: it exists no earlier, and under no
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
