//! The exports of an instance, provided to other instances of its store.

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::provided::Definition;
use super::{Linker, instance_path};
use crate::component::plan::{ExportItem, FuncDef, LiftedIndex};
use crate::component::{Component, TypedModule};
use crate::engine::CoreEngine;
use crate::error::Error;
use crate::ids::{Func, Instance};
use crate::store::AsContextMut;
use crate::store::linked::{GuestType, ProvidedFunc, ProvidedResource};
use crate::store::state::Root;

impl<T: 'static, E: CoreEngine> Linker<T, E> {
    /// Provides all exports of an instance as one instance of this name: functions, resources, types, core modules,
    /// components, and instances of these. They replace earlier definitions under this name.
    ///
    /// They can be used by components that are instantiated in the store of the instance.
    ///
    /// # Errors
    /// When the instance belongs to another store.
    pub fn define_instance(
        &mut self,
        mut store: impl AsContextMut<Data = T, Engine = E>,
        name: &str,
        instance: Instance,
    ) -> Result<(), Error> {
        let cx = store.as_context_mut();
        let exporter = Exporter::new(cx.engine(), cx.state().instance(instance)?, instance);
        self.instances.remove(name);
        self.instances.entry(name.into()).or_default();
        let plan = exporter.component.plan();
        exporter.each(Some(name), &mut Vec::new(), &plan.exports, &mut |interface, name, definition| {
            let definitions = match interface {
                Some(interface) => self.instances.entry(interface.into()).or_default(),
                None => &mut self.root,
            };
            definitions.items.insert(name.into(), definition);
            Ok(())
        })
    }

    /// Provides the exports of an instance under their own names, so that a component which imports these names is given them:
    /// an interface `acme:text/render@1.3.0`, a function `run`.
    ///
    /// They can be used by components that are instantiated in the store of the instance.
    ///
    /// # Errors
    /// When the instance belongs to another store; when a name is taken, unless [shadowing](Self::allow_shadowing) is
    /// allowed.
    pub fn define_exports(
        &mut self,
        mut store: impl AsContextMut<Data = T, Engine = E>,
        instance: Instance,
    ) -> Result<(), Error> {
        let cx = store.as_context_mut();
        let exporter = Exporter::new(cx.engine(), cx.state().instance(instance)?, instance);
        let plan = exporter.component.plan();
        exporter.each(None, &mut Vec::new(), &plan.exports, &mut |interface, name, definition| {
            let mut linked = match interface {
                Some(interface) => self.instance(interface),
                None => self.root(),
            };
            linked.define(name, definition).map(|_| ())
        })
    }
}

/// An instance whose exports are provided.
struct Exporter<'a, T, E: CoreEngine> {
    engine: E,
    instance: Instance,
    component: Component<E>,
    root: &'a Root<T, E>,
    resources: Arc<[ProvidedResource<T, E>]>,
}

impl<'a, T: 'static, E: CoreEngine> Exporter<'a, T, E> {
    fn new(engine: &E, root: &'a Root<T, E>, instance: Instance) -> Self {
        let store = instance.store;
        let resource = |(linked, ty): (&Option<ProvidedResource<T, E>>, &_)| match linked {
            Some(provided) => provided.clone(),
            None => ProvidedResource::Guest { store, ty: *ty },
        };
        let resources = root.linked.resources.iter().zip(&root.resources).map(resource).collect();
        Exporter { engine: engine.clone(), instance, component: root.linked.component.clone(), root, resources }
    }

    /// Visits exports: the name of their instance in linkers, their own name, their definition.
    fn each(
        &self,
        interface: Option<&str>,
        path: &mut Vec<String>,
        items: &[(String, ExportItem)],
        visit: &mut impl FnMut(Option<&str>, &str, Definition<T, E>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        for (name, item) in items {
            path.push(name.clone());
            if let ExportItem::Instance(items) = item {
                self.each(Some(&instance_path(interface, name)), path, items, visit)?;
            } else if let Some(definition) = self.definition(item, path)? {
                visit(interface, name, definition)?;
            }
            path.pop();
        }
        Ok(())
    }

    fn definition(&self, item: &ExportItem, path: &[String]) -> Result<Option<Definition<T, E>>, Error> {
        Ok(Some(match item {
            ExportItem::Func(FuncDef::Lifted(LiftedIndex(index)), ty) => {
                let func = Func { store: self.instance.store, root: self.instance.root, index: *index };
                Definition::Func(ProvidedFunc::Guest(func, self.guest_type(*ty)))
            }
            ExportItem::Func(FuncDef::Import(import), ty) => {
                Definition::Func(match &self.root.linked.funcs[import.0 as usize].func {
                    ProvidedFunc::Host(func) => ProvidedFunc::Host(func.typed_as(self.guest_type(*ty))),
                    guest @ ProvidedFunc::Guest(..) => guest.clone(),
                })
            }
            ExportItem::Resource(slot) => Definition::Resource(self.resources[slot.0 as usize].clone()),
            ExportItem::Type(ty) => Definition::Type(self.guest_type(*ty)),
            ExportItem::Module(module) => {
                let Some(ty) = self.component.type_source(Some(path)) else { return Ok(None) };
                Definition::Module(TypedModule { module: self.component.module(*module).clone(), ty })
            }
            ExportItem::Component => match self.component.exported(&self.engine, path)? {
                Some(component) => Definition::Component(component),
                None => return Ok(None),
            },
            ExportItem::Instance(_) | ExportItem::Other => return Ok(None),
        }))
    }

    fn guest_type<I>(&self, ty: I) -> GuestType<T, E, I> {
        GuestType { component: self.component.clone(), resources: self.resources.clone(), ty }
    }
}
