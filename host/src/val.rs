//! Dynamic values, for calls whose types are known only at run time.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use crate::end::{ErrorContextVal, FutureVal, StreamVal};
use crate::resource::ResourceVal;

/// A value of any type of the component model. Names are those of the component's types.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the primitive types' names are their own")]
pub enum Val {
    Bool(bool),
    S8(i8),
    U8(u8),
    S16(i16),
    U16(u16),
    S32(i32),
    U32(u32),
    S64(i64),
    U64(u64),
    F32(f32),
    F64(f64),
    Char(char),
    String(String),
    /// `list<t>` and `list<t, n>`
    List(Vec<Val>),
    /// `map<k, v>`, in the order of the entries in memory.
    Map(Vec<(Val, Val)>),
    /// The names and values of a record's fields, in the order of its type.
    Record(Vec<(String, Val)>),
    Tuple(Vec<Val>),
    /// The case's name and its payload.
    Variant(String, Option<Box<Val>>),
    /// The case's name.
    Enum(String),
    Option(Option<Box<Val>>),
    Result(Result<Option<Box<Val>>, Option<Box<Val>>>),
    /// The names of the flags that are set.
    Flags(Vec<String>),
    /// A resource, owned or borrowed.
    Resource(ResourceVal),
    /// The readable end of a stream.
    Stream(StreamVal),
    /// The readable end of a future.
    Future(FutureVal),
    ErrorContext(ErrorContextVal),
}

impl Val {
    /// The value's shape, in the words of WIT.
    #[must_use]
    pub fn shape(&self) -> &'static str {
        match self {
            Val::Bool(_) => "bool",
            Val::S8(_) => "s8",
            Val::U8(_) => "u8",
            Val::S16(_) => "s16",
            Val::U16(_) => "u16",
            Val::S32(_) => "s32",
            Val::U32(_) => "u32",
            Val::S64(_) => "s64",
            Val::U64(_) => "u64",
            Val::F32(_) => "f32",
            Val::F64(_) => "f64",
            Val::Char(_) => "char",
            Val::String(_) => "string",
            Val::List(_) => "list",
            Val::Map(_) => "map",
            Val::Record(_) => "record",
            Val::Tuple(_) => "tuple",
            Val::Variant(..) => "variant",
            Val::Enum(_) => "enum",
            Val::Option(_) => "option",
            Val::Result(_) => "result",
            Val::Flags(_) => "flags",
            Val::Resource(_) => "resource",
            Val::Stream(_) => "stream",
            Val::Future(_) => "future",
            Val::ErrorContext(_) => "error-context",
        }
    }
}
