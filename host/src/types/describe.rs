//! Types as text, in the words of WIT: for errors.

use alloc::string::String;
use core::fmt::{self, Display, Write};

use crate::types::shape::{FuncShape, Shape, Shaped};

/// The longest text of a type in bytes: a few definitions can describe an endless one.
const MAX_BYTES: usize = 2_000;

/// A type as text, cut off where it gets too long.
pub(crate) fn text(ty: &dyn Display) -> String {
    struct Bounded(String);

    impl Write for Bounded {
        fn write_str(&mut self, part: &str) -> fmt::Result {
            if self.0.len() + part.len() > MAX_BYTES {
                return Err(fmt::Error);
            }
            self.0.push_str(part);
            Ok(())
        }
    }

    let mut bounded = Bounded(String::new());
    if write!(bounded, "{ty}").is_err() {
        bounded.0.push('…');
    }
    bounded.0
}

/// A value type as text.
pub(crate) struct TypeText<T>(pub(crate) T);

impl<'a, T: Shaped<'a>> Display for TypeText<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let resource = |resource| self.0.resource_name(resource);
        match self.0.shape() {
            Shape::Scalar(scalar) => f.write_str(scalar.name()),
            Shape::String => f.write_str("string"),
            Shape::ErrorContext => f.write_str("error-context"),
            Shape::List(ty) => write!(f, "list<{}>", TypeText(ty)),
            Shape::FixedList(ty, len) => write!(f, "list<{}, {len}>", TypeText(ty)),
            Shape::Map(key, value) => write!(f, "map<{}, {}>", TypeText(key), TypeText(value)),
            Shape::Tuple(types) => bracketed(f, "tuple<", types.into_iter().map(TypeText), ">"),
            Shape::Option(ty) => write!(f, "option<{}>", TypeText(ty)),
            Shape::Result(ok, err) => result(f, ok.map(TypeText), err.map(TypeText)),
            Shape::Record(fields) => {
                let fields = fields.into_iter().map(|(name, ty)| Field(name, TypeText(ty)));
                bracketed(f, "record { ", fields, " }")
            }
            Shape::Variant(cases) => {
                let cases = cases.into_iter().map(|(name, ty)| Case(name, ty.map(TypeText)));
                bracketed(f, "variant { ", cases, " }")
            }
            Shape::Enum(labels) => bracketed(f, "enum { ", labels.into_iter(), " }"),
            Shape::Flags(labels) => bracketed(f, "flags { ", labels.into_iter(), " }"),
            Shape::Own(of) => write!(f, "own<{}>", resource(of)),
            Shape::Borrow(of) => write!(f, "borrow<{}>", resource(of)),
            Shape::Stream(ty) => generic(f, "stream", ty.map(TypeText)),
            Shape::Future(ty) => generic(f, "future", ty.map(TypeText)),
        }
    }
}

/// A function type as text.
pub(crate) struct FuncText<'f, 'a, T>(pub(crate) &'f FuncShape<'a, T>);

impl<'a, T: Shaped<'a>> Display for FuncText<'_, 'a, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let FuncShape { async_, params, result } = self.0;
        f.write_str(if *async_ == Some(true) { "async " } else { "" })?;
        let params = params.iter().map(|(name, ty)| Field(name.unwrap_or("_"), TypeText(*ty)));
        bracketed(f, "func(", params, ")")?;
        result.iter().try_for_each(|ty| write!(f, " -> {}", TypeText(*ty)))
    }
}

struct Field<'a, T>(&'a str, T);

impl<T: Display> Display for Field<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0, self.1)
    }
}

struct Case<'a, T>(&'a str, Option<T>);

impl<T: Display> Display for Case<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)?;
        self.1.iter().try_for_each(|ty| write!(f, "({ty})"))
    }
}

fn bracketed<T: Display>(
    f: &mut fmt::Formatter<'_>,
    open: &str,
    items: impl Iterator<Item = T>,
    close: &str,
) -> fmt::Result {
    f.write_str(open)?;
    for (i, item) in items.enumerate() {
        if i > 0 {
            f.write_str(", ")?;
        }
        write!(f, "{item}")?;
    }
    f.write_str(close)
}

fn generic<T: Display>(f: &mut fmt::Formatter<'_>, name: &str, ty: Option<T>) -> fmt::Result {
    f.write_str(name)?;
    ty.iter().try_for_each(|ty| write!(f, "<{ty}>"))
}

fn result<T: Display>(f: &mut fmt::Formatter<'_>, ok: Option<T>, err: Option<T>) -> fmt::Result {
    match (ok, err) {
        (None, None) => f.write_str("result"),
        (Some(ok), None) => write!(f, "result<{ok}>"),
        (None, Some(err)) => write!(f, "result<_, {err}>"),
        (Some(ok), Some(err)) => write!(f, "result<{ok}, {err}>"),
    }
}
