//! The names of packages, interfaces, functions and items of worlds in a component
//! (`Explainer.md#import-and-export-definitions`).

use alloc::format;
use alloc::string::String;
use core::fmt;

use super::{
    Accessor, Direction, Func, FuncKind, InterfaceId, Model, PackageName, TypeId, WorldItem, WorldItemKind, WorldKey,
};

impl Func {
    /// The name in a component: `f`, `[method]r.f`, `[static]r.f` or `[constructor]r`; an accessor's has `[get]`
    /// or `[set]` before the names.
    #[must_use]
    pub fn extern_name(&self, model: &Model) -> String {
        let resource = |id: TypeId| model.types[id].name.as_deref().unwrap_or_default();
        let accessor = match self.accessor {
            None => "",
            Some(Accessor::Get) => "[get]",
            Some(Accessor::Set) => "[set]",
        };
        match self.kind {
            FuncKind::Free => format!("{accessor}{}", self.name),
            FuncKind::Method(r) => format!("[method]{accessor}{}.{}", resource(r), self.name),
            FuncKind::Static(r) => format!("[static]{accessor}{}.{}", resource(r), self.name),
            FuncKind::Constructor(r) => format!("[constructor]{}", resource(r)),
        }
    }
}

impl Model {
    /// The name of an interface in a component, `ns:package/interface@version`; `None` for one written in place.
    #[must_use]
    pub fn interface_name(&self, id: InterfaceId) -> Option<String> {
        let interface = &self.interfaces[id];
        Some(self.packages[interface.package].name.qualify(interface.name.as_deref()?))
    }

    /// The name of an import or export in its world.
    #[must_use]
    pub fn key_name(&self, key: &WorldKey) -> String {
        match key {
            WorldKey::Name(name) => name.clone(),
            WorldKey::Interface(id) => self.interface_name(*id).unwrap_or_default(),
        }
    }

    /// The name of an import or export in a component.
    #[must_use]
    pub fn item_name(&self, item: &WorldItem) -> String {
        match &item.kind {
            WorldItemKind::Func(func) => func.extern_name(self),
            WorldItemKind::Interface { .. } | WorldItemKind::Type(_) => self.key_name(&item.key),
        }
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Direction::Import => "import",
            Direction::Export => "export",
        })
    }
}

impl PackageName {
    /// The name of an interface or a world of this package: `ns:package/name@version`.
    #[must_use]
    pub fn qualify(&self, name: &str) -> String {
        match &self.version {
            Some(version) => format!("{}:{}/{name}@{version}", self.namespace, self.name),
            None => format!("{}:{}/{name}", self.namespace, self.name),
        }
    }
}

impl fmt::Display for PackageName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.namespace, self.name)?;
        if let Some(version) = &self.version {
            write!(f, "@{version}")?;
        }
        Ok(())
    }
}
