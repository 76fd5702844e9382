//! Core WebAssembly on wasmtime's core API: compiled code. Guest stacks are suspended by core stack switching, any number of
//! them, where that is available ([`switch`]); elsewhere as a fiber, one in each engine store ([`fiber`]).

use alloc::boxed::Box;
use alloc::string::ToString;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use core::ptr::NonNull;

use ::wasmtime as engine;
use engine::{AsContextMut, StoreContextMut};

use super::ledger::resource_limiter;
use super::{
    BackPointer, Blocking, CoreEngine, EngineOptions, ExportType, Extern, Fault, FaultKind, Flow, FuncType, Import,
    ImportType, Module, NativeStack, Progress, Stack, no_export,
};

mod fiber;
mod func;
#[cfg_attr(not(all(feature = "stack-switching", target_arch = "x86_64", unix)), path = "no_switch.rs")]
mod switch;
mod types;
mod values;

pub(crate) use func::{CoreFunc, HostFunc};

/// The engine `wasmtime`: guests are compiled to machine code; they start slowly and run fast.
#[derive(Clone)]
pub struct Engine {
    raw: engine::Engine,
    options: EngineOptions,
    modules: switch::Modules,
    func_types: types::FuncTypes,
}

/// The data of an engine store.
pub struct Data {
    back_pointer: BackPointer,
    /// Whether this is the domain of an instance that can suspend.
    suspends: bool,
    mailbox: Arc<fiber::Mailbox>,
    func_types: types::FuncTypes,
    #[cfg_attr(
        not(all(feature = "stack-switching", target_arch = "x86_64", unix)),
        expect(dead_code, reason = "`switch` reads it, where stacks can be switched")
    )]
    modules: switch::Modules,
    /// Whether stacks are suspended by core stack switching.
    switches: bool,
    /// Made when it is first used.
    #[cfg_attr(
        not(all(feature = "stack-switching", target_arch = "x86_64", unix)),
        expect(dead_code, reason = "`switch` reads it, where stacks can be switched")
    )]
    switch: Option<Box<switch::Switch>>,
}

/// A guest stack that waits for a host function to answer.
pub enum Suspended {
    /// It waits in a fiber.
    Fiber(fiber::Suspended),
    /// It waits in a continuation.
    Continuation(switch::Stack),
}

/// Bytes of a fiber's stack beyond what its guest may use: for host functions, and the guests that they call.
const HOST_ON_FIBER_BYTES: usize = 1536 << 10;

impl Engine {
    /// An engine with the given options.
    ///
    /// # Panics
    /// If wasmtime cannot run on this machine.
    #[must_use]
    pub fn new(options: EngineOptions) -> Self {
        let mut config = engine::Config::new();
        config
            .consume_fuel(options.fuel)
            .max_wasm_stack(options.guest_stack_bytes)
            .async_stack_size(Self::fiber_bytes(options))
            .wasm_backtrace_max_frames(None)
            .wasm_exceptions(true);
        if Self::can_switch(options) {
            switch::configure(&mut config);
        }
        match engine::Engine::new(&config) {
            Ok(raw) => {
                Self { raw, options, modules: switch::Modules::default(), func_types: types::FuncTypes::default() }
            }
            Err(error) => panic!("wasmtime cannot run on this machine: {error:#}"),
        }
    }

    /// Whether stacks are suspended by core stack switching.
    fn can_switch(options: EngineOptions) -> bool {
        switch::AVAILABLE && options.stack_switching
    }

    fn fiber_bytes(options: EngineOptions) -> usize {
        options.guest_stack_bytes + HOST_ON_FIBER_BYTES
    }
}

impl Default for Engine {
    fn default() -> Self {
        Self::new(EngineOptions::default())
    }
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engine").field("options", &self.options).finish_non_exhaustive()
    }
}

impl CoreEngine for Engine {
    const NAME: &'static str = "wasmtime";

    type Module = Module<engine::Module>;
    type Store = engine::Store<Data>;
    type Context<'a> = StoreContextMut<'a, Data>;
    type Suspended = Suspended;
    type HostFunc = HostFunc;
    type Instance = engine::Instance;
    type Func = CoreFunc;
    type Memory = engine::Memory;
    type Table = engine::Table;
    type Global = engine::Global;
    type Tag = engine::Tag;

    fn compile(&self, bytes: &[u8]) -> Result<Self::Module, Fault> {
        let compile = |bytes: &[u8]| {
            let compiled = engine::Module::from_binary(&self.raw, bytes);
            compiled.map_err(|error| types::fault(error, FaultKind::Compile))
        };
        Module::compile(bytes, compile, exports)
    }

    fn imports(module: &Self::Module) -> Vec<ImportType> {
        let import = |import: engine::ImportType<'_>| ImportType {
            module: import.module().to_string(),
            name: import.name().to_string(),
            ty: types::extern_type(&import.ty()),
        };
        module.raw.imports().map(import).collect()
    }

    fn exports(module: &Self::Module) -> Vec<ExportType> {
        let mut exports = exports(&module.raw);
        exports.retain(|export| module.exports(&export.name));
        exports
    }

    fn native_stack(&self, suspends: bool) -> NativeStack {
        let own_bytes = suspends.then(|| Self::fiber_bytes(self.options));
        NativeStack { guest_bytes: self.options.guest_stack_bytes, own_bytes }
    }

    fn suspendable_stack(&self) -> NativeStack {
        self.native_stack(true)
    }

    fn domain_per_suspender(&self) -> bool {
        !Self::can_switch(self.options)
    }

    fn is_same(&self, other: &Self) -> bool {
        engine::Engine::same(&self.raw, &other.raw)
    }

    fn consumes_fuel(&self) -> bool {
        self.options.fuel
    }

    fn new_store(&self, back_pointer: BackPointer, suspends: bool) -> Result<engine::Store<Data>, Fault> {
        let data = Data {
            back_pointer,
            suspends,
            mailbox: Arc::default(),
            func_types: self.func_types.clone(),
            modules: self.modules.clone(),
            switches: Self::can_switch(self.options),
            switch: None,
        };
        let store = engine::Store::try_new(&self.raw, data);
        let mut store = store.map_err(|error| types::fault(error, FaultKind::Limit))?;
        store.limiter(|data| &mut data.back_pointer);
        Ok(store)
    }

    #[inline]
    fn context(store: &mut engine::Store<Data>) -> StoreContextMut<'_, Data> {
        store.as_context_mut()
    }

    #[inline]
    fn reborrow<'a>(cx: &'a mut StoreContextMut<'_, Data>) -> StoreContextMut<'a, Data> {
        cx.as_context_mut()
    }

    #[inline]
    fn back_pointer<'a>(cx: &'a StoreContextMut<'_, Data>) -> &'a BackPointer {
        &cx.data().back_pointer
    }

    fn fuel(cx: StoreContextMut<'_, Data>) -> u64 {
        cx.get_fuel().unwrap_or_default()
    }

    fn set_fuel(mut cx: StoreContextMut<'_, Data>, fuel: u64) {
        // The only error is that fuel is not metered, where this does nothing.
        let _ = cx.set_fuel(fuel);
    }

    fn instantiate(
        mut cx: StoreContextMut<'_, Data>,
        Module { raw: module, start }: &Self::Module,
        imports: &[Import<'_, Self>],
        stack: Stack,
    ) -> Result<(engine::Instance, Option<CoreFunc>), Fault> {
        if !engine::Engine::same(module.engine(), cx.engine()) {
            return Err(Fault::misuse("the module was compiled for another engine than the store's"));
        }
        let mut items = Vec::with_capacity(imports.len());
        for import in imports {
            items.push(match *import {
                Import::Extern(item) => to_wasmtime(item),
                Import::Export(instance, name) => instance.get_export(&mut cx, name).ok_or_else(|| no_export(name))?,
            });
        }
        let made = match stack {
            Stack::Callers => switch::without_blocking(&mut cx, |cx| engine::Instance::new(cx, module, &items)),
            Stack::Own => {
                let mailbox = cx.data().mailbox.clone();
                fiber::finish(&mailbox, engine::Instance::new_async(&mut cx, module, &items))?
            }
        };
        let made = made.map_err(|error| types::fault(error, FaultKind::Link))?;
        let start = start.as_deref().and_then(|name| made.get_func(&mut cx, name));
        Ok((made, start.map(|func| CoreFunc::new(&cx, func))))
    }

    fn export(mut cx: StoreContextMut<'_, Data>, instance: engine::Instance, name: &str) -> Option<Extern<Self>> {
        Some(match instance.get_export(&mut cx, name)? {
            engine::Extern::Func(func) => Extern::Func(CoreFunc::new(&cx, func)),
            engine::Extern::Memory(memory) => Extern::Memory(memory),
            engine::Extern::Table(table) => Extern::Table(table),
            engine::Extern::Global(global) => Extern::Global(global),
            engine::Extern::Tag(tag) => Extern::Tag(tag),
            engine::Extern::SharedMemory(_) => return None,
        })
    }

    fn host_func<F>(cx: StoreContextMut<'_, Data>, ty: &FuncType, blocking: Blocking, f: F) -> Result<CoreFunc, Fault>
    where
        F: Fn(StoreContextMut<'_, Data>, &mut [u64]) -> Result<Flow, Fault> + Send + Sync + 'static,
    {
        match blocking {
            Blocking::May if cx.data().switches => switch::blocking_func(cx, ty, f),
            Blocking::May | Blocking::Never => func::host_func(cx, ty, blocking, f),
        }
    }

    fn new_host_func<F>(&self, ty: &FuncType, blocking: Blocking, f: F) -> Result<HostFunc, Fault>
    where
        F: Fn(StoreContextMut<'_, Data>, &mut [u64]) -> Result<Flow, Fault> + Send + Sync + 'static,
    {
        HostFunc::new((&self.raw, &self.func_types), ty, blocking, f)
    }

    fn add_host_func(cx: StoreContextMut<'_, Data>, func: &HostFunc) -> Result<CoreFunc, Fault> {
        func.add(cx)
    }

    fn func_type(cx: StoreContextMut<'_, Data>, func: CoreFunc) -> FuncType {
        types::func_type(&func.raw.ty(&cx))
    }

    #[inline]
    fn call(cx: StoreContextMut<'_, Data>, func: CoreFunc, slots: &mut [u64], stack: Stack) -> Result<(), Fault> {
        func.call(cx, slots, stack)
    }

    unsafe fn start(
        cx: StoreContextMut<'_, Data>,
        func: CoreFunc,
        slots: &mut [u64],
    ) -> Result<Progress<Suspended>, Fault> {
        if cx.data().switches {
            let progress = switch::start(cx, func, slots)?;
            return Ok(progress.map(Suspended::Continuation));
        }
        // SAFETY: the caller upholds the same conditions.
        let progress = unsafe { fiber::start(cx, func.raw, slots) }?;
        Ok(progress.map(Suspended::Fiber))
    }

    fn waiting(suspended: &Suspended) -> Option<NonNull<StoreContextMut<'static, Data>>> {
        match suspended {
            Suspended::Fiber(fiber) => Some(fiber.waiting()),
            Suspended::Continuation(_) => None,
        }
    }

    fn resume(
        cx: Option<StoreContextMut<'_, Data>>,
        suspended: Suspended,
        answer: &[u64],
        slots: &mut [u64],
    ) -> Result<Progress<Suspended>, Fault> {
        match suspended {
            Suspended::Fiber(fiber) => Ok(fiber.resume(answer, slots)?.map(Suspended::Fiber)),
            Suspended::Continuation(stack) => {
                let Some(cx) = cx else { unreachable!("a continuation holds no access") };
                Ok(switch::resume(cx, stack, answer, slots)?.map(Suspended::Continuation))
            }
        }
    }

    #[inline]
    fn memory<'a>(cx: Self::Context<'a>, memory: engine::Memory) -> &'a mut [u8] {
        memory.data_mut(cx)
    }

    fn global(mut cx: StoreContextMut<'_, Data>, global: engine::Global) -> Option<u64> {
        types::to_slot(&global.get(&mut cx))
    }

    fn set_global(cx: StoreContextMut<'_, Data>, global: engine::Global, value: u64) -> Result<(), Fault> {
        let ty = types::val_type(global.ty(&cx).content());
        let Some(value) = types::from_slot(ty, value) else {
            return Err(Fault::misuse("slots cannot hold the type of this global"));
        };
        global.set(cx, value).map_err(|error| types::fault(error, FaultKind::Misuse))
    }

    fn table_func(mut cx: StoreContextMut<'_, Data>, table: engine::Table, index: u64) -> Option<CoreFunc> {
        match table.get(&mut cx, index)? {
            engine::Ref::Func(func) => func.map(|func| CoreFunc::new(&cx, func)),
            engine::Ref::Extern(_) | engine::Ref::Any(_) | engine::Ref::Exn(_) => None,
        }
    }

    fn set_table_func(
        cx: StoreContextMut<'_, Data>,
        table: engine::Table,
        index: u64,
        func: Option<CoreFunc>,
    ) -> Result<(), Fault> {
        let func = engine::Ref::Func(func.map(|func| func.raw));
        table.set(cx, index, func).map_err(|error| Fault::new(FaultKind::Misuse, error))
    }
}

fn exports(module: &engine::Module) -> Vec<ExportType> {
    let export = |export: engine::ExportType<'_>| ExportType {
        name: export.name().to_string(),
        ty: types::extern_type(&export.ty()),
    };
    module.exports().map(export).collect()
}

fn to_wasmtime(item: Extern<Engine>) -> engine::Extern {
    match item {
        Extern::Func(func) => engine::Extern::Func(func.raw),
        Extern::Memory(memory) => engine::Extern::Memory(memory),
        Extern::Table(table) => engine::Extern::Table(table),
        Extern::Global(global) => engine::Extern::Global(global),
        Extern::Tag(tag) => engine::Extern::Tag(tag),
    }
}

resource_limiter!(engine::ResourceLimiter, engine::Error);
