//! The linker: the definitions of the host, by name.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::future::Future;

use witwright_abi_runtime::transfer::{Lift, Lower};

use crate::call::import::{dynamic, dynamic_async, typed, typed_async};
use crate::component::subtype::TypeSource;
use crate::component::{Component, TypedModule};
use crate::engine::{CoreEngine, DefaultEngine};
use crate::error::{Error, ErrorKind, UnknownImport};
use crate::ids::Instance;
use crate::mismatch::{Direction, LinkProblem, Problem, Sort};
use crate::names::{find, nearest};
use crate::resource::HostResourceType;
use crate::store::linked::{ProvidedFunc, ProvidedResource};
use crate::store::{Access, AsContextMut, StoreContextMut};
use crate::types::reflect::FuncType;
use crate::val::Val;

mod exports;
mod generated;
mod name;
mod pre;
mod provided;
mod supply;

pub use pre::InstancePre;
use provided::Definition;

/// The definitions that a host provides to components, in instances or at the root: functions, resources, other types, core
/// modules and components.
pub struct Linker<T: 'static, E: CoreEngine = DefaultEngine> {
    engine: E,
    root: Definitions<T, E>,
    /// By name; that of an instance within an instance consists of both names.
    instances: BTreeMap<String, Definitions<T, E>>,
    shadowing: bool,
}

/// The definitions of one instance, or of the root.
pub(crate) struct Definitions<T: 'static, E: CoreEngine> {
    items: BTreeMap<String, Definition<T, E>>,
}

/// The name of an instance in a linker: its own, after that of the instance that contains it.
fn instance_path(outer: Option<&str>, name: &str) -> String {
    match outer {
        Some(outer) => format!("{outer}/{name}"),
        None => name.into(),
    }
}

/// An instance of a linker, or its root, to be filled.
pub struct LinkerInstance<'a, T: 'static, E: CoreEngine = DefaultEngine> {
    /// The name of its interface. `None` for the root.
    interface: Option<String>,
    definitions: &'a mut Definitions<T, E>,
    engine: &'a E,
    shadowing: bool,
}

/// A type that has a linker: a [`Linker`], or a type that wraps one.
pub trait AsLinker {
    /// The state of the stores that the linker serves.
    type State: 'static;
    /// The engine.
    type Engine: CoreEngine;

    /// The linker.
    fn as_linker(&mut self) -> &mut Linker<Self::State, Self::Engine>;
}

/// The part of a store's state that the host functions of an interface work on. `add_to_linker` takes a type that implements
/// this trait, for example [`HasSelf`] for the whole state.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not name a part of a store's state",
    label = "write `HasSelf<{Self}>` for the whole state, or implement `HasData` for a type that names a part",
    note = "host functions work on the whole state of a store, or on a part of it: `HasData`"
)]
pub trait HasData {
    /// The state of the store.
    type State: 'static;
    /// The part of the state, usually a reference to it.
    type Data<'a>;

    /// Borrows the part from the state.
    fn data(state: &mut Self::State) -> Self::Data<'_>;
}

/// The whole state of a store, as the part that host functions work on.
pub struct HasSelf<T>(core::marker::PhantomData<fn() -> T>);

impl<T: 'static> HasData for HasSelf<T> {
    type State = T;
    type Data<'a> = &'a mut T;

    fn data(state: &mut T) -> &mut T {
        state
    }
}

impl<T: 'static, E: CoreEngine> AsLinker for Linker<T, E> {
    type State = T;
    type Engine = E;

    fn as_linker(&mut self) -> &mut Linker<T, E> {
        self
    }
}

impl<L: AsLinker> AsLinker for &mut L {
    type State = L::State;
    type Engine = L::Engine;

    fn as_linker(&mut self) -> &mut Linker<L::State, L::Engine> {
        L::as_linker(self)
    }
}

impl<T: 'static, E: CoreEngine> Linker<T, E> {
    /// An empty linker.
    #[must_use]
    pub fn new(engine: &E) -> Linker<T, E> {
        Linker { engine: engine.clone(), root: Definitions::default(), instances: BTreeMap::new(), shadowing: false }
    }

    /// The engine that it serves.
    #[must_use]
    pub fn engine(&self) -> &E {
        &self.engine
    }

    /// Sets whether a name may be defined again; the later definition then replaces the earlier one. `false` at first.
    pub fn allow_shadowing(&mut self, allow: bool) -> &mut Self {
        self.shadowing = allow;
        self
    }

    /// The root, for the functions and types that worlds import outside of interfaces.
    pub fn root(&mut self) -> LinkerInstance<'_, T, E> {
        let Linker { engine, root, shadowing, .. } = self;
        LinkerInstance { interface: None, definitions: root, engine, shadowing: *shadowing }
    }

    /// The instance with the name of an interface, made if it does not exist. A name that no component can import is an error when
    /// something is defined in it.
    ///
    /// A component that imports a compatible version (`1.x` for `1.2.0`, `0.2.x` for `0.2.1`) is given this one if no instance
    /// has exactly its version.
    pub fn instance(&mut self, name: &str) -> LinkerInstance<'_, T, E> {
        let definitions = self.instances.entry(name.into()).or_default();
        LinkerInstance { interface: Some(name.into()), definitions, engine: &self.engine, shadowing: self.shadowing }
    }

    fn find_instance(&self, name: &str) -> Option<&Definitions<T, E>> {
        find(self.instances.iter().map(|(name, definitions)| (name.as_str(), definitions)), name)
    }

    /// Finds everything that a component imports, and compares all types, once for many instances.
    ///
    /// # Errors
    /// All imports that are missing or have another type, in one error; a feature that this host does not run; or a component that was
    /// compiled for another engine.
    pub fn instantiate_pre(&self, component: &Component<E>) -> Result<InstancePre<T, E>, Error> {
        component.check_engine(&self.engine, "linker")?;
        pre::link(self, component)
    }

    /// [`Linker::instantiate_pre`] and [`InstancePre::instantiate`] in one.
    ///
    /// # Errors
    /// The errors of both.
    #[doc(alias = "instantiate_async")]
    pub fn instantiate(
        &self,
        store: impl AsContextMut<Data = T, Engine = E>,
        component: &Component<E>,
    ) -> Result<Instance, Error> {
        self.instantiate_pre(component)?.instantiate(store)
    }

    /// Defines the functions and resources that a component imports and this linker does not provide.
    ///
    /// The functions fail when they are called; dropping the resources does nothing. Missing core modules and components stay
    /// missing.
    #[doc(alias = "define_unknown_imports_as_traps")]
    pub fn trap_unknown_imports(&mut self, component: &Component<E>) {
        pre::each_import(component.plan(), &mut |interface, name, is_func| {
            let known = match interface {
                None => Some(&self.root),
                Some(interface) => self.find_instance(interface),
            };
            if known.is_some_and(|definitions| definitions.items.contains_key(name)) {
                return;
            }
            // A compatible version that lacks the item stays as it is, and the item is provided beside it.
            let definitions = match interface {
                None => &mut self.root,
                Some(interface) => {
                    let key = find(self.instances.keys().map(|name| (name.as_str(), name.clone())), interface)
                        .unwrap_or_else(|| interface.to_string());
                    self.instances.entry(key).or_default()
                }
            };
            let unknown = UnknownImport { interface: interface.map(ToString::to_string), name: name.to_string() };
            let definition = if is_func {
                let trap =
                    move |_: StoreContextMut<'_, T, E>, _: &FuncType, _: &[Val]| Err(Error::host(unknown.clone()));
                Definition::Func(ProvidedFunc::Host(dynamic(trap)))
            } else {
                Definition::Resource(ProvidedResource::Host {
                    desc: None,
                    drop: Arc::new(|_, _| Ok(())),
                    drop_async: None,
                })
            };
            definitions.items.insert(name.into(), definition);
        });
    }
}

impl<T: 'static, E: CoreEngine> LinkerInstance<'_, T, E> {
    /// Provides a function of the Rust types `P`, the tuple of its parameters, and `R`, its result or `()`.
    ///
    /// An error of `f` ends the call as a trap does.
    ///
    /// # Errors
    /// When the name is taken, or is one that no component can import.
    pub fn func_wrap<P, R>(
        &mut self,
        name: &str,
        f: impl Fn(StoreContextMut<'_, T, E>, P) -> Result<R, Error> + Send + Sync + 'static,
    ) -> Result<&mut Self, Error>
    where
        P: Lift + 'static,
        R: Lower + 'static,
    {
        self.define(name, Definition::Func(ProvidedFunc::Host(typed::<T, E, P, R>(None, f))))
    }

    /// Provides a function that may wait: a future, which keeps an [`Access`] to the store and runs while the caller waits. Its
    /// types are as for [`LinkerInstance::func_wrap`].
    ///
    /// A caller that has lowered the function with `async` goes on meanwhile. The stack of any other caller is suspended; the
    /// future then runs in [`Store::run`](crate::Store::run) or [`Func::call_async`](crate::Func::call_async), or, with the feature
    /// `std`, on the thread that waits in [`Func::call`](crate::Func::call).
    ///
    /// # Errors
    /// When the name is taken, or is one that no component can import.
    #[doc(alias = "func_wrap_concurrent")]
    pub fn func_wrap_async<P, R, F>(
        &mut self,
        name: &str,
        f: impl Fn(Access<T, E>, P) -> F + Send + Sync + 'static,
    ) -> Result<&mut Self, Error>
    where
        T: Send,
        P: Lift + 'static,
        R: Lower + Send + 'static,
        F: Future<Output = Result<R, Error>> + Send + 'static,
    {
        self.define(name, Definition::Func(ProvidedFunc::Host(typed_async(None, f))))
    }

    /// Provides a function of any type: it takes and returns dynamic values. `f` gets the type of the component's import, so that one
    /// function can serve many.
    ///
    /// # Errors
    /// When the name is taken, or is one that no component can import.
    #[doc(alias = "func_new")]
    pub fn func_dynamic(
        &mut self,
        name: &str,
        f: impl Fn(StoreContextMut<'_, T, E>, &FuncType, &[Val]) -> Result<Option<Val>, Error> + Send + Sync + 'static,
    ) -> Result<&mut Self, Error> {
        self.define(name, Definition::Func(ProvidedFunc::Host(dynamic(f))))
    }

    /// Provides a function of any type that may wait, as [`LinkerInstance::func_wrap_async`]; its type and
    /// values are those of [`LinkerInstance::func_dynamic`].
    ///
    /// # Errors
    /// When the name is taken, or is one that no component can import.
    #[doc(alias("func_new_async", "func_new_concurrent"))]
    pub fn func_dynamic_async<F>(
        &mut self,
        name: &str,
        f: impl Fn(Access<T, E>, Arc<FuncType>, Vec<Val>) -> F + Send + Sync + 'static,
    ) -> Result<&mut Self, Error>
    where
        T: Send,
        F: Future<Output = Result<Option<Val>, Error>> + Send + 'static,
    {
        self.define(name, Definition::Func(ProvidedFunc::Host(dynamic_async(f))))
    }

    /// Provides a resource type that has no Rust type, for dynamic functions.
    ///
    /// # Errors
    /// When the name is taken, or is one that no component can import.
    pub fn resource_dynamic(&mut self, name: &str, ty: &HostResourceType<T, E>) -> Result<&mut Self, Error> {
        self.define(
            name,
            Definition::Resource(ProvidedResource::Host { desc: None, drop: ty.drop.clone(), drop_async: None }),
        )
    }

    /// Gives a resource type of this instance a second name: both names mean one type.
    ///
    /// # Errors
    /// If no resource has the name `other`, or `name` is taken.
    pub fn resource_alias(&mut self, name: &str, other: &str) -> Result<&mut Self, Error> {
        match self.definitions.items.get(other) {
            Some(definition @ Definition::Resource(_)) => {
                let definition = definition.clone();
                self.define(name, definition)
            }
            found => {
                let problem = match found {
                    Some(found) => Problem::Sort { expected: Sort::Resource, found: found.sort() },
                    None => {
                        let names = self.definitions.items.keys().map(String::as_str);
                        Problem::Missing { sort: Sort::Resource, nearest: nearest(names, other) }
                    }
                };
                let (interface, name) = (self.interface.clone(), Some(other.to_string()));
                let problem = LinkProblem { direction: Direction::Import, interface, name, problem };
                Err(ErrorKind::Link(alloc::vec![problem]).into())
            }
        }
    }

    /// Provides a core module.
    ///
    /// # Errors
    /// When it is not valid, the name is taken, or is one that no component can import.
    pub fn module(&mut self, name: &str, bytes: &[u8]) -> Result<&mut Self, Error> {
        let module = self.engine.compile(bytes)?;
        self.define(name, Definition::Module(TypedModule { module, ty: TypeSource::Module(bytes.into()) }))
    }

    /// Provides a component, for components that import it to instantiate.
    ///
    /// # Errors
    /// When it is not valid, the name is taken, or is one that no component can import.
    pub fn component(&mut self, name: &str, bytes: &[u8]) -> Result<&mut Self, Error> {
        let component = Component::with_source(self.engine, bytes)?;
        self.define(name, Definition::Component(component))
    }

    /// # Errors
    /// When the name is taken, or no component can import it or this instance.
    fn define(&mut self, name: &str, definition: Definition<T, E>) -> Result<&mut Self, Error> {
        self.interface.iter().try_for_each(|interface| name::check(interface))?;
        name::check(name)?;
        if !self.shadowing && self.definitions.items.contains_key(name) {
            return Err(ErrorKind::Duplicate { interface: self.interface.clone(), name: name.into() }.into());
        }
        self.definitions.items.insert(name.into(), definition);
        Ok(self)
    }
}

impl<T: 'static, E: CoreEngine> Default for Definitions<T, E> {
    fn default() -> Self {
        Definitions { items: BTreeMap::new() }
    }
}

impl<T: 'static, E: CoreEngine> Clone for Definitions<T, E> {
    fn clone(&self) -> Self {
        Definitions { items: self.items.clone() }
    }
}

impl<T: 'static, E: CoreEngine> Clone for Linker<T, E> {
    fn clone(&self) -> Self {
        Linker {
            engine: self.engine.clone(),
            root: self.root.clone(),
            instances: self.instances.clone(),
            shadowing: self.shadowing,
        }
    }
}
