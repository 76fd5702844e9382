//! The scope of an interface or a world.

use alloc::collections::BTreeMap;

use witwright_front::Span;

use crate::gates::Closed;
use crate::misspelt::Misspelt;
use crate::model::TypeId;

/// The names in an interface or a world. Of several definitions the first one has the name.
#[derive(Default)]
pub(super) struct Scope<'a> {
    names: BTreeMap<&'a str, Name<'a>>,
}

/// The definition of a name.
#[derive(Clone, Copy)]
pub(super) struct Name<'a> {
    pub(super) kind: NameKind<'a>,
    pub(super) span: Span,
}

/// The sort of a named definition.
#[derive(Clone, Copy)]
pub(super) enum NameKind<'a> {
    /// A type.
    Type(TypeId),
    /// A type that is not yet elaborated; references to it are part of a cycle.
    Pending,
    /// A function.
    Func,
    /// A type that is not enabled.
    Closed(Closed<'a>),
}

impl<'a> Scope<'a> {
    /// Defines a name, unless it is defined already. A definition whose name is misspelt gives way to one whose name is not.
    pub(super) fn define(&mut self, name: &'a str, kind: NameKind<'a>, span: Span, misspelt: &Misspelt) {
        let entry = self.names.entry(name).or_insert(Name { kind, span });
        if misspelt.has(entry.span) && !misspelt.has(span) {
            *entry = Name { kind, span };
        }
    }

    /// Defines a reserved name as a type.
    pub(super) fn settle(&mut self, name: &'a str, ty: TypeId, span: Span) {
        match self.names.get_mut(name) {
            Some(entry) if entry.span == span => entry.kind = NameKind::Type(ty),
            Some(_) | None => {}
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<Name<'a>> {
        self.names.get(name).copied()
    }

    /// The names of types, in alphabetical order.
    pub(super) fn types(&self) -> impl Iterator<Item = &'a str> + Clone {
        let is_type = |kind: &NameKind<'_>| match kind {
            NameKind::Type(_) | NameKind::Pending => true,
            NameKind::Func | NameKind::Closed(_) => false,
        };
        self.names.iter().filter(move |(_, name)| is_type(&name.kind)).map(|(name, _)| *name)
    }
}
