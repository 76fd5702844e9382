//! Linking: finds and compares every import of a component, once (`Explainer.md#instance-definitions`).

use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;

use once_cell::race::OnceBox;

use super::provided::Definition;
use super::supply::supply;
use super::{Definitions, Linker, instance_path};
use crate::component::Component;
use crate::component::plan::{ImportIndex, ImportItem, ImportedType, Plan};
use crate::engine::CoreEngine;
use crate::error::{Error, ErrorKind};
use crate::ids::Instance;
use crate::lifted::{NamedResource, NamedResources};
use crate::mismatch::{Direction, LinkProblem, Problem, Sort};
use crate::names::nearest;
use crate::store::AsContextMut;
use crate::store::linked::{Linked, LinkedFunc, ProvidedFunc, ProvidedResource};
use crate::types::ResourceSlot;
use crate::types::compare::Comparison;

/// A component whose imports have been found and compared. It can be instantiated any number of times.
pub struct InstancePre<T: 'static, E: CoreEngine> {
    linked: Arc<Linked<T, E>>,
}

impl<T: 'static, E: CoreEngine> InstancePre<T, E> {
    /// Instantiates the component.
    ///
    /// # Errors
    /// When a limit is reached, or a start function traps.
    #[doc(alias = "instantiate_async")]
    pub fn instantiate(&self, mut store: impl AsContextMut<Data = T, Engine = E>) -> Result<Instance, Error> {
        crate::instantiate::instantiate(&self.linked, store.as_context_mut())
    }

    /// The engine that the component was compiled for.
    #[must_use]
    pub fn engine(&self) -> &E {
        self.component().engine()
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
    let (component, problems) = &supply(linker, component)?;
    let plan = component.plan();
    if let Some(what) = plan.unsupported.first() {
        return Err(what.clone().into());
    }
    let mut linking = Linking {
        linker,
        plan,
        problems: problems.clone(),
        funcs: plan.import_funcs.iter().map(|_| None).collect(),
        resources: plan.resources.iter().map(|_| None).collect(),
        named: Vec::new(),
        equal: Vec::new(),
    };
    linking.items(Some(&linker.root), None, &plan.imports);
    linking.compare_funcs();
    linking.compare_types();
    if !linking.problems.is_empty() {
        return Err(ErrorKind::Link(linking.problems).into());
    }
    let linked = Linked {
        component: component.clone(),
        funcs: linking.funcs.into_iter().flatten().collect(),
        resources: linking.resources,
        named: linking.named,
        kept: OnceBox::new(),
    };
    Ok(InstancePre { linked: Arc::new(linked) })
}

struct Linking<'a, T: 'static, E: CoreEngine> {
    linker: &'a Linker<T, E>,
    plan: &'a Plan,
    problems: Vec<LinkProblem>,
    funcs: Vec<Option<LinkedFunc<T, E>>>,
    resources: Vec<Option<ProvidedResource<T, E>>>,
    named: Vec<NamedResource>,
    equal: Vec<EqualType<'a, T, E>>,
}

/// A type that must equal one which the component knows.
struct EqualType<'a, T, E: CoreEngine> {
    interface: Option<String>,
    name: String,
    known: ImportedType,
    found: &'a Definition<T, E>,
}

impl<'a, T: 'static, E: CoreEngine> Linking<'a, T, E> {
    /// Finds the imports of an instance, or of the component itself. `provided` is `None` if the linker has no such instance
    /// and need not have it, since only its types are imported.
    fn items(
        &mut self,
        provided: Option<&'a Definitions<T, E>>,
        interface: Option<&str>,
        items: &[(String, ImportItem)],
    ) {
        for (name, item) in items {
            let definition = provided.and_then(|provided| provided.items.get(name));
            match item {
                ImportItem::Instance(items) => self.instance(definition, &instance_path(interface, name), items),
                ImportItem::Func(_) | ImportItem::Resource(_) | ImportItem::Type(_) => {
                    let names = provided.into_iter().flat_map(|provided| provided.items.keys());
                    self.item(definition, (interface, name), item, names.map(String::as_str));
                }
                ImportItem::Definition => {}
            }
        }
    }

    fn instance(&mut self, definition: Option<&Definition<T, E>>, path: &str, items: &[(String, ImportItem)]) {
        let provided = self.linker.find_instance(path);
        match (provided, definition) {
            (None, Some(other)) => {
                self.problem(None, Some(path), Problem::Sort { expected: Sort::Instance, found: other.sort() });
            }
            (None, None) if needs_linker(items) => {
                let nearest = nearest(self.linker.instances.keys().map(String::as_str), path);
                self.problem(Some(path), None, Problem::Missing { sort: Sort::Instance, nearest });
            }
            (provided, _) => self.items(provided, Some(path), items),
        }
    }

    fn item<'n>(
        &mut self,
        definition: Option<&'a Definition<T, E>>,
        (interface, name): (Option<&str>, &str),
        item: &ImportItem,
        names: impl Iterator<Item = &'n str>,
    ) {
        let expected = match item {
            ImportItem::Func(_) => Sort::Func,
            ImportItem::Resource(_) => Sort::Resource,
            ImportItem::Type(_) => Sort::Type,
            ImportItem::Instance(_) | ImportItem::Definition => return,
        };
        match (definition, item) {
            (Some(Definition::Func(func)), ImportItem::Func(ImportIndex(index))) => {
                self.funcs[*index as usize] = Some(LinkedFunc { func: func.clone(), resources: Vec::new() });
            }
            (Some(Definition::Resource(resource)), ImportItem::Resource(slot)) => {
                self.resources[slot.0 as usize] = Some(resource.clone());
                self.named.extend(resource.desc().map(|desc| NamedResource { slot: *slot, desc }));
            }
            (Some(definition @ (Definition::Resource(_) | Definition::Type(_))), ImportItem::Type(ty)) => {
                let interface = interface.map(ToString::to_string);
                self.equal.push(EqualType { interface, name: name.into(), known: *ty, found: definition });
            }
            (Some(other), _) => {
                self.problem(interface, Some(name), Problem::Sort { expected, found: other.sort() });
            }
            // A type that equals one which the component knows need not be provided.
            (None, ImportItem::Type(_)) => {}
            (None, _) if self.linker.find_instance(&instance_path(interface, name)).is_some() => {
                self.problem(interface, Some(name), Problem::Sort { expected, found: Sort::Instance });
            }
            (None, _) => {
                self.problem(interface, Some(name), Problem::Missing { sort: expected, nearest: nearest(names, name) });
            }
        }
    }

    fn problem(&mut self, interface: Option<&str>, name: Option<&str>, problem: Problem) {
        let interface = interface.map(ToString::to_string);
        let name = name.map(ToString::to_string);
        self.problems.push(LinkProblem { direction: Direction::Import, interface, name, problem });
    }

    /// Compares the types of the functions that were found; the resources are all known by now.
    fn compare_funcs(&mut self) {
        let mut problems = Vec::new();
        let mut named = NamedResources(core::mem::take(&mut self.named));
        let known = named.0.len();
        for (import, linked) in self.plan.import_funcs.iter().zip(&mut self.funcs) {
            let Some(linked) = linked else { continue };
            let expected = self.plan.func_shape(import.ty);
            let resources = &self.resources;
            let compared = match &linked.func {
                ProvidedFunc::Host(func) => func.compare(&expected, resources, &mut named),
                ProvidedFunc::Guest(_, ty) => ty.compare(&expected, resources),
            };
            linked.resources = named.0.split_off(known);
            problems.extend(compared.err().map(|problem| (import, problem)));
        }
        self.named = named.0;
        for (import, problem) in problems {
            self.problem(import.interface.as_deref(), Some(&import.name), problem);
        }
    }

    /// Compares the types that were found with those that they must equal.
    fn compare_types(&mut self) {
        for EqualType { interface, name, known, found } in core::mem::take(&mut self.equal) {
            let compared = match (known, found) {
                (ImportedType::Resource(slot), Definition::Resource(resource)) => {
                    let known = self.resources[slot.0 as usize].as_ref();
                    if known.is_some_and(|known| known.is(resource)) { Ok(()) } else { Err(self.other_resource(slot)) }
                }
                (ImportedType::Val(ty), Definition::Type(found)) => {
                    let resources = &self.resources;
                    let same =
                        |ours: ResourceSlot, theirs| found.is_resource(theirs, resources[ours.0 as usize].as_ref());
                    Comparison::new(same).ty(self.plan.type_ref(ty), found.shape(), "")
                }
                (ImportedType::Resource(_), other) => {
                    Err(Problem::Sort { expected: Sort::Resource, found: other.sort() })
                }
                (ImportedType::Val(_) | ImportedType::Other, other) => {
                    Err(Problem::Sort { expected: Sort::Type, found: other.sort() })
                }
            };
            if let Err(problem) = compared {
                let problem = Problem::Structure { sort: Sort::Type, message: problem.to_string() };
                self.problem(interface.as_deref(), Some(&name), problem);
            }
        }
    }

    fn other_resource(&self, slot: ResourceSlot) -> Problem {
        Problem::Type {
            part: String::new(),
            expected: alloc::format!("the resource type `{}`", self.plan.resource_names[slot.0 as usize]),
            found: "another resource type".into(),
        }
    }
}

/// Whether an instance has anything that a linker provides: one of types alone needs none.
fn needs_linker(items: &[(String, ImportItem)]) -> bool {
    items.iter().any(|(_, item)| match item {
        ImportItem::Func(_) | ImportItem::Resource(_) => true,
        ImportItem::Instance(items) => needs_linker(items),
        ImportItem::Type(_) | ImportItem::Definition => false,
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
                    visit_items(Some(&instance_path(interface, name)), inner, visit);
                }
                ImportItem::Type(_) | ImportItem::Definition => {}
            }
        }
    }
    visit_items(None, &plan.imports, visit);
}
