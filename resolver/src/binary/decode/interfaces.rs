//! Instance types → interfaces, as a component type sees them.
//!
//! A binary may have many views of an interface, of all or some of its items. The first view makes the interface; later
//! ones add missing items and map their types to the existing ones.

use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use wasmparser::component_types::{ComponentEntityType, ComponentItem};

use super::Decoder;
use super::error::{DecodeError, Inexpressible};
use crate::model::{Gate, Interface, InterfaceId, Package, PackageId, PackageName, TypeOwner};

impl Decoder<'_> {
    /// The package of this name, which is added unless it exists.
    pub(super) fn package(&mut self, name: PackageName) -> PackageId {
        if let Some(&id) = self.packages.get(&name) {
            return id;
        }
        let id = self.model.packages.add(Package {
            name: name.clone(),
            docs: None,
            interfaces: Vec::new(),
            worlds: Vec::new(),
            span: None,
        });
        self.packages.insert(name, id);
        id
    }

    /// The interface of this qualified name, which is added unless it exists.
    pub(super) fn named_interface(&mut self, qualified: &str) -> Result<InterfaceId, DecodeError> {
        if let Some(&id) = self.interfaces.get(qualified) {
            return Ok(id);
        }
        let (package, name) = self.qualified_name(qualified)?;
        let package = self.package(package);
        let id = self.new_interface(Some(name), package);
        self.model.packages[package].interfaces.push(id);
        self.interfaces.insert(qualified.to_string(), id);
        Ok(id)
    }

    pub(super) fn new_interface(&mut self, name: Option<String>, package: PackageId) -> InterfaceId {
        self.model.interfaces.add(Interface {
            name,
            package,
            docs: None,
            gate: Gate::default(),
            types: Vec::new(),
            funcs: Vec::new(),
            span: None,
        })
    }

    /// Parses `ns:package/name@version`; with nested namespaces, the last colon and the last slash count.
    pub(super) fn qualified_name(&self, qualified: &str) -> Result<(PackageName, String), DecodeError> {
        let parse = || {
            let (path, version) = match qualified.split_once('@') {
                Some((path, version)) => (path, Some(semver::Version::parse(version).ok()?)),
                None => (qualified, None),
            };
            let (package, name) = path.rsplit_once('/')?;
            let (namespace, package) = package.rsplit_once(':')?;
            let package = PackageName { namespace: namespace.to_string(), name: package.to_string(), version };
            Some((package, name.to_string()))
        };
        parse().ok_or_else(|| self.inexpressible(qualified, Inexpressible::Name))
    }

    /// Adds the items of an instance type to its interface.
    pub(super) fn view(&mut self, id: InterfaceId, name: &str, item: &ComponentItem) -> Result<(), DecodeError> {
        let ComponentEntityType::Instance(instance) = item.ty else {
            return Err(self.inexpressible(name, Inexpressible::InterfaceItem));
        };
        let types = self.types;
        let owner = TypeOwner::Interface(id);
        let known: BTreeSet<String> =
            self.model.interfaces[id].funcs.iter().map(|func| func.extern_name(&self.model)).collect();
        for (name, item) in &types[instance].exports {
            match item.ty {
                ComponentEntityType::Type { created, .. } => {
                    match self.names.get(&(owner, name.to_string())) {
                        Some(&there) => {
                            self.defined.insert(created, there);
                        }
                        None => {
                            let ty = self.named_type(name, item, owner)?;
                            self.model.interfaces[id].types.push(ty);
                        }
                    };
                }
                ComponentEntityType::Func(ty) => {
                    if !known.contains(name) {
                        let func = self.func(name, item, ty, owner)?;
                        self.model.interfaces[id].funcs.push(func);
                    }
                }
                ComponentEntityType::Module(_)
                | ComponentEntityType::Value(_)
                | ComponentEntityType::Instance(_)
                | ComponentEntityType::Component(_) => {
                    return Err(self.inexpressible(name, Inexpressible::InterfaceItem));
                }
            }
        }
        Ok(())
    }
}
