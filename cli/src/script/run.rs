//! The directives of a script, run one after the other.

use std::collections::HashMap;

use ::wast::token::Id;
use ::wast::{QuoteWat, WastDirective, WastExecute, WastInvoke, Wat};
use witwright_host::{Component, CoreEngine, Error, ErrorKind, Limits, Options, Val, validate};

use super::instances::{Instances, is_trap};
use super::{message, value};

/// A script that runs.
pub(super) struct Run<'o, E: CoreEngine> {
    engine: E,
    options: &'o super::Options,
    definitions: HashMap<String, Component<E>>,
    last_definition: Option<Component<E>>,
    instances: Instances<E>,
}

type Outcome = Result<(), String>;

/// The outcome of a call or an instantiation.
struct Ended {
    result: Result<Option<Val>, Error>,
    /// The error of a construct that this host does not run, where one ended an earlier call in the same store.
    unsupported: Option<String>,
}

impl<'o, E: CoreEngine> Run<'o, E> {
    pub(super) fn new(engine: &E, options: &'o super::Options) -> Result<Run<'o, E>, Error> {
        let mut limits = Limits::default();
        if let Some(bytes) = options.memory_bytes {
            limits.memory_bytes = bytes;
        }
        Ok(Run {
            engine: engine.clone(),
            options,
            definitions: HashMap::new(),
            last_definition: None,
            instances: Instances::new(engine, limits)?,
        })
    }

    pub(super) fn directive(&mut self, directive: WastDirective<'_>) -> Outcome {
        match directive {
            WastDirective::Module(mut wat) | WastDirective::ModuleDefinition(mut wat) if is_core(&wat) => {
                self.core_module(&mut wat)
            }
            WastDirective::Module(mut wat) => self.component(&mut wat),
            WastDirective::ModuleDefinition(mut wat) => self.definition(&mut wat),
            WastDirective::AssertMalformed { mut module, message, .. }
            | WastDirective::AssertMalformedCustom { mut module, message, .. }
            | WastDirective::AssertInvalid { mut module, message, .. }
            | WastDirective::AssertInvalidCustom { mut module, message, .. } => {
                self.assert_refused(&mut module, message)
            }
            _ if self.options.validate_only => Ok(()),
            WastDirective::ModuleInstance { instance, module, .. } => self.instance(instance, module),
            WastDirective::Register { name, module, .. } => self.register(name, module),
            WastDirective::Invoke(invoke) => {
                self.invoke(&invoke)?.result.map(|_| ()).map_err(|error| error.to_string())
            }
            WastDirective::AssertReturn { exec, results, .. } => match self.execute(exec)?.result {
                Ok(found) => value::compare(&results, found.as_ref()),
                Err(error) => Err(error.to_string()),
            },
            WastDirective::AssertTrap { exec, message, .. } => expect_trap(self.execute(exec)?, message),
            WastDirective::AssertExhaustion { call, message, .. } => expect_trap(self.invoke(&call)?, message),
            WastDirective::AssertException { exec, .. } => expect_trap(self.execute(exec)?, "unhandled exception"),
            WastDirective::AssertUnlinkable { mut module, .. } => self.assert_unlinkable(&mut module),
            WastDirective::Thread(thread) => {
                thread.directives.into_iter().try_for_each(|directive| self.directive(directive))
            }
            // The directives of a thread have run before the directive that waits for it.
            WastDirective::Wait { .. } => Ok(()),
            WastDirective::AssertSuspension { .. } => Err("suspensions of core WebAssembly are not run".to_owned()),
        }
    }

    /// A core module: scripts for components only validate them.
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
        options.disabled_gates.clone_from(&self.options.disabled_gates);
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
        let live = self.instances.make_last(component).map_err(|error| self.instances.refusal(&error));
        let live = live?;
        match id {
            Some(id) => self.instances.name(id.name(), live).map_err(|error| error.to_string()),
            None => Ok(()),
        }
    }

    fn register(&mut self, name: &str, instance: Option<Id<'_>>) -> Outcome {
        let live = self.instances.find(instance.map(|id| id.name()))?;
        self.instances.name(name, live).map_err(|error| error.to_string())
    }

    /// Text or binary that must be refused as invalid, with this message.
    fn assert_refused(&mut self, wat: &mut QuoteWat<'_>, expected: &str) -> Outcome {
        let found = match wat.encode().map(|bytes| self.validate(&bytes)) {
            Ok(Ok(())) => return Err(format!("expected the error `{expected}`, but it was accepted")),
            Ok(Err(error)) => {
                let ErrorKind::Invalid { message, offset, .. } = error.kind() else {
                    return Err(format!("expected the error `{expected}`, but it failed for another reason: {error}"));
                };
                format!("{message} (at offset {offset:#x})")
            }
            Err(error) => error.message(),
        };
        match message::says(&found, expected) {
            true => Ok(()),
            false => Err(format!("expected the error `{expected}`, found `{found}`")),
        }
    }

    fn assert_unlinkable(&mut self, wat: &mut Wat<'_>) -> Outcome {
        let bytes = wat.encode().map_err(|error| error.message())?;
        let component = self.load(&bytes).map_err(|error| error.to_string())?;
        match self.instances.make(&component) {
            Ok(_) => Err("it was linked".to_owned()),
            Err(error) if matches!(error.kind(), ErrorKind::Link(_)) => Ok(()),
            Err(error) => Err(format!("it failed for another reason: {error}")),
        }
    }

    /// Runs the call or the component of an assertion; the error is the script's fault.
    fn execute(&mut self, exec: WastExecute<'_>) -> Result<Ended, String> {
        match exec {
            WastExecute::Invoke(invoke) => self.invoke(&invoke),
            WastExecute::Wat(mut wat) => {
                let bytes = wat.encode().map_err(|error| error.message())?;
                let component = self.load(&bytes).map_err(|error| error.to_string())?;
                Ok(Ended { result: self.instances.make(&component).map(|_| None), unsupported: None })
            }
            WastExecute::Get { .. } => Err("components have no globals to get".to_owned()),
        }
    }

    fn invoke(&mut self, invoke: &WastInvoke<'_>) -> Result<Ended, String> {
        let live = self.instances.find(invoke.module.map(|id| id.name()))?;
        let arguments = value::arguments(&invoke.args)?;
        let unsupported = live.unsupported();
        Ok(Ended { result: live.call(invoke.name, &arguments)?, unsupported })
    }
}

fn is_core(wat: &QuoteWat<'_>) -> bool {
    match wat {
        QuoteWat::Wat(Wat::Module(_)) | QuoteWat::QuoteModule(..) => true,
        QuoteWat::Wat(Wat::Component(_)) | QuoteWat::QuoteComponent(..) => false,
    }
}

fn expect_trap(ended: Ended, expected: &str) -> Outcome {
    let error = match ended.result {
        Ok(Some(result)) => return Err(format!("expected a trap `{expected}`, but it returned {result:?}")),
        Ok(None) => return Err(format!("expected a trap `{expected}`, but it returned")),
        Err(error) => error,
    };
    if !is_trap(&error) {
        return Err(format!("expected a trap `{expected}`, but it failed for another reason: {error}"));
    }
    if !message::says(&error.kind().to_string(), expected) {
        return Err(format!("expected a trap `{expected}`, found `{error}`"));
    }
    match ended.unsupported {
        None => Ok(()),
        Some(earlier) => Err(format!("it trapped as expected, but an earlier call failed already: {earlier}")),
    }
}
