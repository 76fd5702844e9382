//! The parts and members of types: the only walk over the references in the forms of types.

use alloc::string::String;

use witwright_front::Span;

use super::{Case, Field, Func, Label, Model, Type, TypeDefKind, TypeId, TypeRef, WorldItemKind};

/// A field, case or flag.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Member<'t> {
    /// Its name.
    pub name: &'t str,
    /// Its documentation.
    pub docs: Option<&'t str>,
    /// Its name's place.
    pub span: Option<Span>,
}

impl TypeDefKind {
    /// The types that it refers to, in order: the target of an alias, the types of fields, payloads and elements, and
    /// the resource of a handle. The reference to the resource has no place of its own.
    pub fn parts(&self) -> impl Iterator<Item = TypeRef> {
        let mut fields: &[Field] = &[];
        let mut cases: &[Case] = &[];
        let mut types: &[TypeRef] = &[];
        let mut others = [None, None];
        match self {
            TypeDefKind::Record(all) => fields = all,
            TypeDefKind::Variant(all) => cases = all,
            TypeDefKind::Tuple(all) => types = all,
            TypeDefKind::Alias(ty) | TypeDefKind::List(ty, _) | TypeDefKind::Option(ty) => others[0] = Some(*ty),
            TypeDefKind::Own(id) | TypeDefKind::Borrow(id) => {
                others[0] = Some(TypeRef { ty: Type::Id(*id), span: None })
            }
            TypeDefKind::Result(ok, err) => others = [*ok, *err],
            TypeDefKind::Map(key, value) => others = [Some(*key), Some(*value)],
            TypeDefKind::Future(payload) | TypeDefKind::Stream(payload) => others[0] = *payload,
            TypeDefKind::Enum(_) | TypeDefKind::Flags(_) | TypeDefKind::Resource => {}
        }
        let fields = fields.iter().map(|field| field.ty);
        let payloads = cases.iter().filter_map(|case| case.ty);
        fields.chain(payloads).chain(types.iter().copied()).chain(others.into_iter().flatten())
    }

    /// The compound and named types among its parts.
    pub fn part_ids(&self) -> impl Iterator<Item = TypeId> {
        self.parts().filter_map(|part| part.ty.id())
    }

    /// The compound and named types among its parts, mutably.
    pub(crate) fn part_ids_mut(&mut self) -> impl Iterator<Item = &mut TypeId> {
        let (references, resource) = self.references_mut();
        references.filter_map(TypeRef::id_mut).chain(resource)
    }

    /// Its fields, cases or flags.
    pub fn members(&self) -> impl Iterator<Item = Member<'_>> + Clone {
        let mut fields: &[Field] = &[];
        let mut cases: &[Case] = &[];
        let mut labels: &[Label] = &[];
        match self {
            TypeDefKind::Record(all) => fields = all,
            TypeDefKind::Variant(all) => cases = all,
            TypeDefKind::Enum(all) | TypeDefKind::Flags(all) => labels = all,
            TypeDefKind::Alias(_)
            | TypeDefKind::Resource
            | TypeDefKind::Own(_)
            | TypeDefKind::Borrow(_)
            | TypeDefKind::Tuple(_)
            | TypeDefKind::List(..)
            | TypeDefKind::Option(_)
            | TypeDefKind::Result(..)
            | TypeDefKind::Map(..)
            | TypeDefKind::Future(_)
            | TypeDefKind::Stream(_) => {}
        }
        let fields = fields.iter().map(|Field { name, docs, span, .. }| member(name, docs, *span));
        let cases = cases.iter().map(|Case { name, docs, span, .. }| member(name, docs, *span));
        let labels = labels.iter().map(|Label { name, docs, span }| member(name, docs, *span));
        fields.chain(cases).chain(labels)
    }

    /// The word for its members: field, case or flag; `None` for a type that has no members.
    pub(crate) const fn member_sort(&self) -> Option<&'static str> {
        match self {
            TypeDefKind::Record(_) => Some("field"),
            TypeDefKind::Variant(_) | TypeDefKind::Enum(_) => Some("case"),
            TypeDefKind::Flags(_) => Some("flag"),
            TypeDefKind::Alias(_)
            | TypeDefKind::Resource
            | TypeDefKind::Own(_)
            | TypeDefKind::Borrow(_)
            | TypeDefKind::Tuple(_)
            | TypeDefKind::List(..)
            | TypeDefKind::Option(_)
            | TypeDefKind::Result(..)
            | TypeDefKind::Map(..)
            | TypeDefKind::Future(_)
            | TypeDefKind::Stream(_) => None,
        }
    }

    /// The documentation of the field, case or flag with this name.
    #[cfg(feature = "decode")]
    pub(crate) fn member_docs_mut(&mut self, name: &str) -> Option<&mut Option<String>> {
        let place = self.members().position(|member| member.name == name)?;
        self.members_mut().nth(place).map(|(docs, _)| docs)
    }

    /// The documentation and the place of each of its [members](Self::members), mutably.
    fn members_mut(&mut self) -> impl Iterator<Item = (&mut Option<String>, &mut Option<Span>)> {
        let mut fields: &mut [Field] = &mut [];
        let mut cases: &mut [Case] = &mut [];
        let mut labels: &mut [Label] = &mut [];
        match self {
            TypeDefKind::Record(all) => fields = all,
            TypeDefKind::Variant(all) => cases = all,
            TypeDefKind::Enum(all) | TypeDefKind::Flags(all) => labels = all,
            TypeDefKind::Alias(_)
            | TypeDefKind::Resource
            | TypeDefKind::Own(_)
            | TypeDefKind::Borrow(_)
            | TypeDefKind::Tuple(_)
            | TypeDefKind::List(..)
            | TypeDefKind::Option(_)
            | TypeDefKind::Result(..)
            | TypeDefKind::Map(..)
            | TypeDefKind::Future(_)
            | TypeDefKind::Stream(_) => {}
        }
        let fields = fields.iter_mut().map(|field| (&mut field.docs, &mut field.span));
        let cases = cases.iter_mut().map(|case| (&mut case.docs, &mut case.span));
        let labels = labels.iter_mut().map(|label| (&mut label.docs, &mut label.span));
        fields.chain(cases).chain(labels)
    }

    /// Leaves out the places of members and parts.
    pub(crate) fn forget_places(&mut self) {
        self.members_mut().for_each(|(_, span)| *span = None);
        self.references_mut().0.for_each(|reference| reference.span = None);
    }

    /// The parts that are written as types, and the resource of a handle.
    fn references_mut(&mut self) -> (impl Iterator<Item = &mut TypeRef>, Option<&mut TypeId>) {
        let mut fields: &mut [Field] = &mut [];
        let mut cases: &mut [Case] = &mut [];
        let mut types: &mut [TypeRef] = &mut [];
        let mut others = [None, None];
        let mut resource = None;
        match self {
            TypeDefKind::Record(all) => fields = all,
            TypeDefKind::Variant(all) => cases = all,
            TypeDefKind::Tuple(all) => types = all,
            TypeDefKind::Alias(ty) | TypeDefKind::List(ty, _) | TypeDefKind::Option(ty) => others[0] = Some(ty),
            TypeDefKind::Own(id) | TypeDefKind::Borrow(id) => resource = Some(id),
            TypeDefKind::Result(ok, err) => others = [ok.as_mut(), err.as_mut()],
            TypeDefKind::Map(key, value) => others = [Some(key), Some(value)],
            TypeDefKind::Future(payload) | TypeDefKind::Stream(payload) => others[0] = payload.as_mut(),
            TypeDefKind::Enum(_) | TypeDefKind::Flags(_) | TypeDefKind::Resource => {}
        }
        let fields = fields.iter_mut().map(|field| &mut field.ty);
        let payloads = cases.iter_mut().filter_map(|case| case.ty.as_mut());
        (fields.chain(payloads).chain(types).chain(others.into_iter().flatten()), resource)
    }
}

impl Model {
    /// Changes the documentation of each item of the text, beside which it is given the place of the item's name.
    pub fn edit_docs(&mut self, mut edit: impl FnMut(&mut Option<String>, Span)) {
        let mut edit = |docs: &mut Option<String>, span: Option<Span>| {
            if let Some(span) = span {
                edit(docs, span);
            }
        };
        for id in self.worlds.ids() {
            let world = &mut self.worlds[id];
            edit(&mut world.docs, world.span);
            for item in world.imports.iter_mut().chain(&mut world.exports) {
                if let WorldItemKind::Func(func) = &mut item.kind {
                    edit(&mut func.docs, func.span);
                }
            }
        }
        for id in self.interfaces.ids() {
            let interface = &mut self.interfaces[id];
            edit(&mut interface.docs, interface.span);
            interface.funcs.iter_mut().for_each(|func| edit(&mut func.docs, func.span));
        }
        for id in self.types.ids() {
            let def = &mut self.types[id];
            if def.name.is_some() {
                edit(&mut def.docs, def.span);
                def.kind.members_mut().for_each(|(docs, span)| edit(docs, *span));
            }
        }
    }
}

impl TypeRef {
    fn id_mut(&mut self) -> Option<&mut TypeId> {
        if let Type::Id(id) = &mut self.ty { Some(id) } else { None }
    }
}

impl Func {
    /// The compound and named types that it mentions, and its resource, mutably.
    pub(crate) fn type_ids_mut(&mut self) -> impl Iterator<Item = &mut TypeId> {
        let references = self.params.iter_mut().map(|param| &mut param.ty).chain(&mut self.result);
        self.kind.resource_mut().into_iter().chain(references.filter_map(TypeRef::id_mut))
    }

    /// Leaves out its place, and those of its parameters and types.
    pub(crate) fn forget_places(&mut self) {
        self.span = None;
        self.params.iter_mut().for_each(|param| param.span = None);
        self.params.iter_mut().map(|param| &mut param.ty).chain(&mut self.result).for_each(|ty| ty.span = None);
    }
}

fn member<'t>(name: &'t str, docs: &'t Option<String>, span: Option<Span>) -> Member<'t> {
    Member { name, docs: docs.as_deref(), span }
}
