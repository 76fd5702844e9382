//! Types as Rust writes them.

use super::DefId;

/// A type as Rust writes it in one position.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum RustType {
    Primitive(Primitive),
    /// `String`
    String,
    /// `&str`
    Str,
    /// `Vec<T>`
    Vec(Box<RustType>),
    /// `&[T]`
    Slice(Box<RustType>),
    /// `[T; n]`
    Array(Box<RustType>, u32),
    /// `Map<K, V>`
    Map(Box<RustType>, Box<RustType>),
    Tuple(Vec<RustType>),
    Option(Box<RustType>),
    /// `Result<T, E>`; an absent type is `()`.
    Result(Option<Box<RustType>>, Option<Box<RustType>>),
    /// A definition that is not a resource.
    Def(DefId),
    /// `&T`
    Ref(Box<RustType>),
    /// An owned handle of a resource or of an alias of one.
    Own(DefId),
    /// A borrowed handle of a resource or of an alias of one.
    Borrow(DefId),
    /// The readable end of a stream. `None` if its elements hold nothing.
    Stream(Option<Box<RustType>>),
    /// The readable end of a future. `None` if its value holds nothing.
    Future(Option<Box<RustType>>),
    ErrorContext,
}

/// A type without parts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Primitive {
    Bool,
    S8,
    U8,
    S16,
    U16,
    S32,
    U32,
    S64,
    U64,
    F32,
    F64,
    Char,
}

impl Primitive {
    /// Its name in WIT.
    pub(crate) fn wit_name(self) -> &'static str {
        match self {
            Primitive::Bool => "bool",
            Primitive::S8 => "s8",
            Primitive::U8 => "u8",
            Primitive::S16 => "s16",
            Primitive::U16 => "u16",
            Primitive::S32 => "s32",
            Primitive::U32 => "u32",
            Primitive::S64 => "s64",
            Primitive::U64 => "u64",
            Primitive::F32 => "f32",
            Primitive::F64 => "f64",
            Primitive::Char => "char",
        }
    }
}

impl RustType {
    /// The types that this one is made of. A definition is a type without parts.
    pub(crate) fn parts(&self) -> Vec<&RustType> {
        match self {
            RustType::Vec(part)
            | RustType::Slice(part)
            | RustType::Array(part, _)
            | RustType::Option(part)
            | RustType::Ref(part)
            | RustType::Stream(Some(part))
            | RustType::Future(Some(part)) => vec![part],
            RustType::Map(key, value) => vec![key, value],
            RustType::Tuple(parts) => parts.iter().collect(),
            RustType::Result(ok, err) => ok.iter().chain(err).map(|part| &**part).collect(),
            RustType::Primitive(_)
            | RustType::String
            | RustType::Str
            | RustType::Def(_)
            | RustType::Own(_)
            | RustType::Borrow(_)
            | RustType::Stream(None)
            | RustType::Future(None)
            | RustType::ErrorContext => Vec::new(),
        }
    }

    /// The same type with other parts.
    pub(crate) fn with_parts(&self, mut part: impl FnMut(&RustType) -> RustType) -> RustType {
        let mut boxed = |ty: &RustType| Box::new(part(ty));
        match self {
            RustType::Vec(element) => RustType::Vec(boxed(element)),
            RustType::Slice(element) => RustType::Slice(boxed(element)),
            RustType::Array(element, len) => RustType::Array(boxed(element), *len),
            RustType::Map(key, value) => RustType::Map(boxed(key), boxed(value)),
            RustType::Tuple(types) => RustType::Tuple(types.iter().map(part).collect()),
            RustType::Option(some) => RustType::Option(boxed(some)),
            RustType::Result(ok, err) => RustType::Result(ok.as_deref().map(&mut boxed), err.as_deref().map(boxed)),
            RustType::Ref(ty) => RustType::Ref(boxed(ty)),
            RustType::Stream(element) => RustType::Stream(element.as_deref().map(boxed)),
            RustType::Future(value) => RustType::Future(value.as_deref().map(boxed)),
            RustType::Primitive(_)
            | RustType::String
            | RustType::Str
            | RustType::Def(_)
            | RustType::Own(_)
            | RustType::Borrow(_)
            | RustType::ErrorContext => self.clone(),
        }
    }
}
