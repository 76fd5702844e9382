//! The rules of the grammar that the resolver checks instead of the parser, because it knows the types: empty types, and keys
//! of maps.
//!
//! `record-fields`, `variant-cases`, `enum-cases`, `flags-fields` and `tuple-list` have an element; a `uint` is not 0; `kt`
//! is a short list.

use witwright_front::ast::{
    ExternItem, ExternKind, FuncType, InterfaceMember, Item, ResourceMethod, Ty, TyKind, TypedefItem, TypedefKind,
    WitFile, WorldMember,
};

/// Whether a tree contains something that only the resolver reports.
pub(crate) fn holds_any(file: &WitFile) -> bool {
    file.items.iter().any(item)
}

fn item(item: &Item) -> bool {
    match item {
        Item::Use(_) => false,
        Item::Interface(interface) => interface.items.iter().any(interface_member),
        Item::World(world) => world.items.iter().any(world_member),
        Item::Package(package) => package.items.iter().any(self::item),
    }
}

fn interface_member(member: &InterfaceMember) -> bool {
    match member {
        InterfaceMember::Use(_) => false,
        InterfaceMember::Type(typedef) => typedef_item(typedef),
        InterfaceMember::Func(item) => func(&item.func),
    }
}

fn world_member(member: &WorldMember) -> bool {
    match member {
        WorldMember::Import(item) | WorldMember::Export(item) => extern_item(item),
        WorldMember::Use(_) | WorldMember::Include(_) => false,
        WorldMember::Type(typedef) => typedef_item(typedef),
    }
}

fn extern_item(item: &ExternItem) -> bool {
    match &item.kind {
        ExternKind::Path(_) | ExternKind::Named(..) => false,
        ExternKind::Func(_, ty) => func(ty),
        ExternKind::Interface(_, items) => items.iter().any(interface_member),
    }
}

fn typedef_item(item: &TypedefItem) -> bool {
    match &item.kind {
        TypedefKind::Alias(aliased) => ty(aliased),
        TypedefKind::Record(fields) => fields.is_empty() || fields.iter().any(|field| ty(&field.ty)),
        TypedefKind::Variant(cases) => cases.is_empty() || cases.iter().any(|case| case.ty.iter().any(ty)),
        TypedefKind::Enum(labels) | TypedefKind::Flags(labels) => labels.is_empty(),
        TypedefKind::Resource(methods) => methods.iter().any(|ResourceMethod { func: ty, .. }| func(ty)),
    }
}

fn func(func: &FuncType) -> bool {
    func.params.iter().any(|param| ty(&param.ty)) || func.result.iter().any(ty)
}

fn ty(of: &Ty) -> bool {
    match &of.kind {
        TyKind::Tuple(types) => types.is_empty() || types.iter().any(ty),
        TyKind::List(inner, length) => length.is_some_and(|length| length.value == 0) || ty(inner),
        TyKind::Option(inner) => ty(inner),
        TyKind::Result(ok, err) => ok.iter().chain(err).any(|inner| ty(inner)),
        TyKind::Map(key, value) => !is_key(key) || ty(value),
        TyKind::Future(inner) | TyKind::Stream(inner) => inner.iter().any(|inner| ty(inner)),
        TyKind::Prim(_)
        | TyKind::Borrow(_)
        | TyKind::Own(_)
        | TyKind::ErrorContext
        | TyKind::Name(_)
        | TyKind::Error => false,
    }
}

/// `kt`; a name may be an alias of one.
fn is_key(of: &Ty) -> bool {
    use witwright_front::ast::PrimTy;
    match &of.kind {
        TyKind::Prim(prim) => !matches!(prim, PrimTy::F32 | PrimTy::F64),
        TyKind::Name(_) => true,
        TyKind::Tuple(_)
        | TyKind::List(..)
        | TyKind::Option(_)
        | TyKind::Result(..)
        | TyKind::Map(..)
        | TyKind::Future(_)
        | TyKind::Stream(_)
        | TyKind::Borrow(_)
        | TyKind::Own(_)
        | TyKind::ErrorContext
        | TyKind::Error => false,
    }
}
