//! Streams, futures and error contexts as dynamic values.

/// The readable end of a stream, within a dynamic value.
///
/// It is a name, not the end: who does not pass it on drops it by `drop`, or never.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StreamVal {
    /// The host's key.
    pub(crate) key: u64,
    /// The number of the element type, in its store.
    pub(crate) element: u32,
}

/// The readable end of a future, within a dynamic value.
///
/// It is a name, not the end: who does not pass it on drops it by `drop`, or never.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FutureVal {
    /// The host's key.
    pub(crate) key: u64,
    /// The number of the element type, in its store.
    pub(crate) element: u32,
}

/// An error context, within a dynamic value.
///
/// It is a name, not a handle: who does not need it any more drops it by `drop`, or never.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ErrorContextVal {
    /// The host's key.
    pub(crate) key: u64,
}
