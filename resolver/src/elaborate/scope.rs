//! The names that types are called by in an interface or a world.

use alloc::collections::BTreeMap;

use witwright_front::Span;

use crate::gates::Closed;
use crate::model::TypeId;

/// The names in an interface or a world. The first definition of a name has it.
#[derive(Default)]
pub(super) struct Scope<'a> {
    names: BTreeMap<&'a str, Name<'a>>,
}

/// What has a name.
#[derive(Clone, Copy)]
pub(super) struct Name<'a> {
    pub(super) kind: NameKind<'a>,
    pub(super) span: Span,
}

/// What sort of thing it is.
#[derive(Clone, Copy)]
pub(super) enum NameKind<'a> {
    /// A type.
    Type(TypeId),
    /// A type whose turn has not come; met only in a cycle.
    Pending,
    /// A function.
    Func,
    /// A type that is not there.
    Closed(Closed<'a>),
}

impl<'a> Scope<'a> {
    /// Gives a name to something, unless something else has it.
    pub(super) fn define(&mut self, name: &'a str, kind: NameKind<'a>, span: Span) {
        self.names.entry(name).or_insert(Name { kind, span });
    }

    /// Gives a type to the name that was kept for it.
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
