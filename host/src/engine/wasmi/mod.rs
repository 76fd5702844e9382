//! Core WebAssembly on wasmi, an interpreter: it can suspend any number of guest stacks, in any order.

use alloc::string::ToString;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use core::ptr::NonNull;

use ::wasmi as engine;
use engine::{AsContextMut, StoreContextMut};
use wasmi_core::LimiterError;

use super::ledger::resource_limiter;
use super::{
    BackPointer, Blocking, CoreEngine, EngineOptions, ExportType, Extern, Fault, FaultKind, Flow, FuncType, Import,
    ImportType, Module, NativeStack, Progress, Stack, no_export,
};

mod dispatch;
mod func;
mod panics;
mod types;

pub(crate) use func::{CoreFunc, HostFunc, Suspended};

/// The engine `wasmi`: pure Rust, small, portable; guests start quickly and run slowly.
#[derive(Clone)]
pub struct Engine {
    raw: engine::Engine,
    options: EngineOptions,
}

/// Guest frames of wasmi lie on the heap; this much native stack is enough for its interpreter, in debug builds too.
const INTERPRETER_BYTES: usize = 64 << 10;

/// Frames of guest functions that may nest in one call; the bytes they use are bounded by [`EngineOptions::guest_stack_bytes`].
const MAX_GUEST_FRAMES: usize = 100_000;

/// Guest stacks that are kept for the next call, so that calls which nest need not allocate them.
const CACHED_STACKS: usize = 64;

impl Engine {
    /// An engine with the given options.
    ///
    /// # Panics
    /// If `wasmi` was compiled in a way that lets guests abort the process; the message says what to do.
    #[must_use]
    pub fn new(options: EngineOptions) -> Self {
        dispatch::check();
        let mut config = engine::Config::default();
        config
            .consume_fuel(options.fuel)
            .ignore_custom_sections(true)
            .set_max_stack_height(options.guest_stack_bytes.max(4 << 10))
            .set_max_recursion_depth(MAX_GUEST_FRAMES)
            .set_max_cached_stacks(CACHED_STACKS);
        Self { raw: engine::Engine::new(&config), options }
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

/// No tag: wasmi lacks exceptions.
#[derive(Clone, Copy, Debug)]
pub enum NoTag {}

impl CoreEngine for Engine {
    const NAME: &'static str = "wasmi";

    type Module = Module<engine::Module>;
    type Store = engine::Store<BackPointer>;
    type Context<'a> = StoreContextMut<'a, BackPointer>;
    type Suspended = Suspended;
    type HostFunc = HostFunc;
    type Instance = engine::Instance;
    type Func = CoreFunc;
    type Memory = engine::Memory;
    type Table = engine::Table;
    type Global = engine::Global;
    type Tag = NoTag;

    fn compile(&self, bytes: &[u8]) -> Result<Self::Module, Fault> {
        let compile =
            |bytes: &[u8]| engine::Module::new(&self.raw, bytes).map_err(|error| types::compile_fault(&error));
        Module::compile(bytes, compile, exports)
    }

    fn imports(module: &Self::Module) -> Vec<ImportType> {
        let import = |import: engine::ImportType<'_>| ImportType {
            module: import.module().to_string(),
            name: import.name().to_string(),
            ty: types::extern_type(import.ty()),
        };
        module.raw.imports().map(import).collect()
    }

    fn exports(module: &Self::Module) -> Vec<ExportType> {
        let mut exports = exports(&module.raw);
        exports.retain(|export| module.exports(&export.name));
        exports
    }

    fn native_stack(&self, _suspends: bool) -> NativeStack {
        NativeStack { guest_bytes: INTERPRETER_BYTES, own_bytes: None }
    }

    fn suspendable_stack(&self) -> NativeStack {
        self.native_stack(true)
    }

    fn domain_per_suspender(&self) -> bool {
        false
    }

    fn is_same(&self, other: &Self) -> bool {
        engine::Engine::same(&self.raw, &other.raw)
    }

    fn consumes_fuel(&self) -> bool {
        self.options.fuel
    }

    fn new_store(&self, back_pointer: BackPointer, _suspends: bool) -> Result<engine::Store<BackPointer>, Fault> {
        let mut store = engine::Store::new(&self.raw, back_pointer);
        store.limiter(|back_pointer| back_pointer);
        Ok(store)
    }

    fn context(store: &mut engine::Store<BackPointer>) -> StoreContextMut<'_, BackPointer> {
        store.as_context_mut()
    }

    fn reborrow<'a>(cx: &'a mut StoreContextMut<'_, BackPointer>) -> StoreContextMut<'a, BackPointer> {
        cx.as_context_mut()
    }

    fn back_pointer<'a>(cx: &'a StoreContextMut<'_, BackPointer>) -> &'a BackPointer {
        cx.data()
    }

    fn fuel(cx: StoreContextMut<'_, BackPointer>) -> u64 {
        cx.get_fuel().unwrap_or_default()
    }

    fn set_fuel(mut cx: StoreContextMut<'_, BackPointer>, fuel: u64) {
        // The only error is that fuel is not metered, where this does nothing.
        let _ = cx.set_fuel(fuel);
    }

    fn instantiate(
        mut cx: StoreContextMut<'_, BackPointer>,
        Module { raw: module, start }: &Self::Module,
        imports: &[Import<'_, Self>],
        _stack: Stack,
    ) -> Result<(engine::Instance, Option<CoreFunc>), Fault> {
        if !engine::Engine::same(module.engine(), cx.engine()) {
            return Err(Fault::misuse("the module was compiled for another engine than the store's"));
        }
        let mut items = Vec::with_capacity(imports.len());
        for import in imports {
            items.push(match *import {
                Import::Extern(item) => to_wasmi(item),
                Import::Export(instance, name) => instance.get_export(&cx, name).ok_or_else(|| no_export(name))?,
            });
        }
        let made = engine::Instance::new(cx.as_context_mut(), module, &items).map_err(types::fault)?;
        let start = start.as_deref().and_then(|name| made.get_func(&cx, name));
        Ok((made, start.map(|func| CoreFunc::new(&cx, func))))
    }

    fn export(cx: StoreContextMut<'_, BackPointer>, instance: engine::Instance, name: &str) -> Option<Extern<Self>> {
        Some(match instance.get_export(&cx, name)? {
            engine::Extern::Func(func) => Extern::Func(CoreFunc::new(&cx, func)),
            engine::Extern::Memory(memory) => Extern::Memory(memory),
            engine::Extern::Table(table) => Extern::Table(table),
            engine::Extern::Global(global) => Extern::Global(global),
        })
    }

    fn host_func<F>(
        cx: StoreContextMut<'_, BackPointer>,
        ty: &FuncType,
        blocking: Blocking,
        f: F,
    ) -> Result<CoreFunc, Fault>
    where
        F: Fn(StoreContextMut<'_, BackPointer>, &mut [u64]) -> Result<Flow, Fault> + Send + Sync + 'static,
    {
        Ok(HostFunc::new(ty, blocking, Arc::new(f))?.add(cx))
    }

    fn new_host_func<F>(&self, ty: &FuncType, blocking: Blocking, f: F) -> Result<HostFunc, Fault>
    where
        F: Fn(StoreContextMut<'_, BackPointer>, &mut [u64]) -> Result<Flow, Fault> + Send + Sync + 'static,
    {
        HostFunc::new(ty, blocking, Arc::new(f))
    }

    fn add_host_func(cx: StoreContextMut<'_, BackPointer>, func: &HostFunc) -> Result<CoreFunc, Fault> {
        Ok(func.add(cx))
    }

    fn func_type(cx: StoreContextMut<'_, BackPointer>, func: CoreFunc) -> FuncType {
        types::func_type(&func.raw.ty(&cx))
    }

    #[inline]
    fn call(
        cx: StoreContextMut<'_, BackPointer>,
        func: CoreFunc,
        slots: &mut [u64],
        _stack: Stack,
    ) -> Result<(), Fault> {
        func.call(cx, slots)
    }

    unsafe fn start(
        cx: StoreContextMut<'_, BackPointer>,
        func: CoreFunc,
        slots: &mut [u64],
    ) -> Result<Progress<Suspended>, Fault> {
        func.start(cx, slots)
    }

    fn waiting(_suspended: &Suspended) -> Option<NonNull<StoreContextMut<'static, BackPointer>>> {
        None
    }

    fn resume(
        cx: Option<StoreContextMut<'_, BackPointer>>,
        suspended: Suspended,
        answer: &[u64],
        slots: &mut [u64],
    ) -> Result<Progress<Suspended>, Fault> {
        let Some(cx) = cx else {
            return Err(Fault::misuse("a suspended stack of wasmi does not hold its engine store"));
        };
        suspended.resume(cx, answer, slots)
    }

    #[inline]
    fn memory<'a>(cx: Self::Context<'a>, memory: engine::Memory) -> &'a mut [u8] {
        memory.data_mut(cx)
    }

    fn global(cx: StoreContextMut<'_, BackPointer>, global: engine::Global) -> Option<u64> {
        types::to_slot(&global.get(&cx))
    }

    fn set_global(cx: StoreContextMut<'_, BackPointer>, global: engine::Global, value: u64) -> Result<(), Fault> {
        let ty = global.ty(&cx).content();
        let Some(value) = types::from_slot(ty, value) else {
            return Err(Fault::misuse("slots cannot hold the type of this global"));
        };
        global.set(cx, value).map_err(|error| Fault::new(FaultKind::Misuse, error))
    }

    fn table_func(cx: StoreContextMut<'_, BackPointer>, table: engine::Table, index: u64) -> Option<CoreFunc> {
        match table.get(&cx, index)? {
            engine::Ref::Func(engine::Nullable::Val(func)) => Some(CoreFunc::new(&cx, func)),
            engine::Ref::Func(engine::Nullable::Null) | engine::Ref::Extern(_) => None,
        }
    }

    fn set_table_func(
        cx: StoreContextMut<'_, BackPointer>,
        table: engine::Table,
        index: u64,
        func: Option<CoreFunc>,
    ) -> Result<(), Fault> {
        let func = func.map_or(engine::Nullable::Null, |func| engine::Nullable::Val(func.raw));
        table.set(cx, index, func.into()).map_err(|error| Fault::new(FaultKind::Misuse, error))
    }
}

fn exports(module: &engine::Module) -> Vec<ExportType> {
    let export = |export: engine::ExportType<'_>| ExportType {
        name: export.name().to_string(),
        ty: types::extern_type(export.ty()),
    };
    module.exports().map(export).collect()
}

fn to_wasmi(item: Extern<Engine>) -> engine::Extern {
    match item {
        Extern::Func(func) => engine::Extern::Func(func.raw),
        Extern::Memory(memory) => engine::Extern::Memory(memory),
        Extern::Table(table) => engine::Extern::Table(table),
        Extern::Global(global) => engine::Extern::Global(global),
        Extern::Tag(tag) => match tag {},
    }
}

resource_limiter!(engine::ResourceLimiter, LimiterError);
