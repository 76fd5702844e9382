//! Equality of types and functions, and their first difference (`Explainer.md#type-checking`).
//!
//! Types are compared by their structure, resources by an identity that the caller decides.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::cell::RefCell;
use core::fmt;
use core::iter;
use core::mem::discriminant;

use crate::model::{Case, Field, Func, Model, Type, TypeDefKind, TypeId, TypeRef};
use crate::print::{kind_text, type_text};

/// Compares types of one Model with types of another.
pub(crate) struct Equality<'m> {
    /// The Model of the wanted types.
    pub(crate) wanted: &'m Model,
    /// The Model of the found types.
    pub(crate) found: &'m Model,
    /// Whether two resources are the same.
    pub(crate) same_resource: &'m dyn Fn(TypeId, TypeId) -> bool,
    /// The pairs of types that are taken for equal, because their differences have been reported.
    excused: RefCell<BTreeSet<(Type, Type)>>,
}

/// The place where two types or functions differ, and the two different parts.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Difference {
    /// The path to the difference: parameters, fields, cases.
    pub path: Vec<String>,
    /// The expected type or function.
    pub wanted: String,
    /// The found type or function.
    pub found: String,
}

/// Two types to compare, and the earlier step that they are parts of.
struct Step {
    wanted: Type,
    found: Type,
    part: String,
    of: Option<usize>,
}

/// The parts of two types in pairs, each pair with its name.
type Parts = Vec<(String, TypeRef, TypeRef)>;

impl<'m> Equality<'m> {
    pub(crate) fn new(
        wanted: &'m Model,
        found: &'m Model,
        same_resource: &'m dyn Fn(TypeId, TypeId) -> bool,
    ) -> Equality<'m> {
        Equality { wanted, found, same_resource, excused: RefCell::default() }
    }

    /// Treats two types as equal from now on.
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
            // The resource is a part of the name, which the caller compares.
            && discriminant(&wanted.kind) == discriminant(&found.kind);
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

    /// Compares two types. Named types nest deeply, so that the pairs to compare are kept in a list.
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
        // Of two types with one name, their forms say more.
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

    /// The parts of two types in pairs; `None` if the types differ themselves.
    fn parts(&self, wanted: Type, found: Type) -> Option<Parts> {
        let (Type::Id(wanted), Type::Id(found)) = (wanted, found) else {
            return (wanted == found).then(Vec::new);
        };
        let (a, b) = (&self.wanted.types[wanted].kind, &self.found.types[found].kind);
        let is_alike = match (a, b) {
            (TypeDefKind::Resource, TypeDefKind::Resource) => (self.same_resource)(wanted, found),
            (TypeDefKind::Record(_), TypeDefKind::Record(_))
            | (TypeDefKind::Enum(_), TypeDefKind::Enum(_))
            | (TypeDefKind::Flags(_), TypeDefKind::Flags(_)) => have_same_names(a, b),
            (TypeDefKind::Variant(one), TypeDefKind::Variant(other)) => {
                have_same_names(a, b) && one.iter().zip(other).all(|(a, b)| a.ty.is_some() == b.ty.is_some())
            }
            (TypeDefKind::Result(ok, err), TypeDefKind::Result(other_ok, other_err)) => {
                ok.is_some() == other_ok.is_some() && err.is_some() == other_err.is_some()
            }
            (TypeDefKind::List(_, length), TypeDefKind::List(_, other)) => length == other,
            (TypeDefKind::Tuple(_), TypeDefKind::Tuple(_))
            | (TypeDefKind::Future(_), TypeDefKind::Future(_))
            | (TypeDefKind::Stream(_), TypeDefKind::Stream(_)) => a.parts().count() == b.parts().count(),
            (TypeDefKind::Own(_), TypeDefKind::Own(_))
            | (TypeDefKind::Borrow(_), TypeDefKind::Borrow(_))
            | (TypeDefKind::Option(_), TypeDefKind::Option(_))
            | (TypeDefKind::Map(..), TypeDefKind::Map(..)) => true,
            (_, _) => false,
        };
        is_alike.then(|| part_names(a).zip(a.parts().zip(b.parts())).map(|(name, (a, b))| (name, a, b)).collect())
    }
}

fn have_same_names(a: &TypeDefKind, b: &TypeDefKind) -> bool {
    a.members().map(|member| member.name).eq(b.members().map(|member| member.name))
}

/// The names of a type's parts; empty for those without one.
fn part_names(kind: &TypeDefKind) -> impl Iterator<Item = String> {
    let (fields, cases): (&[Field], &[Case]) = if let TypeDefKind::Record(fields) = kind {
        (fields, &[])
    } else if let TypeDefKind::Variant(cases) = kind {
        (&[], cases)
    } else {
        (&[], &[])
    };
    let fields = fields.iter().map(|field| format!("field `{}`", field.name));
    let cases = cases.iter().filter(|case| case.ty.is_some()).map(|case| format!("case `{}`", case.name));
    fields.chain(cases).chain(iter::repeat(String::new()))
}

/// The form of a definition with the names of its members, the first ones of many.
fn shape(model: &Model, kind: &TypeDefKind) -> String {
    const SHOWN: usize = 8;
    let names: Vec<&str> = kind.members().map(|member| member.name).collect();
    if names.is_empty() {
        return kind_text(model, kind);
    }
    let more = if names.len() > SHOWN { ", …" } else { "" };
    format!("{} {{ {}{more} }}", kind_text(model, kind), names[..names.len().min(SHOWN)].join(", "))
}

impl Difference {
    /// The message, with names for the two sides.
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
