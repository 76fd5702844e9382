//! A guest's imports in native builds, which have no host: for tests.
//!
//! A test installs its own implementation of the imports for its thread with [`with_dispatch`]. Every call of an import goes to
//! it through the canonical ABI over a byte array, as it would through a host. Handles are in a table of the thread; their
//! representation is 64 bits wide.

pub mod ends;
pub(crate) mod error_contexts;

use std::thread_local;

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::{Cell, RefCell};
use core::future::Future;
use core::pin::Pin;
use core::ptr::NonNull;

use crate::bytes::{ByteMemory, FlatValues};
use crate::desc::{ResourceDesc, TypeDesc};
use crate::flatten::Convention;
use crate::resource::GuestResource;
use crate::string::StringEncoding;
use crate::table::{Slot, Table};
use crate::transfer::{Lift, Lower};
use crate::trap::Trap;
use crate::view::Handles;

/// An import of a world.
#[derive(Debug)]
pub struct ImportDesc {
    /// The interface, or `None` for a function of the world itself.
    pub interface: Option<&'static str>,
    /// The function's name in its interface, such as `[method]r.f` for a function of a resource.
    pub func: &'static str,
}

/// A call of an import that the installed implementation is to answer.
#[derive(Debug)]
pub struct Call<'a> {
    memory: &'a mut ByteMemory,
    params: FlatValues,
    answer: Option<Answer>,
}

/// The answer of the installed implementation.
enum Answer {
    Now(FlatValues),
    Later(Pin<Box<dyn Future<Output = Box<LowerResult>>>>),
}

type LowerResult = dyn FnOnce(&mut ByteMemory) -> FlatValues;

impl core::fmt::Debug for Answer {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Answer::Now(_) => "Now",
            Answer::Later(_) => "Later",
        })
    }
}

impl Call<'_> {
    /// Answers the call: lifts the parameters, runs `body` and lowers its result.
    ///
    /// # Panics
    /// When the parameters are not values of type `P`, or the result holds a handle that does not exist.
    pub fn answer<P: Lift, R: Lower>(&mut self, body: impl FnOnce(P) -> R) {
        let result = body(self.params());
        self.answer = Some(Answer::Now(lower_result(self.memory, &result)));
    }

    /// Answers the call with a future of its result: a call that waits.
    ///
    /// # Panics
    /// As [`Call::answer`].
    pub fn answer_later<P: Lift, R: Lower + 'static, F>(&mut self, body: impl FnOnce(P) -> F)
    where
        F: Future<Output = R> + 'static,
    {
        let result = body(self.params());
        self.answer = Some(Answer::Later(Box::pin(async move {
            let result = result.await;
            let lower: Box<LowerResult> = Box::new(move |memory| lower_result(memory, &result));
            lower
        })));
    }

    fn params<P: Lift>(&mut self) -> P {
        let params = self.memory.lift(&mut ThreadHandles, Convention::Lower.max_flat_params(), self.params.as_slice());
        params.unwrap_or_else(|trap| broken("the parameters", trap))
    }
}

fn lower_result<R: Lower>(memory: &mut ByteMemory, result: &R) -> FlatValues {
    let lowered = memory.lower(&mut ThreadHandles, Convention::Lower.max_flat_results(), result);
    lowered.unwrap_or_else(|trap| broken("the result", trap))
}

type Dispatch<'a> = dyn FnMut(&'static ImportDesc, &mut Call<'_>) + 'a;

thread_local! {
    static INSTALLED: Cell<Option<NonNull<Dispatch<'static>>>> = const { Cell::new(None) };
    static WAITING: RefCell<Vec<&'static ImportDesc>> = const { RefCell::new(Vec::new()) };
    static HANDLES: RefCell<Table<Handle, Vec<Slot<Handle>>>> = const { RefCell::new(Table::new(Vec::new())) };
}

/// Runs `body` while `dispatch` answers the imports that are called on this thread.
///
/// Calls may nest: the innermost one answers, and an import that it does not know goes to the next one around it.
pub fn with_dispatch<R>(dispatch: &mut Dispatch<'_>, body: impl FnOnce() -> R) -> R {
    let outer = INSTALLED.get();
    let mut dispatch = |import: &'static ImportDesc, call: &mut Call<'_>| {
        dispatch(import, call);
        if let (None, Some(mut outer)) = (&call.answer, outer) {
            // SAFETY: the `with_dispatch` of that pointer is still running, and does not call it: while something answers an
            // import, no pointer is in the cell, so that none of them is taken from there.
            let outer = unsafe { outer.as_mut() };
            outer(import, call);
        }
    };
    let pointer: NonNull<Dispatch<'_>> = NonNull::from(&mut dispatch);
    // SAFETY: only the lifetime changes, and the pointer is out of reach again before `dispatch` ends.
    let pointer = unsafe { core::mem::transmute::<NonNull<Dispatch<'_>>, NonNull<Dispatch<'static>>>(pointer) };
    let _restore = Restore(INSTALLED.replace(Some(pointer)));
    body()
}

/// Restores the imports that were installed before, also after a panic.
struct Restore(Option<NonNull<Dispatch<'static>>>);

impl Drop for Restore {
    fn drop(&mut self) {
        INSTALLED.set(self.0);
    }
}

/// Calls an import.
///
/// # Panics
/// When no imports are installed on this thread, when they do not answer this one, and when one side breaks a rule of the
/// canonical ABI.
pub fn import<P: Lower, R: Lift>(import: &'static ImportDesc, params: &P) -> R {
    let mut memory = ByteMemory::new(StringEncoding::Utf8);
    let lowered = memory.lower(&mut ThreadHandles, Convention::Lower.max_flat_params(), params);
    let params = lowered.unwrap_or_else(|trap| broken("the parameters", trap));
    let Answer::Now(result) = dispatch(import, &mut memory, params) else {
        unreachable!("only a call that waits is answered by a future")
    };
    lift_result(&memory, result)
}

/// Calls an import that waits; the call begins when the future is polled.
///
/// # Panics
/// As [`import`].
pub async fn import_async<P: Lower, R: Lift>(import: &'static ImportDesc, params: P) -> R {
    let mut memory = ByteMemory::new(StringEncoding::Utf8);
    let lowered = memory.lower(&mut ThreadHandles, Convention::Lower.max_flat_params(), &params);
    drop(params);
    let params = lowered.unwrap_or_else(|trap| broken("the parameters", trap));
    let result = match dispatch(import, &mut memory, params) {
        Answer::Now(result) => result,
        Answer::Later(result) => {
            let _waiting = WaitingImport::begin(import);
            (result.await)(&mut memory)
        }
    };
    lift_result(&memory, result)
}

/// A call of an import that waits for its answer.
struct WaitingImport(&'static ImportDesc);

impl WaitingImport {
    fn begin(import: &'static ImportDesc) -> WaitingImport {
        WAITING.with_borrow_mut(|waiting| waiting.push(import));
        WaitingImport(import)
    }
}

impl Drop for WaitingImport {
    fn drop(&mut self) {
        // The thread may be ending.
        let _ = WAITING.try_with(|waiting| {
            let mut waiting = waiting.borrow_mut();
            if let Some(place) = waiting.iter().rposition(|import| core::ptr::eq(*import, self.0)) {
                waiting.swap_remove(place);
            }
        });
    }
}

/// The calls of imports that wait on this thread, in words: the end of a sentence, empty if there are none.
pub(crate) fn waiting_imports() -> String {
    WAITING.with_borrow(|waiting| {
        let name = |import: &&ImportDesc| {
            let interface = import.interface.map_or("the world".into(), |interface| format!("`{interface}`"));
            format!("`{}` of {interface}", import.func)
        };
        if waiting.is_empty() {
            return String::new();
        }
        let names: Vec<String> = waiting.iter().map(name).collect();
        format!("; calls of imports that wait: {}", names.join(", "))
    })
}

fn lift_result<R: Lift>(memory: &ByteMemory, result: FlatValues) -> R {
    let lifted = memory.lift(&mut ThreadHandles, Convention::Lower.max_flat_results(), result.as_slice());
    lifted.unwrap_or_else(|trap| broken("the result", trap))
}

fn dispatch(import: &'static ImportDesc, memory: &mut ByteMemory, params: FlatValues) -> Answer {
    let interface = import.interface.unwrap_or("the world");
    let name = import.func;
    let Some(mut installed) = INSTALLED.take() else {
        panic!(
            "the import `{name}` of {interface} was called, and nothing answers it here: call the guest inside \
             `with_imports(&mut imports, || ..)`; what answers an import cannot call imports itself"
        )
    };
    let restore = Restore(Some(installed));
    let mut call = Call { memory, params, answer: None };
    // SAFETY: the pointer is that of a `with_dispatch` which is still running, and it was taken out of the cell, so that
    // nothing else calls it meanwhile.
    let dispatch = unsafe { installed.as_mut() };
    dispatch(import, &mut call);
    drop(restore);
    let Some(answer) = call.answer else {
        panic!("the import `{name}` of {interface} was not answered by the installed imports")
    };
    answer
}

#[cold]
fn broken(what: &str, trap: Trap) -> ! {
    panic!("{what} of an import broke a rule of the canonical ABI: {trap}")
}

/// An entry of the thread's handle table.
struct Handle {
    resource: &'static ResourceDesc,
    rep: u64,
    /// Called with the representation when the handle is dropped.
    destructor: Option<fn(u64)>,
}

/// The handles of both sides: they are the thread's, so that a transfer only checks them.
struct ThreadHandles;

impl ThreadHandles {
    fn check(resource: &'static ResourceDesc, handle: u32) -> Result<u32, Trap> {
        HANDLES.with_borrow(|handles| match handles.get(handle)? {
            entry if resources_are_same(entry.resource, resource) => Ok(handle),
            _ => Err(Trap::WrongResourceType(handle)),
        })
    }
}

impl Handles for ThreadHandles {
    type Error = Trap;

    fn lift_own(&mut self, resource: &'static ResourceDesc, index: u32) -> Result<u64, Trap> {
        ThreadHandles::check(resource, index).map(u64::from)
    }

    fn lift_borrow(&mut self, resource: &'static ResourceDesc, index: u32) -> Result<u64, Trap> {
        ThreadHandles::check(resource, index).map(u64::from)
    }

    fn lower_own(&mut self, resource: &'static ResourceDesc, handle: u64) -> Result<u32, Trap> {
        ThreadHandles::check(resource, handle as u32)
    }

    fn lower_borrow(&mut self, resource: &'static ResourceDesc, handle: u64) -> Result<u32, Trap> {
        ThreadHandles::check(resource, handle as u32)
    }

    fn lift_end(&mut self, _: &'static TypeDesc, index: u32) -> Result<u64, Trap> {
        ends::check(index).map(u64::from)
    }

    fn lower_end(&mut self, _: &'static TypeDesc, key: u64) -> Result<u32, Trap> {
        ends::check(key as u32)
    }

    fn lift_error_context(&mut self, index: u32) -> Result<u64, Trap> {
        Ok(index.into())
    }

    fn lower_error_context(&mut self, key: u64) -> Result<u32, Trap> {
        // Shared now, because the owner of a result drops it before the caller lifts it.
        error_contexts::share(key as u32)
    }
}

/// `resource.new`: a handle for a representation, whose destructor runs when the handle is dropped.
///
/// # Panics
/// When the thread holds 2^28 handles.
#[must_use]
pub fn resource_new(resource: &'static ResourceDesc, rep: u64, destructor: Option<fn(u64)>) -> u32 {
    let added = HANDLES.with_borrow_mut(|handles| handles.add(Handle { resource, rep, destructor }));
    added.unwrap_or_else(|_| panic!("the thread holds as many handles as a component can"))
}

/// A new handle, owned by a value of the bindings, for a representation that the caller keeps.
///
/// # Panics
/// When the thread holds 2^28 handles.
#[must_use]
pub fn resource_owned<R: GuestResource>(rep: u64) -> R {
    let handle = resource_new(R::DESC, rep, None);
    // SAFETY: the handle is new, so nothing else owns it.
    unsafe { R::from_handle(handle) }
}

/// `resource.rep`: the representation of a handle.
///
/// # Panics
/// When the handle does not exist or is of another resource type.
#[must_use]
pub fn resource_rep(resource: &'static ResourceDesc, handle: u32) -> u64 {
    HANDLES.with_borrow(|handles| match handles.get(handle) {
        Ok(entry) if resources_are_same(entry.resource, resource) => entry.rep,
        Ok(_) | Err(_) => no_handle(resource, handle),
    })
}

/// `resource.drop`: takes a handle out of the table and runs its destructor.
///
/// # Panics
/// When the handle does not exist or is of another resource type.
pub fn resource_drop(resource: &'static ResourceDesc, handle: u32) {
    let Handle { rep, destructor, .. } = remove(resource, handle);
    if let Some(destructor) = destructor {
        destructor(rep);
    }
}

/// `resource.drop` of an imported resource: `drop` of the installed imports is called with its representation.
/// Outside of `with_imports`, and within an import, none are installed, and nothing is called.
///
/// # Panics
/// When the handle does not exist or is of another resource type.
pub fn resource_drop_imported(drop: &'static ImportDesc, resource: &'static ResourceDesc, handle: u32) {
    let rep = remove(resource, handle).rep;
    if INSTALLED.get().is_some() {
        import::<(u64,), ()>(drop, &(rep,));
    }
}

fn remove(resource: &'static ResourceDesc, handle: u32) -> Handle {
    let taken = HANDLES.with_borrow_mut(|handles| {
        let entry = handles.get(handle).ok()?;
        if resources_are_same(entry.resource, resource) { handles.remove(handle).ok() } else { None }
    });
    taken.unwrap_or_else(|| no_handle(resource, handle))
}

#[cold]
fn no_handle(resource: &'static ResourceDesc, handle: u32) -> ! {
    panic!("there is no handle {handle} of a `{}`", resource.name())
}

/// Whether both have one name in one interface.
fn resources_are_same(a: &ResourceDesc, b: &ResourceDesc) -> bool {
    match (a, b) {
        (
            ResourceDesc::World { name, interface },
            ResourceDesc::World { name: other_name, interface: other_interface },
        ) => name == other_name && interface == other_interface,
        (ResourceDesc::Rust { .. }, _) | (_, ResourceDesc::Rust { .. }) => true,
    }
}
