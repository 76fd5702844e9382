//! Exports of instances: found by name, and compared with the types that a host expects.

use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;

use witwright_abi_runtime::desc::{FuncDesc, TypeDesc};

use crate::component::plan::{ExportItem, FuncDef, LiftedIndex};
use crate::engine::CoreEngine;
use crate::error::{Error, ErrorKind};
use crate::ids::{Func, Instance};
use crate::lifted::{Binding, NamedResources};
use crate::mismatch::{Direction, LinkProblem, Problem};
use crate::store::state::Root;
use crate::store::{AsContextMut, StoreContextMut};
use crate::types::compare::Comparison;
use crate::types::shape::FuncShape;

/// A function that an instance exports.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct ExportedFunc {
    /// The interface that it is in; `None` for a function of the world itself.
    pub interface: Option<String>,
    /// Its name.
    pub name: String,
    /// The function. [`Func::ty`] returns its type.
    pub func: Func,
}

impl Instance {
    /// An exported function, compared with the type that a world gives it: for generated code. An interface is found by name,
    /// or by a compatible version of it.
    ///
    /// # Errors
    /// When no such function is exported, or its type differs.
    #[doc(hidden)]
    pub fn typed_func(
        self,
        mut store: impl AsContextMut,
        interface: Option<&str>,
        desc: &'static FuncDesc,
    ) -> Result<Func, Error> {
        let mut cx = store.as_context_mut();
        let root = cx.state().instance(self)?;
        let problem = |problem: Problem| {
            let interface = interface.map(ToString::to_string);
            let name = (!problem.concerns_instance()).then(|| desc.name.to_string());
            Error::new(ErrorKind::Export(LinkProblem { direction: Direction::Export, interface, name, problem }))
        };
        let def = root.export(interface, desc.name).map_err(problem)?;
        let func = self.name_func(root, def);
        compare(&mut cx, func, &FuncShape::of_world(desc)).map_err(problem)?;
        Ok(func)
    }

    /// An exported function, by name. `None` if no such function is exported, or if the instance belongs to another store: use
    /// the store that it was instantiated in.
    #[doc(alias("get_func", "get_typed_func", "get_export", "get_export_index"))]
    pub fn func(self, mut store: impl AsContextMut, interface: Option<&str>, name: &str) -> Option<Func> {
        let cx = store.as_context_mut();
        let root = cx.state().instance(self).ok()?;
        let def = root.export(interface, name).ok()?;
        Some(self.name_func(root, def))
    }

    /// An exported core module, by name.
    #[doc(alias = "get_module")]
    pub fn module<C: AsContextMut>(
        self,
        mut store: C,
        interface: Option<&str>,
        name: &str,
    ) -> Option<<C::Engine as CoreEngine>::Module> {
        let cx = store.as_context_mut();
        let root = cx.state().instance(self).ok()?;
        match root.component().plan().export(interface, name).ok()? {
            ExportItem::Module(module) => Some(root.component().module(*module).clone()),
            ExportItem::Func(..)
            | ExportItem::Instance(_)
            | ExportItem::Resource(_)
            | ExportItem::Type(_)
            | ExportItem::Component
            | ExportItem::Other => None,
        }
    }

    /// All exported functions.
    ///
    /// # Errors
    /// When the instance belongs to another store.
    pub fn exports(self, mut store: impl AsContextMut) -> Result<Vec<ExportedFunc>, Error> {
        let cx = store.as_context_mut();
        let root = cx.state().instance(self)?;
        let plan = root.component().plan();
        let mut funcs = Vec::new();
        each_func(None, &plan.exports, &mut |interface, name, def| {
            let (interface, name) = (interface.map(ToString::to_string), name.into());
            funcs.push(ExportedFunc { interface, name, func: self.name_func(root, def) });
        });
        Ok(funcs)
    }

    fn name_func<T, E: CoreEngine>(self, root: &Root<T, E>, def: FuncDef) -> Func {
        match def {
            FuncDef::Lifted(LiftedIndex(index)) => Func { store: self.store, root: self.root, index },
            FuncDef::Import(import) => root.reexports[&import],
        }
    }
}

/// Visits exported functions: interface, name, definition.
fn each_func(
    interface: Option<&str>,
    items: &[(String, ExportItem)],
    visit: &mut impl FnMut(Option<&str>, &str, FuncDef),
) {
    for (name, item) in items {
        match item {
            ExportItem::Func(def, _) => visit(interface, name, *def),
            ExportItem::Instance(inner) => {
                let path = interface.map_or_else(|| name.clone(), |outer| alloc::format!("{outer}/{name}"));
                each_func(Some(&path), inner, visit);
            }
            ExportItem::Resource(_)
            | ExportItem::Type(_)
            | ExportItem::Module(_)
            | ExportItem::Component
            | ExportItem::Other => {}
        }
    }
}

/// Compares a function's type with the expected one, and remembers which resources the described ones are.
///
/// # Errors
/// The part that differs.
pub(crate) fn compare<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    func: Func,
    expected: &FuncShape<'static, &'static TypeDesc>,
) -> Result<(), Problem> {
    let Ok(data) = cx.state().func(func) else { return Ok(()) };
    let root = cx.state().root(data.root());
    let mut bindings: Vec<Binding> = data.bindings.as_deref().unwrap_or_default().to_vec();
    let mut named = NamedResources(root.linked.named.clone());
    let found = root.component().plan().func_shape(data.ty());
    Comparison::new(|desc, slot| named.is(slot, desc)).func(expected, &found)?;
    let more = named.0.split_off(root.linked.named.len());
    let root = data.root();
    for binding in cx.state_mut().root_mut(root).bind(&more).iter() {
        if !bindings.iter().any(|known| known.desc.is(binding.desc)) {
            bindings.push(*binding);
        }
    }
    let bindings: Option<Arc<[Binding]>> = (!bindings.is_empty()).then(|| bindings.into());
    if let Ok(data) = cx.state_mut().func_mut(func) {
        data.bindings = bindings;
    }
    Ok(())
}

impl<T, E: CoreEngine> Root<T, E> {
    /// An exported function.
    ///
    /// # Errors
    /// When there is none, or the export of this name is of another sort.
    fn export(&self, interface: Option<&str>, name: &str) -> Result<FuncDef, Problem> {
        self.component().plan().exported_func(interface, name).map(|(def, _)| def)
    }

    /// The names of a function for messages: of its interface, and its own.
    pub(crate) fn name_of(&self, func: Func) -> (Option<String>, Option<String>) {
        let mut found = (None, None);
        each_func(None, &self.component().plan().exports, &mut |interface, name, def| {
            let is_it = match def {
                FuncDef::Lifted(LiftedIndex(index)) => index == func.index,
                FuncDef::Import(import) => self.reexports.get(&import) == Some(&func),
            };
            if is_it {
                found = (interface.map(ToString::to_string), Some(name.into()));
            }
        });
        found
    }
}
