//! The engine trait: the operations of an engine for core WebAssembly that the host uses. It knows no components.
//!
//! Values are passed as *slots*: raw 64-bit words, `i32` and the bits of an `f32` in the low half. The parameters of a call are in
//! the first slots, and its results replace them. Only signatures of numbers can be called, or defined, with slots; functions of
//! other signatures can still be passed from module to module.
//!
//! **Suspension** is a capability. A host function may answer [`Flow::Block`]. When the guest was entered by
//! [`CoreEngine::start`] or [`CoreEngine::resume`], its whole stack is then suspended and the caller gets
//! [`Progress::Suspended`]. If it was entered by [`CoreEngine::call`], the call ends with a fault ([`FaultKind::CannotBlock`]).
//! wasmi suspends any number of stacks of one engine store, in any order; so does wasmtime where it can switch stacks (feature
//! `stack-switching`, on x86-64 Unix). Elsewhere it suspends one stack in each engine store, and
//! [`CoreEngine::domain_per_suspender`] asks for an engine store (a *domain*) for each instance that can suspend.
//!
//! Every engine store belongs to one [`Store`](crate::Store), which is the only way in: its budgets are checked there.

use alloc::vec::Vec;
use core::fmt::{self, Debug};
use core::ptr::NonNull;

mod entry;
mod fault;
mod gate;
mod ledger;
mod options;
mod start;
mod types;
#[cfg(feature = "wasmi")]
pub(crate) mod wasmi;
#[cfg(feature = "wasmtime")]
pub(crate) mod wasmtime;

pub use entry::BackPointer;
pub(crate) use entry::{CoreStore, Owner, OwnsDomains, Token, enter_host};
pub use fault::{CoreTrap, Fault, FaultKind};
pub(crate) use gate::StoreGate;
pub(crate) use ledger::Ledger;
pub use options::EngineOptions;
pub(crate) use start::Module;
pub use types::{ExportType, ExternType, FuncType, GlobalType, ImportType, MemoryType, TableType, ValType};

/// The engine that is used when none is named: wasmi if it is enabled, else wasmtime.
#[cfg(feature = "wasmi")]
pub type DefaultEngine = wasmi::Engine;

/// The engine that is used when none is named: wasmi if it is enabled, else wasmtime.
#[cfg(all(feature = "wasmtime", not(feature = "wasmi")))]
pub type DefaultEngine = wasmtime::Engine;

/// The error that no engine is enabled. As the length of an array it is the only one: the compiler does not miss the type.
#[cfg(not(any(feature = "wasmi", feature = "wasmtime")))]
pub type DefaultEngine = [(); witwright_abi_runtime::__no_engine!("components run on")];

/// The answer of a host function to the guest that called it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Flow {
    /// It returns to the guest; the results are in the slots.
    Return,
    /// It suspends the guest's stack; [`CoreEngine::resume`] will be passed its results.
    Block,
}

/// Whether a host function may answer [`Flow::Block`].
///
/// On wasmtime, a function that may block costs more, and must be in the domain of an instance that can suspend.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Blocking {
    /// It always returns; [`Flow::Block`] is a fault.
    Never,
    /// It may block.
    May,
}

/// The progress of a call that may be suspended.
#[derive(PartialEq, Eq, Debug)]
pub enum Progress<S> {
    /// It returned; the results are in the slots.
    Returned,
    /// A host function asked to block; the value names the suspended stack.
    Suspended(S),
}

impl<S> Progress<S> {
    /// The same progress, with the stack in another form.
    pub(crate) fn map<U>(self, f: impl FnOnce(S) -> U) -> Progress<U> {
        match self {
            Progress::Returned => Progress::Returned,
            Progress::Suspended(stack) => Progress::Suspended(f(stack)),
        }
    }
}

/// The native stack that a call runs on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stack {
    /// The caller's stack.
    Callers,
    /// A stack of its own, of [`NativeStack::own_bytes`] bytes; only on engines that make one.
    Own,
}

/// The native stack that guests of an engine store need.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NativeStack {
    /// Bytes that a guest may use between its entry and the host functions that it calls.
    pub guest_bytes: usize,
    /// Bytes of the stack that each entry gets for itself. `None` if it uses the caller's.
    pub own_bytes: Option<usize>,
}

/// Something that a module exports or imports, in one engine store.
pub enum Extern<E: CoreEngine> {
    /// A function.
    Func(E::Func),
    /// A memory.
    Memory(E::Memory),
    /// A table.
    Table(E::Table),
    /// A global.
    Global(E::Global),
    /// A tag of exceptions.
    Tag(E::Tag),
}

impl<E: CoreEngine> Clone for Extern<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E: CoreEngine> Copy for Extern<E> {}

impl<E: CoreEngine> fmt::Debug for Extern<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Func(func) => f.debug_tuple("Func").field(func).finish(),
            Self::Memory(memory) => f.debug_tuple("Memory").field(memory).finish(),
            Self::Table(table) => f.debug_tuple("Table").field(table).finish(),
            Self::Global(global) => f.debug_tuple("Global").field(global).finish(),
            Self::Tag(tag) => f.debug_tuple("Tag").field(tag).finish(),
        }
    }
}

/// An import for a core module.
pub enum Import<'a, E: CoreEngine> {
    /// A definition.
    Extern(Extern<E>),
    /// An export of a core instance. What a call must know of a function is then not asked for.
    Export(E::Instance, &'a str),
}

/// The fault when a core instance lacks an export that its component names.
#[cold]
pub(crate) fn no_export(name: &str) -> Fault {
    Fault::new(FaultKind::Link, format_args!("a core module does not export `{name}` as it should"))
}

/// An engine for core WebAssembly: one of this crate's, since the limits of a store, which an engine must keep, are known in
/// this crate alone.
///
/// Handles ([`Func`](Self::Func) and the like) belong to one engine store; using one in another panics, as the engines do.
pub trait CoreEngine: Clone + Default + Send + Sync + Sized + 'static {
    /// The engine's name, for messages.
    const NAME: &'static str;
    /// A compiled module.
    type Module: Clone + Send + Sync + 'static;
    /// An engine store; its data holds a [`BackPointer`].
    type Store: Send + 'static;
    /// Exclusive access to an engine store.
    type Context<'a>;
    /// A suspended guest stack.
    type Suspended: Send + 'static;
    /// A host function that belongs to no engine store.
    type HostFunc: Send + Sync + 'static;
    /// A core instance.
    type Instance: Copy + Debug + Send + Sync + 'static;
    /// A function.
    type Func: Copy + Debug + Send + Sync + 'static;
    /// A memory.
    type Memory: Copy + Debug + Send + Sync + 'static;
    /// A table.
    type Table: Copy + Debug + Send + Sync + 'static;
    /// A global.
    type Global: Copy + Debug + Send + Sync + 'static;
    /// A tag.
    type Tag: Copy + Debug + Send + Sync + 'static;

    /// Validates and compiles a module.
    ///
    /// # Errors
    /// A fault of kind [`FaultKind::Compile`].
    fn compile(&self, bytes: &[u8]) -> Result<Self::Module, Fault>;

    /// The imports of a module, in order.
    fn imports(module: &Self::Module) -> Vec<ImportType>;

    /// The exports of a module, in order.
    fn exports(module: &Self::Module) -> Vec<ExportType>;

    /// Whether each instance that can suspend needs an engine store of its own, which holds one suspended stack.
    fn domain_per_suspender(&self) -> bool;

    /// The native stack that guests of an engine store need when they are entered by [`call`](Self::call).
    fn native_stack(&self, suspends: bool) -> NativeStack;

    /// The native stack that a guest needs when it is entered by [`start`](Self::start) or [`resume`](Self::resume).
    fn suspendable_stack(&self) -> NativeStack;

    /// Whether both are one engine: modules of one run in the stores of the other.
    fn is_same(&self, other: &Self) -> bool;

    /// Whether guests consume fuel.
    fn consumes_fuel(&self) -> bool;

    /// A new engine store. `suspends`: whether it is the domain of an instance that can suspend.
    ///
    /// # Errors
    /// A fault of kind [`FaultKind::Limit`] when the engine has no room for another.
    fn new_store(&self, back_pointer: BackPointer, suspends: bool) -> Result<Self::Store, Fault>;

    /// Access to an engine store.
    fn context(store: &mut Self::Store) -> Self::Context<'_>;

    /// An access with a shorter lifetime, through a longer one.
    fn reborrow<'a>(cx: &'a mut Self::Context<'_>) -> Self::Context<'a>;

    /// The data of the engine store.
    fn back_pointer<'a>(cx: &'a Self::Context<'_>) -> &'a BackPointer;

    /// The fuel that is left; 0 if guests consume none.
    fn fuel(cx: Self::Context<'_>) -> u64;

    /// Sets the fuel; does nothing if guests consume none.
    fn set_fuel(cx: Self::Context<'_>, fuel: u64);

    /// Instantiates a module with its imports in order. Its start function is returned, and remains to be called.
    ///
    /// # Errors
    /// An import that does not fit, a limit, or the trap of a segment.
    fn instantiate(
        cx: Self::Context<'_>,
        module: &Self::Module,
        imports: &[Import<'_, Self>],
        stack: Stack,
    ) -> Result<(Self::Instance, Option<Self::Func>), Fault>;

    /// An export of an instance.
    fn export(cx: Self::Context<'_>, instance: Self::Instance, name: &str) -> Option<Extern<Self>>;

    /// Defines a host function. `f` gets the parameters in the slots and leaves the results there.
    ///
    /// # Errors
    /// A fault of kind [`FaultKind::Misuse`] when slots cannot hold the signature.
    fn host_func<F>(cx: Self::Context<'_>, ty: &FuncType, blocking: Blocking, f: F) -> Result<Self::Func, Fault>
    where
        F: Fn(Self::Context<'_>, &mut [u64]) -> Result<Flow, Fault> + Send + Sync + 'static;

    /// Makes a host function that can be added to any number of engine stores. `f` is as in [`host_func`](Self::host_func).
    ///
    /// # Errors
    /// A fault of kind [`FaultKind::Misuse`] when slots cannot hold the signature.
    fn new_host_func<F>(&self, ty: &FuncType, blocking: Blocking, f: F) -> Result<Self::HostFunc, Fault>
    where
        F: Fn(Self::Context<'_>, &mut [u64]) -> Result<Flow, Fault> + Send + Sync + 'static;

    /// Adds a host function to an engine store.
    ///
    /// # Errors
    /// A fault of kind [`FaultKind::Misuse`] when it was made by another engine.
    fn add_host_func(cx: Self::Context<'_>, func: &Self::HostFunc) -> Result<Self::Func, Fault>;

    /// The type of a function.
    fn func_type(cx: Self::Context<'_>, func: Self::Func) -> FuncType;

    /// Calls a function; a host function that it reaches cannot block.
    ///
    /// # Errors
    /// The fault that the call ended with; one of kind [`FaultKind::Misuse`] when slots cannot hold the signature, or are too few.
    fn call(cx: Self::Context<'_>, func: Self::Func, slots: &mut [u64], stack: Stack) -> Result<(), Fault>;

    /// Calls a function on a stack that can be suspended.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    ///
    /// # Safety
    /// If the stack is suspended and [`waiting`](Self::waiting) returns an access, the engine store must outlive the suspended stack,
    /// and be used only through that access until the stack is resumed or dropped.
    unsafe fn start(
        cx: Self::Context<'_>,
        func: Self::Func,
        slots: &mut [u64],
    ) -> Result<Progress<Self::Suspended>, Fault>;

    /// The access to the engine store that a suspended stack holds, if it holds one.
    ///
    /// Then the engine store is used only through it until the stack is resumed or dropped. It stays valid while the value is moved.
    fn waiting(suspended: &Self::Suspended) -> Option<NonNull<Self::Context<'static>>>;

    /// Continues a suspended stack: the host function that blocked returns `answer`.
    ///
    /// `cx` is `None` if the stack holds the access itself, see [`waiting`](Self::waiting).
    ///
    /// # Errors
    /// As [`call`](Self::call).
    fn resume(
        cx: Option<Self::Context<'_>>,
        suspended: Self::Suspended,
        answer: &[u64],
        slots: &mut [u64],
    ) -> Result<Progress<Self::Suspended>, Fault>;

    /// The bytes of a memory.
    fn memory<'a>(cx: Self::Context<'a>, memory: Self::Memory) -> &'a mut [u8];

    /// The value of a global. `None` if no slot can hold it.
    fn global(cx: Self::Context<'_>, global: Self::Global) -> Option<u64>;

    /// Sets a global.
    ///
    /// # Errors
    /// A fault of kind [`FaultKind::Misuse`] when it is immutable or no slot can hold it.
    fn set_global(cx: Self::Context<'_>, global: Self::Global, value: u64) -> Result<(), Fault>;

    /// A function in a table. `None` if the index is out of bounds, the element is null, or the table holds no functions.
    fn table_func(cx: Self::Context<'_>, table: Self::Table, index: u64) -> Option<Self::Func>;

    /// Stores a function in a table.
    ///
    /// # Errors
    /// A fault of kind [`FaultKind::Misuse`] if the index is out of bounds or the table holds no functions.
    fn set_table_func(
        cx: Self::Context<'_>,
        table: Self::Table,
        index: u64,
        func: Option<Self::Func>,
    ) -> Result<(), Fault>;
}
