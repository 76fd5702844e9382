//! Instances for instances: the exports of one, provided to others of the same store.

use alloc::format;
use alloc::string::String;

use super::{Definition, Definitions, Linker};
use crate::call::import::dynamic;
use crate::component::Component;
use crate::component::plan::{ExportItem, FuncDef, LiftedIndex};
use crate::engine::CoreEngine;
use crate::error::Error;
use crate::instance::{Func, Instance};
use crate::state::Root;
use crate::store::AsContextMut;

impl<T: 'static, E: CoreEngine> Linker<T, E> {
    /// Provides the exports of an instance, under a name: functions, resources, core modules, and instances of these.
    /// What has been provided under the name is replaced.
    ///
    /// They serve components that are instantiated in the store of the instance.
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
        let root = cx.state().instance(instance)?;
        let component = root.component.clone();
        self.exports(name, &component.plan().exports, &component, root, instance.store);
        Ok(())
    }

    fn exports(
        &mut self,
        name: &str,
        items: &[(String, ExportItem)],
        component: &Component<E>,
        root: &Root<E>,
        store: u32,
    ) {
        let mut definitions = Definitions::default();
        for (item_name, item) in items {
            let definition = match item {
                ExportItem::Func(FuncDef::Lifted(LiftedIndex(index)), _) => {
                    let func = Func { store, index: root.first_func + index };
                    Definition::Func(dynamic(move |cx, params| func.call(cx, params)))
                }
                ExportItem::Resource(slot) => Definition::GuestResource { store, ty: root.resources[slot.0 as usize] },
                ExportItem::Module(module) => Definition::Module(component.module(*module).clone()),
                ExportItem::Instance(items) => {
                    self.exports(&format!("{name}/{item_name}"), items, component, root, store);
                    continue;
                }
                ExportItem::Func(FuncDef::Import(_), _) | ExportItem::Type | ExportItem::Other => continue,
            };
            definitions.items.insert(item_name.clone(), definition);
        }
        self.instances.insert(name.into(), definitions);
    }
}
