//! Linking: every import of a component is found and compared, once (`Explainer.md#instance-definitions`).

use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;

use witwright_abi_runtime::desc::ResourceDesc;

use super::{COMPONENT, Definition, Definitions, Linker, MODULE, find, nearest};
use crate::call::import::HostFunc;
use crate::component::plan::{ImportIndex, ImportItem, Plan, Want};
use crate::component::{Component, Place, Supply};
use crate::engine::CoreEngine;
use crate::error::{Error, ErrorKind};
use crate::instance::Instance;
use crate::mismatch::{Direction, LinkProblem, Problem};
use crate::state::{HostDestructor, HostNamed, ResourceType};
use crate::store::AsContextMut;
use crate::types::ResourceSlot;
use crate::types::compare::{Comparison, Expected};

/// A component with all that it imports, ready to be instantiated any number of times.
pub struct InstancePre<T: 'static, E: CoreEngine> {
    linked: Arc<Linked<T, E>>,
}

/// What linking found.
pub(crate) struct Linked<T: 'static, E: CoreEngine> {
    pub(crate) component: Component<E>,
    /// The imported functions, in the order of the plan.
    pub(crate) funcs: Vec<LinkedFunc<T, E>>,
    /// The imported resources, by slot; nothing for those that the component defines.
    pub(crate) resources: Vec<Option<LinkedResource<T, E>>>,
    /// The described resources among them.
    pub(crate) named: Vec<HostNamed>,
}

/// An imported resource.
pub(crate) enum LinkedResource<T: 'static, E: CoreEngine> {
    /// Defined by the host; how it ends.
    Host(Arc<HostDestructor<T, E>>),
    /// Defined by an instance of the store with this number.
    Guest { store: u32, ty: ResourceType },
}

/// A host function, and which resources of the component those of its type are.
pub(crate) struct LinkedFunc<T: 'static, E: CoreEngine> {
    pub(crate) func: HostFunc<T, E>,
    pub(crate) bound: Vec<(&'static ResourceDesc, ResourceSlot)>,
}

impl<T: 'static, E: CoreEngine> InstancePre<T, E> {
    /// Makes an instance.
    ///
    /// # Errors
    /// When a limit is reached, or a start function traps.
    pub fn instantiate(&self, mut store: impl AsContextMut<Data = T, Engine = E>) -> Result<Instance, Error> {
        crate::instantiate::instantiate(&self.linked, store.as_context_mut())
    }

    /// The component.
    #[must_use]
    pub fn component(&self) -> &Component<E> {
        &self.linked.component
    }
}

impl<T: 'static, E: CoreEngine> Clone for InstancePre<T, E> {
    fn clone(&self) -> Self {
        InstancePre { linked: self.linked.clone() }
    }
}

/// Links a component.
///
/// # Errors
/// All problems, in one error.
pub(super) fn link<T: 'static, E: CoreEngine>(
    linker: &Linker<T, E>,
    component: &Component<E>,
) -> Result<InstancePre<T, E>, Error> {
    let (component, missing) = &supply(linker, component)?;
    let plan = component.plan();
    if let Some(what) = plan.unsupported.first() {
        return Err(what.clone().into());
    }
    let mut linking = Linking {
        plan,
        problems: missing.clone(),
        funcs: plan.import_funcs.iter().map(|_| None).collect(),
        resources: plan.resources.iter().map(|_| None).collect(),
        named: Vec::new(),
    };
    for (name, item) in &plan.imports {
        linking.root_item(linker, name, item);
    }
    linking.compare();
    if !linking.problems.is_empty() {
        return Err(ErrorKind::Link(linking.problems).into());
    }
    let linked = Linked {
        component: component.clone(),
        funcs: linking.funcs.into_iter().flatten().collect(),
        resources: linking.resources,
        named: linking.named,
    };
    Ok(InstancePre { linked: Arc::new(linked) })
}

/// Gives a component the core modules and components that it imports.
///
/// What an instance of a component that is supplied exports is known only then, so this goes on until nothing is wanted, or
/// something is missing.
fn supply<T: 'static, E: CoreEngine>(
    linker: &Linker<T, E>,
    component: &Component<E>,
) -> Result<(Component<E>, Vec<LinkProblem>), Error> {
    let mut component = component.clone();
    let mut supplies: Vec<(Place, Supply<E>)> = Vec::new();
    while !component.plan().wants.is_empty() {
        let mut problems = Vec::new();
        for want in &component.plan().wants {
            match wanted(linker, want) {
                Ok(supply) => supplies.push(((want.interface.clone(), want.name.clone()), supply)),
                Err(problem) => problems.push(LinkProblem {
                    direction: Direction::Import,
                    interface: want.interface.clone(),
                    name: Some(want.name.clone()),
                    problem,
                }),
            }
        }
        if !problems.is_empty() {
            return Ok((component, problems));
        }
        component = component.supplied(&linker.engine, &supplies)?;
    }
    Ok((component, Vec::new()))
}

fn wanted<T: 'static, E: CoreEngine>(linker: &Linker<T, E>, want: &Want) -> Result<Supply<E>, Problem> {
    let definitions = match &want.interface {
        None => Some(&linker.root),
        Some(interface) => {
            find(linker.instances.iter().map(|(name, definitions)| (name.as_str(), definitions)), interface)
        }
    };
    let items = definitions.map(|definitions| &definitions.items);
    match items.and_then(|items| items.get(&want.name)) {
        Some(Definition::Module(module)) if want.sort == MODULE => Ok(Supply::Module(module.clone())),
        Some(Definition::Component(bytes)) if want.sort == COMPONENT => Ok(Supply::Component(bytes.clone())),
        Some(other) => Err(Problem::Sort { expected: want.sort, found: other.sort() }),
        None => {
            let names = items.into_iter().flatten().map(|(name, _)| name.as_str());
            Err(Problem::Missing { sort: want.sort, nearest: nearest(names, &want.name) })
        }
    }
}

struct Linking<'a, T: 'static, E: CoreEngine> {
    plan: &'a Plan,
    problems: Vec<LinkProblem>,
    funcs: Vec<Option<LinkedFunc<T, E>>>,
    resources: Vec<Option<LinkedResource<T, E>>>,
    named: Vec<HostNamed>,
}

impl<T: 'static, E: CoreEngine> Linking<'_, T, E> {
    fn root_item(&mut self, linker: &Linker<T, E>, name: &str, item: &ImportItem) {
        match item {
            ImportItem::Instance(items) if needs_linker(items) => {
                self.instance(linker, name, items);
            }
            ImportItem::Instance(_) | ImportItem::Type | ImportItem::Supplied => {}
            ImportItem::Func(_) | ImportItem::Resource(_) => self.item(&linker.root, None, name, item),
        }
    }

    fn instance(&mut self, linker: &Linker<T, E>, name: &str, items: &[(String, ImportItem)]) {
        let instances = linker.instances.iter().map(|(name, definitions)| (name.as_str(), definitions));
        let Some(definitions) = find(instances, name) else {
            let nearest = nearest(linker.instances.keys().map(String::as_str), name);
            self.problem(Some(name), None, Problem::Missing { sort: "instance", nearest });
            return;
        };
        for (item_name, item) in items {
            match item {
                // An instance within an instance goes by the names of both.
                ImportItem::Instance(inner) if needs_linker(inner) => {
                    self.instance(linker, &alloc::format!("{name}/{item_name}"), inner);
                }
                ImportItem::Instance(_) | ImportItem::Type | ImportItem::Supplied => {}
                ImportItem::Func(_) | ImportItem::Resource(_) => {
                    self.item(definitions, Some(name), item_name, item);
                }
            }
        }
    }

    fn item(&mut self, definitions: &Definitions<T, E>, interface: Option<&str>, name: &str, item: &ImportItem) {
        let expected = match item {
            ImportItem::Func(_) => "func",
            ImportItem::Resource(_) => "resource",
            ImportItem::Instance(_) | ImportItem::Type | ImportItem::Supplied => return,
        };
        match (definitions.items.get(name), item) {
            (Some(Definition::Func(func)), ImportItem::Func(ImportIndex(index))) => {
                self.funcs[*index as usize] = Some(LinkedFunc { func: func.clone(), bound: Vec::new() });
            }
            (Some(Definition::Resource { desc, drop }), ImportItem::Resource(slot)) => {
                self.resources[slot.0 as usize] = Some(LinkedResource::Host(drop.clone()));
                self.named.extend(desc.map(|desc| HostNamed { slot: *slot, desc }));
            }
            (Some(Definition::GuestResource { store, ty }), ImportItem::Resource(slot)) => {
                self.resources[slot.0 as usize] = Some(LinkedResource::Guest { store: *store, ty: *ty });
            }
            (Some(other), _) => {
                let problem = Problem::Sort { expected, found: other.sort() };
                self.problem(interface, Some(name), problem);
            }
            (None, _) => {
                let nearest = nearest(definitions.items.keys().map(String::as_str), name);
                self.problem(interface, Some(name), Problem::Missing { sort: expected, nearest });
            }
        }
    }

    fn problem(&mut self, interface: Option<&str>, name: Option<&str>, problem: Problem) {
        self.problems.push(LinkProblem {
            direction: Direction::Import,
            interface: interface.map(ToString::to_string),
            name: name.map(ToString::to_string),
            problem,
        });
    }

    /// Compares the types of the functions that were found; the resources are all known by now.
    fn compare(&mut self) {
        let known: Vec<_> = self.named.iter().map(|named| (named.desc, named.slot)).collect();
        for (index, import) in self.plan.import_funcs.iter().enumerate() {
            let Some(linked) = &mut self.funcs[index] else { continue };
            let mut comparison =
                Comparison { types: &self.plan.types, resource_names: &self.plan.resource_names, bound: known.clone() };
            match linked.func.compare(&mut comparison, import.ty, Expected::Component) {
                Ok(()) => linked.bound = comparison.bound,
                Err(problem) => self.problems.push(LinkProblem {
                    direction: Direction::Import,
                    interface: import.interface.clone(),
                    name: Some(import.name.clone()),
                    problem,
                }),
            }
        }
    }
}

/// Whether an instance has anything that a linker provides: one of types alone needs none.
fn needs_linker(items: &[(String, ImportItem)]) -> bool {
    items.iter().any(|(_, item)| match item {
        ImportItem::Func(_) | ImportItem::Resource(_) => true,
        ImportItem::Instance(items) => needs_linker(items),
        ImportItem::Type | ImportItem::Supplied => false,
    })
}

/// Visits the functions and resources that a plan imports: interface, name, whether it is a function.
pub(super) fn each_import(plan: &Plan, visit: &mut impl FnMut(Option<&str>, &str, bool)) {
    fn visit_items(
        interface: Option<&str>,
        items: &[(String, ImportItem)],
        visit: &mut impl FnMut(Option<&str>, &str, bool),
    ) {
        for (name, item) in items {
            match item {
                ImportItem::Func(_) => visit(interface, name, true),
                ImportItem::Resource(_) => visit(interface, name, false),
                ImportItem::Instance(inner) => {
                    let path = match interface {
                        Some(outer) => alloc::format!("{outer}/{name}"),
                        None => name.clone(),
                    };
                    visit_items(Some(&path), inner, visit);
                }
                ImportItem::Type | ImportItem::Supplied => {}
            }
        }
    }
    visit_items(None, &plan.imports, visit);
}
