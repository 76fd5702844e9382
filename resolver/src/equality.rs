//! Whether two types are the same, and where they differ if not (`Explainer.md#type-checking`): types are compared by what
//! they are made of, resources by an identity that the caller knows.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::cell::RefCell;
use core::fmt;

use crate::model::{Case, Field, Func, FuncKind, Label, Model, Type, TypeDefKind, TypeId, TypeRef};
use crate::print::{kind_text, type_text};

/// Compares types of one Model with types of another.
pub(crate) struct Equality<'m> {
    /// Where the types come from that are wanted.
    pub(crate) wanted: &'m Model,
    /// Where the types come from that are found.
    pub(crate) found: &'m Model,
    /// Whether two resources are one.
    pub(crate) same_resource: &'m dyn Fn(TypeId, TypeId) -> bool,
    /// Types of whose differences has been spoken.
    excused: RefCell<BTreeSet<(Type, Type)>>,
}

/// Where two types or functions differ.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// The way there: parameters, fields, cases.
    pub path: Vec<String>,
    /// What is wanted there.
    pub wanted: String,
    /// What is found there.
    pub found: String,
}

/// Two types that are to be compared, and what they are of those before.
struct Step {
    wanted: Type,
    found: Type,
    part: String,
    of: Option<usize>,
}

/// What two types that look alike consist of, in pairs.
type Parts = Vec<(String, TypeRef, TypeRef)>;

impl<'m> Equality<'m> {
    pub(crate) fn new(
        wanted: &'m Model,
        found: &'m Model,
        same_resource: &'m dyn Fn(TypeId, TypeId) -> bool,
    ) -> Equality<'m> {
        Equality { wanted, found, same_resource, excused: RefCell::default() }
    }

    /// From now on takes two types for the same.
    pub(crate) fn excuse(&self, wanted: Type, found: Type) {
        self.excused.borrow_mut().insert((self.wanted.dealias(wanted), self.found.dealias(found)));
    }

    /// Compares two functions: names of parameters, types, and whether they are `async`.
    pub(crate) fn funcs(&self, wanted: &Func, found: &Func) -> Result<(), Difference> {
        let shape = |model: &Model, func: &Func| {
            let keyword = if func.async_ { "async func" } else { "func" };
            let params: Vec<String> =
                func.params.iter().map(|param| format!("{}: {}", param.name, type_text(model, param.ty.ty))).collect();
            let result = func.result.map_or(String::new(), |ty| format!(" -> {}", type_text(model, ty.ty)));
            format!("{keyword}({}){result}", params.join(", "))
        };
        let names = |func: &Func| -> Vec<String> { func.params.iter().map(|param| param.name.clone()).collect() };
        let is_alike = wanted.async_ == found.async_
            && names(wanted) == names(found)
            && wanted.result.is_some() == found.result.is_some()
            && kind(wanted) == kind(found);
        if !is_alike {
            let (wanted, found) = (shape(self.wanted, wanted), shape(self.found, found));
            return Err(Difference { path: Vec::new(), wanted, found });
        }
        for (wanted, found) in wanted.params.iter().zip(&found.params) {
            self.types(wanted.ty.ty, found.ty.ty)
                .map_err(|difference| difference.in_part(format!("parameter `{}`", wanted.name)))?;
        }
        match (wanted.result, found.result) {
            (Some(wanted), Some(found)) => {
                self.types(wanted.ty, found.ty).map_err(|difference| difference.in_part("result".to_string()))
            }
            (None, _) | (_, None) => Ok(()),
        }
    }

    /// Compares two types. Types nest deeply by name: what is to be compared is kept in a list.
    pub(crate) fn types(&self, wanted: Type, found: Type) -> Result<(), Difference> {
        let mut steps = Vec::from([Step { wanted, found, part: String::new(), of: None }]);
        let mut seen = self.excused.borrow().clone();
        let mut next = 0;
        while next < steps.len() {
            let (wanted, found) = (self.wanted.dealias(steps[next].wanted), self.found.dealias(steps[next].found));
            if seen.insert((wanted, found)) {
                let Some(parts) = self.parts(wanted, found) else { return Err(self.difference(&steps, next)) };
                let parts = parts.into_iter();
                steps.extend(parts.map(|(part, a, b)| Step { wanted: a.ty, found: b.ty, part, of: Some(next) }));
            }
            next += 1;
        }
        Ok(())
    }

    fn difference(&self, steps: &[Step], at: usize) -> Difference {
        // Of two types that have one name, what they are says more.
        let text = |model: &Model, ty: Type| match (ty, model.dealias(ty)) {
            (Type::Id(id), Type::Id(definition)) if model.types[id].name.is_some() => {
                format!("{} ({})", type_text(model, ty), shape(model, &model.types[definition].kind))
            }
            (_, definition) => type_text(model, definition),
        };
        let mut path = Vec::new();
        let mut step = Some(at);
        while let Some(i) = step {
            if !steps[i].part.is_empty() {
                path.push(steps[i].part.clone());
            }
            step = steps[i].of;
        }
        path.reverse();
        let (wanted, mut found) = (text(self.wanted, steps[at].wanted), text(self.found, steps[at].found));
        // Only resources can look alike and differ.
        if wanted == found {
            found = "another resource of that name".to_string();
        }
        Difference { path, wanted, found }
    }

    /// What two types consist of, unless they differ at first sight.
    fn parts(&self, wanted: Type, found: Type) -> Option<Parts> {
        let (Type::Id(wanted), Type::Id(found)) = (wanted, found) else {
            return (wanted == found).then(Vec::new);
        };
        let unnamed = |wanted: &[&TypeRef], found: &[&TypeRef]| -> Option<Parts> {
            let parts = wanted.iter().zip(found).map(|(a, b)| (String::new(), **a, **b));
            (wanted.len() == found.len()).then(|| parts.collect())
        };
        match (&self.wanted.types[wanted].kind, &self.found.types[found].kind) {
            (TypeDefKind::Resource, TypeDefKind::Resource) => (self.same_resource)(wanted, found).then(Vec::new),
            (TypeDefKind::Own(a), TypeDefKind::Own(b)) | (TypeDefKind::Borrow(a), TypeDefKind::Borrow(b)) => {
                let handle = |id: TypeId| TypeRef { ty: Type::Id(id), span: None };
                Some(Vec::from([(String::new(), handle(*a), handle(*b))]))
            }
            (TypeDefKind::Record(a), TypeDefKind::Record(b)) => fields(a, b),
            (TypeDefKind::Variant(a), TypeDefKind::Variant(b)) => cases(a, b),
            (TypeDefKind::Enum(a), TypeDefKind::Enum(b)) | (TypeDefKind::Flags(a), TypeDefKind::Flags(b)) => {
                let names =
                    |labels: &'_ [Label]| -> Vec<String> { labels.iter().map(|label| label.name.clone()).collect() };
                (names(a) == names(b)).then(Vec::new)
            }
            (TypeDefKind::Tuple(a), TypeDefKind::Tuple(b)) => {
                unnamed(&a.iter().collect::<Vec<_>>(), &b.iter().collect::<Vec<_>>())
            }
            (TypeDefKind::List(a, n), TypeDefKind::List(b, m)) if n == m => unnamed(&[a], &[b]),
            (TypeDefKind::Option(a), TypeDefKind::Option(b)) => unnamed(&[a], &[b]),
            (TypeDefKind::Map(a, b), TypeDefKind::Map(c, d)) => unnamed(&[a, b], &[c, d]),
            (TypeDefKind::Result(a, b), TypeDefKind::Result(c, d)) => {
                let is_alike = a.is_some() == c.is_some() && b.is_some() == d.is_some();
                let (wanted, found) = ([a, b].into_iter().flatten(), [c, d].into_iter().flatten());
                unnamed(&wanted.collect::<Vec<_>>(), &found.collect::<Vec<_>>()).filter(|_| is_alike)
            }
            (TypeDefKind::Future(a), TypeDefKind::Future(b)) | (TypeDefKind::Stream(a), TypeDefKind::Stream(b)) => {
                unnamed(&a.iter().collect::<Vec<_>>(), &b.iter().collect::<Vec<_>>())
            }
            (_, _) => None,
        }
    }
}

fn fields(wanted: &[Field], found: &[Field]) -> Option<Parts> {
    let is_alike = wanted.len() == found.len() && wanted.iter().zip(found).all(|(a, b)| a.name == b.name);
    let parts = wanted.iter().zip(found).map(|(a, b)| (format!("field `{}`", a.name), a.ty, b.ty));
    is_alike.then(|| parts.collect())
}

fn cases(wanted: &[Case], found: &[Case]) -> Option<Parts> {
    let same = |(a, b): (&Case, &Case)| a.name == b.name && a.ty.is_some() == b.ty.is_some();
    let is_alike = wanted.len() == found.len() && wanted.iter().zip(found).all(same);
    let parts = wanted.iter().zip(found).filter_map(|(a, b)| Some((format!("case `{}`", a.name), a.ty?, b.ty?)));
    is_alike.then(|| parts.collect())
}

/// What a function is, without the resource that it belongs to: its name says that.
fn kind(func: &Func) -> u8 {
    match func.kind {
        FuncKind::Free => 0,
        FuncKind::Method(_) => 1,
        FuncKind::Static(_) => 2,
        FuncKind::Constructor(_) => 3,
    }
}

/// What a definition is, with the names of its parts, the first ones of many.
fn shape(model: &Model, kind: &TypeDefKind) -> String {
    const SHOWN: usize = 8;
    let names: Vec<&str> = match kind {
        TypeDefKind::Record(fields) => fields.iter().map(|field| field.name.as_str()).collect(),
        TypeDefKind::Variant(cases) => cases.iter().map(|case| case.name.as_str()).collect(),
        TypeDefKind::Enum(labels) | TypeDefKind::Flags(labels) => {
            labels.iter().map(|label| label.name.as_str()).collect()
        }
        TypeDefKind::Alias(_)
        | TypeDefKind::Resource
        | TypeDefKind::Own(_)
        | TypeDefKind::Borrow(_)
        | TypeDefKind::Tuple(_)
        | TypeDefKind::List(..)
        | TypeDefKind::Option(_)
        | TypeDefKind::Result(..)
        | TypeDefKind::Map(..)
        | TypeDefKind::Future(_)
        | TypeDefKind::Stream(_) => return kind_text(model, kind),
    };
    let more = if names.len() > SHOWN { ", …" } else { "" };
    format!("{} {{ {}{more} }}", kind_text(model, kind), names[..names.len().min(SHOWN)].join(", "))
}

impl Difference {
    /// The difference in words, with names for the two sides.
    #[must_use]
    pub fn between(&self, wanted: &str, found: &str) -> String {
        let path: String = self.path.iter().map(|part| format!("{part}: ")).collect();
        format!("{path}`{}` in {wanted}, `{}` in {found}", self.wanted, self.found)
    }

    fn in_part(mut self, part: String) -> Difference {
        self.path.insert(0, part);
        self
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.between("one", "the other"))
    }
}
