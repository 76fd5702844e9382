//! Core modules and components for the imports of a component: found, compared, and made part of its plan.

use alloc::vec::Vec;

use super::Linker;
use super::provided::Definition;
use crate::component::plan::{ImportPath, Unresolved};
use crate::component::subtype::{self, TypeSource};
use crate::component::{Argument, Component, TypedModule};
use crate::engine::CoreEngine;
use crate::error::Error;
use crate::mismatch::{Direction, LinkProblem, Problem, Sort};
use crate::names::nearest;

/// Supplies a component with the core modules and components that it imports. If one is missing or differs, the component
/// stays as it is.
///
/// A supplied component may import core modules and components in turn, which are known only once it is part of the plan. So
/// this is repeated until no import is left, or a problem is found.
///
/// # Errors
/// When the component with its supplies exceeds a limit.
pub(super) fn supply<T: 'static, E: CoreEngine>(
    linker: &Linker<T, E>,
    component: &Component<E>,
) -> Result<(Component<E>, Vec<LinkProblem>), Error> {
    let mut component = component.clone();
    while !component.plan().unresolved.is_empty() {
        let mut supplies = Vec::new();
        let mut problems = Vec::new();
        for want in &component.plan().unresolved {
            match wanted(linker, want) {
                Ok((supply, ty)) => supplies.push((want.path.clone(), supply, ty)),
                Err(problem) => problems.push(link_problem(&want.path, problem)),
            }
        }
        compare(&component, &supplies, &mut problems)?;
        if !problems.is_empty() {
            return Ok((component, problems));
        }
        let supplies = supplies.into_iter().map(|(place, supply, _)| (place, supply)).collect();
        component = component.with_arguments(&linker.engine, supplies)?;
    }
    Ok((component, Vec::new()))
}

/// Compares the types of the supplies with those of the imports.
fn compare<E: CoreEngine>(
    component: &Component<E>,
    supplies: &[(ImportPath, Argument<E>, TypeSource)],
    problems: &mut Vec<LinkProblem>,
) -> Result<(), Error> {
    let Some(importer) = component.type_source(None) else { return Ok(()) };
    let sources: Vec<_> = supplies.iter().map(|(place, _, ty)| (place, ty)).collect();
    for ((place, supply, _), differs) in supplies.iter().zip(subtype::compare(&importer, &sources)?) {
        if let Some(message) = differs {
            let sort = match supply {
                Argument::Module(_) => Sort::Module,
                Argument::Component(_) => Sort::Component,
            };
            problems.push(link_problem(place, Problem::Structure { sort, message }));
        }
    }
    Ok(())
}

fn link_problem(place: &ImportPath, problem: Problem) -> LinkProblem {
    let (interface, name) = (place.interface(), Some(place.name().into()));
    LinkProblem { direction: Direction::Import, interface, name, problem }
}

fn wanted<T: 'static, E: CoreEngine>(
    linker: &Linker<T, E>,
    want: &Unresolved,
) -> Result<(Argument<E>, TypeSource), Problem> {
    let (interface, name) = (want.path.interface(), want.path.name());
    let definitions = match &interface {
        None => Some(&linker.root),
        Some(interface) => linker.find_instance(interface),
    };
    let missing =
        |names: &mut dyn Iterator<Item = &str>| Problem::Missing { sort: want.sort, nearest: nearest(names, name) };
    let Some(definitions) = definitions else { return Err(missing(&mut core::iter::empty())) };
    match definitions.items.get(name) {
        Some(Definition::Module(module)) if want.sort == Sort::Module => {
            let TypedModule { ty, .. } = module;
            Ok((Argument::Module(module.clone()), ty.clone()))
        }
        Some(Definition::Component(component)) if want.sort == Sort::Component => match component.type_source(None) {
            Some(ty) => Ok((Argument::Component(component.clone()), ty)),
            None => Err(missing(&mut core::iter::empty())),
        },
        Some(other) => Err(Problem::Sort { expected: want.sort, found: other.sort() }),
        None if linker.find_instance(&super::instance_path(interface.as_deref(), name)).is_some() => {
            Err(Problem::Sort { expected: want.sort, found: Sort::Instance })
        }
        None => Err(missing(&mut definitions.items.keys().map(|name| name.as_str()))),
    }
}
