//! The directives of a script, run one after the other.

use std::collections::HashMap;

use ::wast::token::Id;
use ::wast::{QuoteWat, WastDirective, WastExecute, WastInvoke, Wat};
use witwright_host::{Component, CoreEngine, Error, ErrorKind, Instance, Linker, Options, Store, Val, validate};

use super::host::{self, State};
use super::{message, value};

/// A script that runs.
pub(super) struct Run<'o, E: CoreEngine> {
    engine: E,
    options: &'o super::Options,
    linker: Linker<State, E>,
    definitions: HashMap<String, Component<E>>,
    last_definition: Option<Component<E>>,
    instances: HashMap<String, Live>,
    /// The instance that was made last.
    last: Option<Live>,
    stores: Vec<Store<State, E>>,
}

/// An instance, and the store that it is in.
#[derive(Clone, Copy)]
struct Live {
    store: usize,
    instance: Instance,
}

type Outcome = Result<(), String>;

impl<'o, E: CoreEngine> Run<'o, E> {
    pub(super) fn new(engine: &E, options: &'o super::Options) -> Result<Run<'o, E>, Error> {
        let mut linker = Linker::new(engine);
        host::define(&mut linker)?;
        Ok(Run {
            engine: engine.clone(),
            options,
            linker,
            definitions: HashMap::new(),
            last_definition: None,
            instances: HashMap::new(),
            last: None,
            stores: Vec::new(),
        })
    }

    pub(super) fn directive(&mut self, directive: WastDirective<'_>) -> Outcome {
        match directive {
            WastDirective::Module(mut wat) | WastDirective::ModuleDefinition(mut wat) if is_core(&wat) => {
                self.core_module(&mut wat)
            }
            WastDirective::Module(mut wat) => self.component(&mut wat),
            WastDirective::ModuleDefinition(mut wat) => self.definition(&mut wat),
            WastDirective::AssertMalformed { mut module, .. }
            | WastDirective::AssertMalformedCustom { mut module, .. }
            | WastDirective::AssertInvalid { mut module, .. }
            | WastDirective::AssertInvalidCustom { mut module, .. } => self.assert_refused(&mut module),
            _ if self.options.validate_only => Ok(()),
            WastDirective::ModuleInstance { instance, module, .. } => self.instance(instance, module),
            WastDirective::Register { name, module, .. } => self.register(name, module),
            WastDirective::Invoke(invoke) => self.invoke(&invoke)?.map(|_| ()).map_err(|error| error.to_string()),
            WastDirective::AssertReturn { exec, results, .. } => match self.execute(exec)? {
                Ok(found) => value::compare(&results, found.as_ref()),
                Err(error) => Err(format!("{error}")),
            },
            WastDirective::AssertTrap { exec, message, .. } => expect_trap(self.execute(exec)?, message),
            WastDirective::AssertExhaustion { call, message, .. } => expect_trap(self.invoke(&call)?, message),
            WastDirective::AssertException { exec, .. } => expect_trap(self.execute(exec)?, "unhandled exception"),
            WastDirective::AssertUnlinkable { mut module, .. } => self.assert_unlinkable(&mut module),
            WastDirective::Thread(thread) => {
                thread.directives.into_iter().try_for_each(|directive| self.directive(directive))
            }
            // The directives of a thread have run by the time that it is named.
            WastDirective::Wait { .. } => Ok(()),
            WastDirective::AssertSuspension { .. } => Err("suspensions of core WebAssembly are not run".to_owned()),
        }
    }

    /// A core module: scripts for components only define them, or say that they are wrong.
    fn core_module(&mut self, wat: &mut QuoteWat<'_>) -> Outcome {
        let bytes = wat.encode().map_err(|error| error.message())?;
        self.validate(&bytes).map_err(|error| error.to_string())
    }

    fn load(&self, bytes: &[u8]) -> Result<Component<E>, Error> {
        Component::with_options(&self.engine, bytes, &self.loading())
    }

    fn validate(&self, bytes: &[u8]) -> Result<(), Error> {
        validate(bytes, &self.loading())
    }

    fn loading(&self) -> Options {
        let mut options = Options::default();
        options.gates.clone_from(&self.options.gates);
        options.without.clone_from(&self.options.without);
        options
    }

    fn define(&mut self, wat: &mut QuoteWat<'_>) -> Result<Option<Component<E>>, String> {
        let bytes = wat.encode().map_err(|error| error.message())?;
        if self.options.validate_only {
            self.validate(&bytes).map_err(|error| error.to_string())?;
            return Ok(None);
        }
        let component = self.load(&bytes).map_err(|error| error.to_string())?;
        if let Some(id) = wat.name() {
            self.definitions.insert(id.name().to_owned(), component.clone());
        }
        Ok(Some(component))
    }

    fn definition(&mut self, wat: &mut QuoteWat<'_>) -> Outcome {
        self.last_definition = self.define(wat)?;
        Ok(())
    }

    fn component(&mut self, wat: &mut QuoteWat<'_>) -> Outcome {
        match self.define(wat)? {
            Some(component) => self.instantiate(&component, wat.name()),
            None => Ok(()),
        }
    }

    fn instance(&mut self, instance: Option<Id<'_>>, definition: Option<Id<'_>>) -> Outcome {
        let component = match definition {
            Some(id) => self.definitions.get(id.name()),
            None => self.last_definition.as_ref(),
        };
        let Some(component) = component.cloned() else {
            return Err(format!("no component is defined as `{}`", definition.map_or("", |id| id.name())));
        };
        self.instantiate(&component, instance)
    }

    fn instantiate(&mut self, component: &Component<E>, id: Option<Id<'_>>) -> Outcome {
        let live = self.make(component).map_err(|error| error.to_string())?;
        self.last = Some(live);
        id.map_or(Ok(()), |id| self.name(id.name(), live))
    }

    /// Makes an instance: in a store of its own, or in that of a named instance that it imports.
    fn make(&mut self, component: &Component<E>) -> Result<Live, Error> {
        let imported = component.imports().find_map(|name| self.instances.get(name));
        let store = match imported {
            Some(live) => live.store,
            None => {
                self.stores.push(Store::new(&self.engine, State::default()));
                self.stores.len() - 1
            }
        };
        let instance = self.linker.instantiate(&mut self.stores[store], component)?;
        Ok(Live { store, instance })
    }

    /// Names an instance: for calls, and for components that import it.
    fn name(&mut self, name: &str, live: Live) -> Outcome {
        self.instances.insert(name.to_owned(), live);
        let defined = self.linker.define_instance(&mut self.stores[live.store], name, live.instance);
        defined.map_err(|error| error.to_string())
    }

    fn register(&mut self, name: &str, instance: Option<Id<'_>>) -> Outcome {
        let live = self.live(instance)?;
        self.name(name, live)
    }

    fn live(&self, instance: Option<Id<'_>>) -> Result<Live, String> {
        match instance {
            Some(id) => {
                self.instances.get(id.name()).copied().ok_or_else(|| format!("no instance is called `{}`", id.name()))
            }
            None => self.last.ok_or_else(|| "there is no instance".to_owned()),
        }
    }

    /// Text or binary that must not be accepted; that this host does not run something is no reason.
    fn assert_refused(&mut self, wat: &mut QuoteWat<'_>) -> Outcome {
        let Ok(bytes) = wat.encode() else { return Ok(()) };
        match self.validate(&bytes) {
            Ok(()) => Err("it was accepted".to_owned()),
            Err(error) if matches!(error.kind(), ErrorKind::Invalid { .. }) => Ok(()),
            Err(error) => Err(format!("it was refused for another reason: {error}")),
        }
    }

    fn assert_unlinkable(&mut self, wat: &mut Wat<'_>) -> Outcome {
        let bytes = wat.encode().map_err(|error| error.message())?;
        let component = self.load(&bytes).map_err(|error| error.to_string())?;
        match self.make(&component) {
            Ok(_) => Err("it was linked".to_owned()),
            Err(error) if matches!(error.kind(), ErrorKind::Link(_)) => Ok(()),
            Err(error) => Err(format!("it failed for another reason: {error}")),
        }
    }

    /// Runs what an assertion is about; the outer error is the script's fault.
    fn execute(&mut self, exec: WastExecute<'_>) -> Result<Result<Option<Val>, Error>, String> {
        match exec {
            WastExecute::Invoke(invoke) => self.invoke(&invoke),
            WastExecute::Wat(mut wat) => {
                let bytes = wat.encode().map_err(|error| error.message())?;
                let component = self.load(&bytes).map_err(|error| error.to_string())?;
                Ok(self.make(&component).map(|_| None))
            }
            WastExecute::Get { .. } => Err("components have no globals to get".to_owned()),
        }
    }

    fn invoke(&mut self, invoke: &WastInvoke<'_>) -> Result<Result<Option<Val>, Error>, String> {
        let Live { store, instance } = self.live(invoke.module)?;
        let arguments = value::arguments(&invoke.args)?;
        let store = &mut self.stores[store];
        let (interface, name) = match invoke.name.split_once('#') {
            Some((interface, name)) => (Some(interface), name),
            None => (None, invoke.name),
        };
        let Some(func) = instance.func(&mut *store, interface, name) else {
            return Err(format!("the instance exports no function `{}`", invoke.name));
        };
        Ok(func.call(store, &arguments))
    }
}

fn is_core(wat: &QuoteWat<'_>) -> bool {
    match wat {
        QuoteWat::Wat(Wat::Module(_)) | QuoteWat::QuoteModule(..) => true,
        QuoteWat::Wat(Wat::Component(_)) | QuoteWat::QuoteComponent(..) => false,
    }
}

fn expect_trap(found: Result<Option<Val>, Error>, expected: &str) -> Outcome {
    match found {
        Ok(Some(result)) => Err(format!("expected a trap `{expected}`, but it returned {result:?}")),
        Ok(None) => Err(format!("expected a trap `{expected}`, but it returned")),
        Err(error) if message::says(&error.to_string(), expected) => Ok(()),
        Err(error) => Err(format!("expected a trap `{expected}`, found `{error}`")),
    }
}
