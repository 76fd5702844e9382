//! Comparison of types at link time: those of components, and those of the Rust code generated for a world.
//!
//! Value types are equal or not (`Subtyping.md`). The caller decides which resources are the same.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use core::fmt::Display;

use crate::mismatch::Problem;
use crate::types::describe::{FuncText, TypeText, text};
use crate::types::shape::{FuncShape, Shape, Shaped};

/// Compares expected types with those that are found.
pub(crate) struct Comparison<R> {
    /// Whether an expected resource is the same as a found one.
    same_resource: R,
    /// Pairs that are known to be equal: a type may occur in others many times over.
    equal: BTreeSet<(u32, u32)>,
}

impl<R> Comparison<R> {
    pub(crate) fn new(same_resource: R) -> Comparison<R> {
        Comparison { same_resource, equal: BTreeSet::new() }
    }

    /// Compares function types.
    ///
    /// # Errors
    /// The first part that differs.
    pub(crate) fn func<'a, 'b, A: Shaped<'a>, B: Shaped<'b>>(
        &mut self,
        expected: &FuncShape<'a, A>,
        found: &FuncShape<'b, B>,
    ) -> Result<(), Problem>
    where
        R: FnMut(A::Resource, B::Resource) -> bool,
    {
        let (ours, theirs) = (expected.params.len(), found.params.len());
        let (Some(expects_async), Some(is_async)) = (expected.async_, found.async_) else {
            if ours != theirs {
                return Err(problem("number of parameters", &ours, &theirs));
            }
            return self.parts(expected, found);
        };
        if expects_async != is_async || ours != theirs {
            return Err(problem("", &FuncText(expected), &FuncText(found)));
        }
        self.parts(expected, found)
    }

    fn parts<'a, 'b, A: Shaped<'a>, B: Shaped<'b>>(
        &mut self,
        expected: &FuncShape<'a, A>,
        found: &FuncShape<'b, B>,
    ) -> Result<(), Problem>
    where
        R: FnMut(A::Resource, B::Resource) -> bool,
    {
        for (i, ((ours, a), (theirs, b))) in expected.params.iter().zip(&found.params).enumerate() {
            let mut part = format!("parameter {}", i + 1);
            if let (Some(ours), Some(theirs)) = (ours, theirs)
                && ours != theirs
            {
                return Err(problem(&part, &format_args!("`{ours}`"), &format_args!("`{theirs}`")));
            }
            if let Some(name) = ours.or(*theirs) {
                part += &format!(" `{name}`");
            }
            self.ty(*a, *b, &part)?;
        }
        match (expected.result, found.result) {
            (None, None) => Ok(()),
            (Some(a), Some(b)) => self.ty(a, b, "result"),
            (a, b) => {
                let none = || String::from("none");
                let ours = a.map_or_else(none, |ty| text(&TypeText(ty)));
                let theirs = b.map_or_else(none, |ty| text(&TypeText(ty)));
                Err(problem("result", &ours, &theirs))
            }
        }
    }

    /// Compares value types; `part` names the compared part in messages.
    ///
    /// # Errors
    /// The first part that differs.
    pub(crate) fn ty<'a, 'b, A: Shaped<'a>, B: Shaped<'b>>(
        &mut self,
        expected: A,
        found: B,
        part: &str,
    ) -> Result<(), Problem>
    where
        R: FnMut(A::Resource, B::Resource) -> bool,
    {
        let pair = expected.key().zip(found.key());
        if pair.is_some_and(|pair| self.equal.contains(&pair)) {
            return Ok(());
        }
        self.shapes(expected, found, part)?;
        self.equal.extend(pair);
        Ok(())
    }

    fn shapes<'a, 'b, A: Shaped<'a>, B: Shaped<'b>>(&mut self, expected: A, found: B, part: &str) -> Result<(), Problem>
    where
        R: FnMut(A::Resource, B::Resource) -> bool,
    {
        let differs = || Err(problem(part, &TypeText(expected), &TypeText(found)));
        let within = |inner: &dyn Display| if part.is_empty() { inner.to_string() } else { format!("{part}: {inner}") };
        match (expected.shape(), found.shape()) {
            (Shape::Scalar(a), Shape::Scalar(b)) if a == b => Ok(()),
            (Shape::String, Shape::String) | (Shape::ErrorContext, Shape::ErrorContext) => Ok(()),
            (Shape::List(a), Shape::List(b)) => self.ty(a, b, &within(&"element")),
            (Shape::FixedList(a, ours), Shape::FixedList(b, theirs)) if ours == theirs => {
                self.ty(a, b, &within(&"element"))
            }
            (Shape::Map(key, value), Shape::Map(other_key, other_value)) => {
                self.ty(key, other_key, &within(&"key"))?;
                self.ty(value, other_value, &within(&"value"))
            }
            (Shape::Tuple(a), Shape::Tuple(b)) if a.len() == b.len() => {
                let mut pairs = a.into_iter().zip(b).enumerate();
                pairs.try_for_each(|(i, (a, b))| self.ty(a, b, &within(&i)))
            }
            (Shape::Option(a), Shape::Option(b)) => self.ty(a, b, &within(&"some")),
            (Shape::Result(ok, err), Shape::Result(other_ok, other_err))
                if same_presence(&ok, &other_ok) && same_presence(&err, &other_err) =>
            {
                self.optional(ok, other_ok, &within(&"ok"))?;
                self.optional(err, other_err, &within(&"err"))
            }
            (Shape::Record(a), Shape::Record(b)) if names(&a).eq(names(&b)) => {
                let mut pairs = a.into_iter().zip(b);
                pairs.try_for_each(|((name, a), (_, b))| self.ty(a, b, &within(&format_args!("field `{name}`"))))
            }
            (Shape::Variant(a), Shape::Variant(b))
                if names(&a).eq(names(&b)) && a.iter().zip(&b).all(|((_, a), (_, b))| same_presence(a, b)) =>
            {
                let mut pairs = a.into_iter().zip(b);
                pairs.try_for_each(|((name, a), (_, b))| self.optional(a, b, &within(&format_args!("case `{name}`"))))
            }
            (Shape::Enum(a), Shape::Enum(b)) | (Shape::Flags(a), Shape::Flags(b)) if a == b => Ok(()),
            (Shape::Own(a), Shape::Own(b)) | (Shape::Borrow(a), Shape::Borrow(b)) => {
                if (self.same_resource)(a, b) {
                    return Ok(());
                }
                let (ours, theirs) = (text(&TypeText(expected)), text(&TypeText(found)));
                let theirs = if ours == theirs { format!("{theirs} of another resource type") } else { theirs };
                Err(problem(part, &ours, &theirs))
            }
            (Shape::Stream(a), Shape::Stream(b)) | (Shape::Future(a), Shape::Future(b)) if same_presence(&a, &b) => {
                self.optional(a, b, &within(&"element"))
            }
            _ => differs(),
        }
    }

    fn optional<'a, 'b, A: Shaped<'a>, B: Shaped<'b>>(
        &mut self,
        expected: Option<A>,
        found: Option<B>,
        part: &str,
    ) -> Result<(), Problem>
    where
        R: FnMut(A::Resource, B::Resource) -> bool,
    {
        expected.zip(found).map_or(Ok(()), |(a, b)| self.ty(a, b, part))
    }
}

fn same_presence<A, B>(a: &Option<A>, b: &Option<B>) -> bool {
    a.is_some() == b.is_some()
}

fn names<'s, T>(parts: &'s [(&'s str, T)]) -> impl Iterator<Item = &'s str> {
    parts.iter().map(|(name, _)| *name)
}

fn problem(part: &str, expected: &dyn Display, found: &dyn Display) -> Problem {
    Problem::Type { part: part.into(), expected: text(expected), found: text(found) }
}
