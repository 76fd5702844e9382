//! Faults: reasons why a call into a guest did not return, or a module could not be compiled or instantiated.

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use core::any::Any;
use core::fmt;

/// A trap that a core engine raised (core specification, 4. Execution).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum CoreTrap {
    /// `unreachable` was executed; a panic of a Rust guest ends so.
    Unreachable,
    /// An access outside of a memory.
    MemoryOutOfBounds,
    /// An access outside of a table.
    TableOutOfBounds,
    /// A `call_indirect` of an element that is null.
    IndirectCallToNull,
    /// A `call_indirect` of a function of another type.
    BadSignature,
    /// An integer result that does not fit.
    IntegerOverflow,
    /// A division of an integer by zero.
    IntegerDivisionByZero,
    /// A float that no integer can hold.
    BadConversionToInteger,
    /// A reference that is null.
    NullReference,
    /// An exception that nothing caught.
    UncaughtException,
    /// Another trap, which the message of the fault names.
    Other,
}

impl CoreTrap {
    /// The wording of the core specification's tests.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::MemoryOutOfBounds => "out of bounds memory access",
            Self::TableOutOfBounds => "out of bounds table access",
            Self::IndirectCallToNull => "uninitialized element",
            Self::BadSignature => "indirect call type mismatch",
            Self::IntegerOverflow => "integer overflow",
            Self::IntegerDivisionByZero => "integer divide by zero",
            Self::BadConversionToInteger => "invalid conversion to integer",
            Self::NullReference => "null reference",
            Self::UncaughtException => "unhandled exception",
            Self::Other => "trap",
        }
    }
}

/// The kind of a [`Fault`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FaultKind {
    /// The guest trapped.
    Trap(CoreTrap),
    /// Calls nest too deeply: the depth limit, the native stack's budget, or the engine's own stack is used up.
    StackExhausted,
    /// The fuel of the store is used up.
    OutOfFuel,
    /// A limit of the store (memory, tables, instances) was reached.
    Limit,
    /// A host function asked to block where the guest's stack cannot be suspended.
    CannotBlock,
    /// A host function asked to block, and another stack of this engine store is in use or suspended.
    OneStack,
    /// An import does not fit the module.
    Link,
    /// The bytes are not a valid module, or use a feature that the engine lacks.
    Compile,
    /// A host function failed; the fault may carry its own error, see [`Fault::into_payload`].
    Host,
    /// The host used the engine wrongly: a signature that slots cannot hold, or too few slots.
    Misuse,
}

/// The reason why a call did not return.
///
/// On every engine, it passes through the guest frames between its origin and the host that called the guest.
pub struct Fault(Box<FaultInner>);

struct FaultInner {
    kind: FaultKind,
    message: Box<str>,
    payload: Option<Box<dyn Any + Send + Sync>>,
}

impl Fault {
    /// A fault with a message for people.
    #[cold]
    #[must_use]
    pub fn new(kind: FaultKind, message: impl fmt::Display) -> Self {
        Self(Box::new(FaultInner { kind, message: message.to_string().into(), payload: None }))
    }

    /// The fault of a guest that trapped.
    #[cold]
    #[must_use]
    pub fn trap(trap: CoreTrap) -> Self {
        Self::new(FaultKind::Trap(trap), trap.message())
    }

    /// The fault of a host function, which carries that function's own error through the guest.
    #[cold]
    pub fn host<P: fmt::Display + Send + Sync + 'static>(payload: P) -> Self {
        let message = payload.to_string().into();
        Self(Box::new(FaultInner { kind: FaultKind::Host, message, payload: Some(Box::new(payload)) }))
    }

    /// The kind of the fault.
    #[must_use]
    pub fn kind(&self) -> FaultKind {
        self.0.kind
    }

    /// A description, for people.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The error of the host function that [`Fault::host`] was called with.
    ///
    /// # Errors
    /// The fault itself, if it carries no error of this type.
    pub fn into_payload<P: 'static>(mut self) -> Result<P, Self> {
        match self.0.payload.take().map(|payload| payload.downcast::<P>()) {
            Some(Ok(payload)) => Ok(*payload),
            Some(Err(other)) => {
                self.0.payload = Some(other);
                Err(self)
            }
            None => Err(self),
        }
    }

    #[cold]
    pub(crate) fn out_of_fuel() -> Self {
        Self::new(FaultKind::OutOfFuel, "all fuel consumed by the guest")
    }

    #[cold]
    pub(crate) fn stack_exhausted() -> Self {
        Self::new(FaultKind::StackExhausted, "call stack exhausted")
    }

    #[cold]
    pub(crate) fn misuse(message: &str) -> Self {
        Self::new(FaultKind::Misuse, String::from(message))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fault").field("kind", &self.0.kind).field("message", &self.0.message).finish_non_exhaustive()
    }
}

impl core::error::Error for Fault {}
