//! The options that name parts of the world: the parts that they select, and errors for options that select nothing.

use proc_macro2::Ident;
use proc_macro2::TokenStream;
use witwright_front::Span;
use witwright_resolver::model::{InterfaceId, TypeId, TypeOwner};

use super::Build;
use crate::errors;
use crate::ir::names;
use crate::options::With;

impl<'a> Build<'a> {
    /// The name under which the root imports the module that replaces an imported interface. `None` if none does.
    pub(super) fn remapped_interface(&mut self, name: &str, id: InterfaceId, span: Option<Span>) -> Option<Ident> {
        match self.with(name) {
            Some(With::Path(path)) => return Some(self.remap(path)),
            Some(With::Generate) => return None,
            None => {}
        }
        let local = self.model.interfaces[id].package == self.world.package;
        if !local && !self.options.generate_all {
            self.errors.push(errors::missing_with(name, span));
        }
        None
    }

    /// The name under which the root imports the type that replaces an imported type. `None` if none does.
    pub(super) fn remapped_type(&mut self, id: TypeId) -> Option<Ident> {
        match self.with(&self.type_key(id)?)? {
            With::Path(path) => Some(self.remap(path)),
            With::Generate => None,
        }
    }

    fn remap(&mut self, path: &TokenStream) -> Ident {
        let alias = names::ident(&format!("__with_name{}", self.remapped.len()));
        self.remapped.push((alias.clone(), path.clone()));
        alias
    }

    /// Whether the options leave a function out.
    pub(super) fn skips(&mut self, extern_name: &str) -> bool {
        let skip = self.options.skip.iter().find(|skip| *skip == extern_name);
        self.used_skips.extend(skip.map(String::as_str));
        skip.is_some()
    }

    /// The name of a type in the option `with`: that of its interface or world, and its own.
    fn type_key(&self, id: TypeId) -> Option<String> {
        let ty = &self.model.types[id];
        let owner = match ty.owner? {
            TypeOwner::Interface(interface) => self.model.interface_name(interface)?,
            TypeOwner::World(world) => self.model.worlds[world].name.clone(),
        };
        Some(format!("{owner}/{}", ty.name.as_deref()?))
    }

    fn with(&mut self, key: &str) -> Option<&'a With> {
        let (key, with) = self.options.with.iter().find(|(candidate, _)| candidate == key)?;
        self.used_with.insert(key);
        Some(with)
    }

    /// Reports the keys of options that matched nothing.
    pub(super) fn check_options(&mut self) {
        let mut errors = Vec::new();
        for (key, _) in self.options.with.iter().filter(|(key, _)| !self.used_with.contains(key.as_str())) {
            let candidates = self.modules.iter().filter_map(|module| module.extern_name.as_deref());
            errors.push(errors::option_matches_nothing("with", key, "interfaces", candidates));
        }
        for key in self.options.skip.iter().filter(|key| !self.used_skips.contains(key.as_str())) {
            let funcs = self.modules.iter().flat_map(|module| &module.funcs);
            let candidates = funcs.map(|func| func.extern_name.as_str());
            errors.push(errors::option_matches_nothing("skip", key, "functions", candidates));
        }
        for key in &self.options.additional_derives_ignore {
            if !self.defs.iter().any(|def| def.wit_name == *key) {
                let candidates = self.defs.iter().map(|def| def.wit_name.as_str());
                errors.push(errors::option_matches_nothing("additional_derives_ignore", key, "types", candidates));
            }
        }
        self.errors.extend(errors);
    }
}
