//! Constructors of definitions. They have no documentation, gate and place unless these are set afterwards.

use alloc::string::String;
use alloc::vec::Vec;

use semver::Version;

use super::{
    Case, Field, Func, FuncKind, Gate, Interface, Label, Package, PackageId, PackageName, Param, Stability, Type,
    TypeDef, TypeDefKind, TypeOwner, TypeRef, World, WorldItem, WorldItemKind, WorldKey,
};

impl Package {
    /// An empty package.
    #[must_use]
    pub fn new(name: PackageName) -> Package {
        Package { name, docs: None, interfaces: Vec::new(), worlds: Vec::new(), span: None }
    }
}

impl World {
    /// An empty world.
    pub fn new(name: impl Into<String>, package: PackageId) -> World {
        let (imports, exports) = (Vec::new(), Vec::new());
        World { name: name.into(), package, docs: None, gate: Gate::default(), imports, exports, span: None }
    }
}

impl WorldItem {
    /// An import or export that the text states.
    #[must_use]
    pub fn new(key: WorldKey, kind: WorldItemKind) -> WorldItem {
        WorldItem { key, kind, docs: None, gate: Gate::default(), external_id: None, stated: true, span: None }
    }
}

impl Interface {
    /// An empty interface. `name` is `None` for one that is written in place in a world.
    #[must_use]
    pub fn new(name: Option<String>, package: PackageId) -> Interface {
        let (types, funcs) = (Vec::new(), Vec::new());
        Interface { name, package, docs: None, gate: Gate::default(), types, funcs, span: None }
    }
}

impl Func {
    /// A function without parameters and result.
    pub fn new(name: impl Into<String>, kind: FuncKind) -> Func {
        Func {
            name: name.into(),
            kind,
            accessor: None,
            async_: false,
            params: Vec::new(),
            result: None,
            docs: None,
            gate: Gate::default(),
            external_id: None,
            span: None,
        }
    }
}

impl Param {
    /// A parameter.
    pub fn new(name: impl Into<String>, ty: impl Into<TypeRef>) -> Param {
        Param { name: name.into(), ty: ty.into(), span: None }
    }
}

impl TypeDef {
    /// A named type in an interface or a world.
    pub fn named(name: impl Into<String>, owner: TypeOwner, kind: TypeDefKind) -> TypeDef {
        TypeDef { name: Some(name.into()), owner: Some(owner), ..TypeDef::unnamed(kind) }
    }

    /// A compound type without a name.
    #[must_use]
    pub fn unnamed(kind: TypeDefKind) -> TypeDef {
        TypeDef { name: None, owner: None, kind, docs: None, gate: Gate::default(), external_id: None, span: None }
    }
}

impl Field {
    /// A field of a record.
    pub fn new(name: impl Into<String>, ty: impl Into<TypeRef>) -> Field {
        Field { name: name.into(), ty: ty.into(), docs: None, span: None }
    }
}

impl Case {
    /// A case of a variant.
    pub fn new(name: impl Into<String>, ty: Option<TypeRef>) -> Case {
        Case { name: name.into(), ty, docs: None, span: None }
    }
}

impl Label {
    /// A case of an `enum`, or a flag.
    pub fn new(name: impl Into<String>) -> Label {
        Label { name: name.into(), docs: None, span: None }
    }
}

impl Gate {
    /// A gate, `@since` or `@unstable`, and the version of `@deprecated`.
    #[must_use]
    pub fn new(stability: impl Into<Option<Stability>>, deprecated: Option<Version>) -> Gate {
        Gate { stability: stability.into(), deprecated }
    }
}

macro_rules! with_docs {
    ($($Def:ident)*) => {$(
        impl $Def {
            /// Sets the documentation.
            #[must_use]
            pub fn with_docs(mut self, docs: impl Into<Option<String>>) -> $Def {
                self.docs = docs.into();
                self
            }
        }
    )*};
}

macro_rules! with_gate {
    ($($Def:ident)*) => {$(
        impl $Def {
            /// Sets the gate.
            #[must_use]
            pub fn with_gate(mut self, gate: Gate) -> $Def {
                self.gate = gate;
                self
            }
        }
    )*};
}

with_docs!(Package World WorldItem Interface Func TypeDef Field Case Label);
with_gate!(World WorldItem Interface Func TypeDef);

impl From<Type> for TypeRef {
    fn from(ty: Type) -> TypeRef {
        TypeRef { ty, span: None }
    }
}
