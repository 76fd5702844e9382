//! The instances of a script, and the stores that hold them.
//!
//! Each instance has a store of its own, unless it imports what a named instance exports: then it shares that one's store.
//! A store is dropped when no name and no unnamed call can reach an instance in it any more, so that a script needs memory
//! for the instances that it can still use, and not for all that it has made.

use core::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use witwright_host::FaultKind;
use witwright_host::{Component, CoreEngine, Error, ErrorKind, Instance, Limits, Linker, Store, Val};

use super::host::{self, State};

/// The instances that a script can still use.
pub(super) struct Instances<E: CoreEngine> {
    engine: E,
    linker: Linker<State, E>,
    limits: Limits,
    named: HashMap<String, Live<E>>,
    /// The instance that calls without a name mean: the one that the script made last.
    last: Option<Live<E>>,
}

/// An instance, and the store that holds it.
#[derive(Clone)]
pub(super) struct Live<E: CoreEngine> {
    place: Rc<RefCell<Place<E>>>,
    instance: Instance,
}

/// A store, and why its later traps prove nothing.
struct Place<E: CoreEngine> {
    store: Store<State, E>,
    /// The first error of a construct that this host does not run: it ended a call as a trap does.
    unsupported: Option<String>,
}

impl<E: CoreEngine> Instances<E> {
    pub(super) fn new(engine: &E, limits: Limits) -> Result<Instances<E>, Error> {
        let mut linker = Linker::new(engine);
        host::define(&mut linker)?;
        Ok(Instances { engine: engine.clone(), linker, limits, named: HashMap::new(), last: None })
    }

    /// The reason why an instance could not be made; if it is a limit, with the limits.
    pub(super) fn refusal(&self, error: &Error) -> String {
        let is_limit = matches!(error.kind(), ErrorKind::Core(fault) if fault.kind() == FaultKind::Limit);
        if !is_limit {
            return error.to_string();
        }
        let Limits { memory_bytes, table_elements, .. } = self.limits;
        format!("{error}; a store may have {memory_bytes} bytes of memory and {table_elements} table elements")
    }

    /// Makes an instance that unnamed calls mean from now on; if that fails, they mean none.
    pub(super) fn make_last(&mut self, component: &Component<E>) -> Result<Live<E>, Error> {
        // Dropped first, so that the store of the old instance and that of the new one do not exist at once.
        self.last = None;
        let live = self.make(component)?;
        self.last = Some(live.clone());
        Ok(live)
    }

    /// Makes an instance, in a store of its own or in that of a named instance that it imports.
    pub(super) fn make(&mut self, component: &Component<E>) -> Result<Live<E>, Error> {
        let imported = component.imports().find_map(|name| self.named.get(name));
        let place = imported.map_or_else(|| self.place(), |live| Rc::clone(&live.place));
        let instance = {
            let mut place = place.borrow_mut();
            let made = self.linker.instantiate(&mut place.store, component);
            place.note(made)?
        };
        Ok(Live { place, instance })
    }

    fn place(&self) -> Rc<RefCell<Place<E>>> {
        let store = Store::with_limits(&self.engine, State::default(), self.limits);
        Rc::new(RefCell::new(Place { store, unsupported: None }))
    }

    /// Names an instance, for calls and for components that import it.
    pub(super) fn name(&mut self, name: &str, live: Live<E>) -> Result<(), Error> {
        self.linker.define_instance(&mut live.place.borrow_mut().store, name, live.instance)?;
        self.named.insert(name.to_owned(), live);
        Ok(())
    }

    /// The instance of this name, or the last one.
    pub(super) fn find(&self, name: Option<&str>) -> Result<Live<E>, String> {
        match name {
            Some(name) => self.named.get(name).cloned().ok_or_else(|| format!("no instance is called `{name}`")),
            None => self.last.clone().ok_or_else(|| "no component was instantiated before this".to_owned()),
        }
    }
}

impl<E: CoreEngine> Live<E> {
    /// Calls an exported function, named as `function` or `interface#function`; the outer error is the script's fault.
    pub(super) fn call(&self, name: &str, arguments: &[Val]) -> Result<Result<Option<Val>, Error>, String> {
        let mut place = self.place.borrow_mut();
        let (interface, func) = match name.split_once('#') {
            Some((interface, func)) => (Some(interface), func),
            None => (None, name),
        };
        let Some(func) = self.instance.func(&mut place.store, interface, func) else {
            return Err(format!("the instance exports no function `{name}`"));
        };
        let called = func.call(&mut place.store, arguments);
        Ok(place.note(called))
    }

    /// The reason why a trap in this instance's store proves nothing; `None` if it proves something.
    pub(super) fn unsupported(&self) -> Option<String> {
        self.place.borrow().unsupported.clone()
    }
}

impl<E: CoreEngine> Place<E> {
    /// Remembers that something unsupported ended a call.
    fn note<R>(&mut self, result: Result<R, Error>) -> Result<R, Error> {
        if let Err(error) = &result
            && matches!(error.kind(), ErrorKind::Unsupported(_))
        {
            self.unsupported.get_or_insert_with(|| error.to_string());
        }
        result
    }
}

/// Whether an error is a trap: of a core engine, of the canonical ABI, or of a host function. That this host does not run
/// something, or was used wrongly, is none.
pub(super) fn is_trap(error: &Error) -> bool {
    match error.kind() {
        ErrorKind::Trap(_) | ErrorKind::Deadlock(_) | ErrorKind::Host(_) => true,
        ErrorKind::Core(fault) => match fault.kind() {
            FaultKind::Trap(_) | FaultKind::StackExhausted | FaultKind::OutOfFuel | FaultKind::CannotBlock => true,
            FaultKind::Limit
            | FaultKind::OneStack
            | FaultKind::Link
            | FaultKind::Compile
            | FaultKind::Host
            | FaultKind::Misuse => false,
        },
        ErrorKind::Invalid { .. }
        | ErrorKind::Unsupported(_)
        | ErrorKind::Link(_)
        | ErrorKind::Export(_)
        | ErrorKind::Duplicate { .. }
        | ErrorKind::Limit(_)
        | ErrorKind::Value { .. }
        | ErrorKind::Handle(_)
        | _ => false,
    }
}
