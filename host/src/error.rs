//! Errors of the host, one type for every stage: the kind names the broken rule, the places say where.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use witwright_abi_runtime::trap::Trap;

use crate::deadlock::Waiting;
use crate::engine::{Fault, FaultKind};
use crate::gate::Gate;
use crate::mismatch::{Direction, LinkProblem, Problem};

/// The reason why a component could not be loaded, linked, instantiated or called.
pub struct Error {
    inner: Box<ErrorInner>,
}

struct ErrorInner {
    kind: ErrorKind,
    /// The function or import in which it happened, innermost first.
    places: Vec<String>,
}

/// The kind of an [`Error`].
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The bytes are not a valid component.
    Invalid {
        /// The message of the decoder or the validator.
        message: String,
        /// The offset in the binary, in bytes.
        offset: u64,
        /// The gate of the feature that the component uses and that is not enabled, if that is the reason.
        gate: Option<Gate>,
    },
    /// The component is valid and uses something that this host does not run.
    Unsupported(Unsupported),
    /// All imports that the linker does not provide, or provides with another type.
    ///
    /// [`Linker::trap_unknown_imports`](crate::Linker::trap_unknown_imports) defines functions and resources that are missing.
    Link(Vec<LinkProblem>),
    /// The component does not fit a world: the world's name, and all imports and exports that differ.
    World {
        /// The name of the world.
        name: &'static str,
        /// Imports that the world lacks, exports that the component lacks, and those of other types.
        problems: Vec<LinkProblem>,
    },
    /// The instance has no such export, or its type is another.
    Export(LinkProblem),
    /// A name in a linker that no component can import.
    Name {
        /// The name.
        name: String,
        /// The rule that it breaks.
        reason: String,
        /// A name like it that follows the rules, if there is one.
        nearest: Option<String>,
    },
    /// A name was defined twice in a linker.
    Duplicate {
        /// The instance. `None` for the linker's root.
        interface: Option<String>,
        /// The name.
        name: String,
    },
    /// A rule of the canonical ABI was broken.
    Trap(Trap),
    /// Core code trapped, or its engine reported another fault.
    Core(Fault),
    /// A call waits for something that cannot happen any more: all threads of guests that wait.
    Deadlock(Vec<Waiting>),
    /// A call would have to wait for a host function where the thread cannot wait.
    ///
    /// [`Func::call_async`](crate::Func::call_async) and [`Store::run`](crate::Store::run) can wait. The host cannot wait for a
    /// function of its own that it calls through an instance.
    WouldWait,
    /// A limit of the host was reached.
    Limit(LimitKind),
    /// A dynamic value does not fit the type that it is used for.
    Value {
        /// The type.
        expected: String,
        /// The value's shape.
        found: String,
    },
    /// The host has used a handle wrongly: it is stale, of another type, or in use.
    Handle(HandleError),
    /// A host function failed.
    Host(Box<dyn core::error::Error + Send + Sync>),
}

/// A part of a valid component that this host does not run.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Unsupported {
    /// A canonical built-in.
    BuiltIn {
        /// Its name in the text format.
        name: &'static str,
        /// The feature that it belongs to.
        gate: &'static str,
    },
    /// A component that uses features which this host validates and does not run.
    Gate {
        /// Their names, separated by commas.
        names: String,
    },
    /// A core module where a component was expected.
    CoreModule,
    /// Any other construct.
    Construct {
        /// Its name.
        name: &'static str,
    },
}

/// A limit of the host that was reached; see [`ComponentLimits`](crate::ComponentLimits).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum LimitKind {
    /// Component instances, in one component or one store.
    Instances,
    /// Definitions of one component: [`ComponentLimits::definitions`](crate::ComponentLimits::definitions).
    Definitions,
    /// Nesting of types or components.
    Nesting,
    /// Bytes of strings and lists that one call may lift.
    LiftedBytes,
}

/// A wrong use of a handle that the host holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum HandleError {
    /// The handle was dropped or given away; or it names a resource of another store.
    Stale,
    /// The handle belongs to another store.
    OtherStore,
    /// The instance belongs to another store.
    InstanceOfOtherStore,
    /// The function belongs to another store.
    FuncOfOtherStore,
    /// The handle is of another type.
    WrongType,
    /// The handle is lent to a call that has not returned.
    Lent,
    /// The handle is borrowed, and an owned one is needed.
    NotOwned,
    /// A read of the end has begun and has not ended.
    Busy,
    /// The stream or future was read to its end, and cannot be passed on.
    Ended,
    /// The host holds as many handles as it may.
    Full,
    /// Children of the resource were not dropped.
    HasChildren,
}

impl Error {
    /// An error of a kind, without a place.
    #[must_use]
    #[cold]
    pub fn new(kind: ErrorKind) -> Error {
        Error { inner: Box::new(ErrorInner { kind, places: Vec::new() }) }
    }

    /// An error of a host function: any error, also a boxed one, or a text.
    #[must_use]
    #[cold]
    #[doc(alias = "msg")]
    pub fn host(error: impl Into<Box<dyn core::error::Error + Send + Sync>>) -> Error {
        Error::new(ErrorKind::Host(error.into()))
    }

    /// The bytes are not a valid component.
    #[cold]
    pub(crate) fn invalid(message: impl Into<String>, offset: u64) -> Error {
        Error::new(ErrorKind::Invalid { message: message.into(), offset, gate: None })
    }

    /// Whether the host used a value or a handle wrongly, before it reached the guest.
    pub(crate) fn is_misuse(&self) -> bool {
        matches!(
            self.inner.kind,
            ErrorKind::Value { .. } | ErrorKind::Handle(_) | ErrorKind::Export(_) | ErrorKind::Unsupported(_)
        )
    }

    /// The kind of an [`Error`].
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.inner.kind
    }

    /// The same error, with a place where it happened: the name of a function, an import or an instance.
    #[must_use]
    #[cold]
    pub fn within(mut self, place: impl Into<String>) -> Error {
        self.inner.places.push(place.into());
        self
    }

    /// The same error, with the part of a larger value that is used wrongly. Errors of other kinds are unchanged.
    #[cold]
    pub(crate) fn in_part(self, part: impl FnOnce() -> String) -> Error {
        if self.is_misuse() { self.within(part()) } else { self }
    }

    /// The host function's error, if it is of type `F`.
    #[must_use]
    #[doc(alias("downcast", "downcast_ref"))]
    pub fn downcast_host<F: core::error::Error + 'static>(&self) -> Option<&F> {
        self.host_error()?.downcast_ref()
    }

    fn host_error(&self) -> Option<&(dyn core::error::Error + Send + Sync + 'static)> {
        if let ErrorKind::Host(error) = &self.inner.kind { Some(&**error) } else { None }
    }
}

impl From<ErrorKind> for Error {
    #[cold]
    fn from(kind: ErrorKind) -> Error {
        Error::new(kind)
    }
}

impl From<Trap> for Error {
    #[cold]
    fn from(trap: Trap) -> Error {
        Error::new(ErrorKind::Trap(trap))
    }
}

impl From<Fault> for Error {
    /// A fault that carries an error of this crate becomes that error.
    #[cold]
    fn from(fault: Fault) -> Error {
        fault.into_payload().unwrap_or_else(|fault| Error::new(ErrorKind::Core(fault)))
    }
}

impl From<Error> for Fault {
    #[cold]
    fn from(error: Error) -> Fault {
        Fault::host(error)
    }
}

impl From<LimitKind> for Error {
    #[cold]
    fn from(limit: LimitKind) -> Error {
        Error::new(ErrorKind::Limit(limit))
    }
}

impl From<HandleError> for Error {
    #[cold]
    fn from(error: HandleError) -> Error {
        Error::new(ErrorKind::Handle(error))
    }
}

impl From<Unsupported> for Error {
    #[cold]
    fn from(what: Unsupported) -> Error {
        Error::new(ErrorKind::Unsupported(what))
    }
}

impl From<wasmparser::Error> for Error {
    #[cold]
    fn from(error: wasmparser::Error) -> Error {
        Error::invalid(error.message(), error.offset())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = &self.inner.places;
        let left_out = places.len().saturating_sub(SHOWN_PLACES);
        for (i, place) in places.iter().rev().enumerate() {
            match i.checked_sub(SHOWN_PLACES / 2) {
                Some(0) if left_out > 0 => write!(f, ", {left_out} more")?,
                Some(i) if i < left_out => {}
                Some(_) | None => write!(f, "{}{place}", if i == 0 { "in " } else { ", " })?,
            }
        }
        if !places.is_empty() {
            f.write_str(": ")?;
        }
        fmt::Display::fmt(&self.inner.kind, f)
    }
}

impl core::error::Error for Error {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        self.host_error().map(|error| error as _)
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ErrorKind::Invalid { message, offset, gate } => {
                write!(f, "invalid component: {message} (at offset {offset:#x})")?;
                gate.iter().try_for_each(|gate| write!(f, "; `Gate::{gate:?}` in `Options::gates` enables it"))
            }
            ErrorKind::Unsupported(what) => fmt::Display::fmt(what, f),
            ErrorKind::Link(problems) => {
                write!(f, "the component cannot be linked:")?;
                list(f, problems, |_| " in the linker")?;
                let help: BTreeSet<Cow<'_, str>> = problems.iter().filter_map(remedy).collect();
                help.iter().try_for_each(|help| write!(f, "\n  help: {help}"))
            }
            ErrorKind::World { name, problems } => {
                write!(f, "the component does not fit the world `{name}`:")?;
                list(f, problems, |LinkProblem { direction, problem, .. }| match (direction, problem) {
                    (Direction::Import, Problem::Missing { .. } | Problem::Sort { .. }) => " in the world",
                    (Direction::Import | Direction::Export, _) => " in the component",
                })
            }
            ErrorKind::Export(problem) => problem.write(f, " in the component"),
            ErrorKind::Name { name, reason, nearest } => {
                write!(f, "no component can import the name `{name}`: {reason}")?;
                nearest.iter().try_for_each(|nearest| write!(f, "; did you mean `{nearest}`"))
            }
            ErrorKind::Duplicate { interface, name } => {
                write!(f, "`{name}` is defined twice")?;
                interface.iter().try_for_each(|interface| write!(f, " in `{interface}`"))?;
                f.write_str("; after `Linker::allow_shadowing(true)`, the later definition replaces the earlier one")
            }
            ErrorKind::Trap(Trap::CannotEnter) => {
                let trap = Trap::CannotEnter;
                write!(f, "wasm trap: {trap}: a call of it trapped or panicked before; make a new instance")
            }
            ErrorKind::Trap(trap) => write!(f, "wasm trap: {trap}"),
            ErrorKind::Core(fault) => match fault.kind() {
                FaultKind::Trap(_) | FaultKind::StackExhausted | FaultKind::OutOfFuel => {
                    write!(f, "wasm trap: {fault}")
                }
                FaultKind::Limit
                | FaultKind::CannotBlock
                | FaultKind::OneStack
                | FaultKind::Link
                | FaultKind::Compile
                | FaultKind::Host
                | FaultKind::Misuse => fmt::Display::fmt(fault, f),
            },
            ErrorKind::Deadlock(waiting) => {
                f.write_str("wasm trap: deadlock detected: event loop cannot make further progress")?;
                waiting.iter().take(SHOWN_WAITING).try_for_each(|waiting| write!(f, "\n  {waiting}"))?;
                match waiting.len().saturating_sub(SHOWN_WAITING) {
                    0 => Ok(()),
                    more => write!(f, "\n  and {more} more"),
                }
            }
            ErrorKind::WouldWait => {
                f.write_str("the call would have to wait for a host function, which is not possible here")
            }
            ErrorKind::Limit(limit) => fmt::Display::fmt(limit, f),
            ErrorKind::Value { expected, found } => write!(f, "expected {expected}, found {found}"),
            ErrorKind::Handle(error) => fmt::Display::fmt(error, f),
            ErrorKind::Host(error) => fmt::Display::fmt(error, f),
        }
    }
}

/// Writes problems, each with the place in which its item was sought.
fn list(
    f: &mut fmt::Formatter<'_>,
    problems: &[LinkProblem],
    place: impl Fn(&LinkProblem) -> &'static str,
) -> fmt::Result {
    problems.iter().try_for_each(|problem| {
        f.write_str("\n  ")?;
        problem.write(f, place(problem))
    })
}

/// Help for a missing interface: the function that defines it, of the crate `witwright` if it is of WASI, else of bindings. `None` if
/// no such function is known, the linker has an interface of a similar name, or the problem is another.
fn remedy(problem: &LinkProblem) -> Option<Cow<'static, str>> {
    let LinkProblem { interface: Some(interface), name: None, problem: Problem::Missing { nearest, .. }, .. } = problem
    else {
        return None;
    };
    let Some(of_wasi) = interface.strip_prefix("wasi:") else {
        let help = "`add_to_linker` of the bindings, which `host!` makes of a world, defines the interfaces that this world imports: \
                    it must be the world of the component";
        return nearest.is_empty().then_some(help.into());
    };
    let (name, version) = of_wasi.split_once('@').unwrap_or((of_wasi, ""));
    let (package, _) = name.split_once('/')?;
    let minor = if version.contains('-') { "" } else { version.rsplit_once('.').map_or("", |(minor, _)| minor) };
    Some(match WASI.iter().find(|(name, _)| *name == package) {
        None => {
            let how = "define them with `Linker::instance`, or with bindings that `host!` makes";
            format!("this host has no interfaces of `wasi:{package}`: {how}").into()
        }
        Some((_, versions)) if !versions.contains(&minor) => {
            let noun = if versions.len() == 1 { "version" } else { "versions" };
            format!("of `wasi:{package}`, `witwright::wasi` defines {noun} {}", versions.join(" and ")).into()
        }
        Some(_) => {
            let (module, feature, what) = match package {
                "http" => ("::http", "http", "`wasi:http`"),
                _ => ("", "wasi", "the interfaces of WASI"),
            };
            let preview = if minor == "0.2" { "p2" } else { "p3" };
            format!(
                "`witwright::wasi::{preview}{module}::add_to_linker` (the feature `{feature}`) defines {what} {minor}"
            )
            .into()
        }
    })
}

/// The packages of WASI that the crate `witwright-wasi` defines, without `wasi:`, and the versions of each.
pub const WASI: [(&str, &[&str]); 7] = [
    ("cli", &["0.2", "0.3"]),
    ("clocks", &["0.2", "0.3"]),
    ("filesystem", &["0.2", "0.3"]),
    ("http", &["0.2", "0.3"]),
    ("io", &["0.2"]),
    ("random", &["0.2", "0.3"]),
    ("sockets", &["0.2", "0.3"]),
];

/// The number of places in the message of an error: half of them the outermost ones, half the innermost ones.
const SHOWN_PLACES: usize = 16;

/// The number of threads in the message of a deadlock.
const SHOWN_WAITING: usize = 16;

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unsupported::BuiltIn { name, gate } => {
                write!(f, "the built-in `{name}` (feature `{gate}`) is not supported")
            }
            Unsupported::Gate { names } => write!(f, "the component uses {names}, which this host does not run"),
            Unsupported::CoreModule => {
                f.write_str("this is a core module, not a component; ")?;
                f.write_str("build it for `wasm32-wasip2`, or make a component of it with `witwright componentize`")
            }
            Unsupported::Construct { name } => write!(f, "{name} is not supported"),
        }
    }
}

impl fmt::Display for LimitKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            LimitKind::Instances => "too many component instances",
            LimitKind::Definitions => "the component has too many definitions",
            LimitKind::Nesting => "types or components are nested too deeply",
            LimitKind::LiftedBytes => "the values of a call are too large",
        })
    }
}

impl fmt::Display for HandleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            HandleError::Stale => "the handle was dropped or given away, or belongs to another store",
            HandleError::OtherStore => "the handle belongs to another store: use it with the store that it is of",
            HandleError::InstanceOfOtherStore => {
                "the instance belongs to another store: use it with the store in which it was instantiated"
            }
            HandleError::FuncOfOtherStore => {
                "the function belongs to another store: call it with the store in which its instance was instantiated"
            }
            HandleError::WrongType => "the handle is of another type",
            HandleError::Lent => "the handle is lent to a call that has not returned",
            HandleError::NotOwned => "the handle is borrowed, not owned",
            HandleError::Busy => "a read of the stream or future has begun and has not ended",
            HandleError::Ended => "the stream or future was read to its end",
            HandleError::Full => "the host holds too many handles",
            HandleError::HasChildren => "the resource has children that were not dropped",
        })
    }
}

/// The error of a call of a function that the linker does not provide:
/// [`Linker::trap_unknown_imports`](crate::Linker::trap_unknown_imports).
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct UnknownImport {
    /// The interface; `None` for a function of the world itself.
    pub interface: Option<String>,
    /// The name of the function.
    pub name: String,
}

impl fmt::Display for UnknownImport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(interface) = &self.interface {
            write!(f, "`{interface}` ")?;
        }
        write!(f, "function `{}` was called, and nothing provides it", self.name)
    }
}

impl core::error::Error for UnknownImport {}
