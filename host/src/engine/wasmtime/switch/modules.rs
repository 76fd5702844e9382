//! The modules by which stacks are switched: for the continuations, for each worker, and for each import that blocks.

use alloc::vec::Vec;

use wasm_encoder::{
    BlockType, CodeSection, ContType, EntityType, ExportKind, ExportSection, Function, FunctionSection, GlobalSection,
    GlobalType, Handle, HeapType, ImportSection, InstructionSink, MemArg, MemArgTarget, Module, RefType, TableSection,
    TagKind, TypeSection, ValType as WasmType,
};

use crate::engine::wasmtime::values::opaque;
use crate::engine::{Fault, FuncType, ValType};

/// The number of values that a call can have: those that fit into a page of memory.
const MAX_VALUES: usize = 8000;

/// The purpose of a module that is made here.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(in crate::engine::wasmtime) enum Purpose {
    /// It holds the continuations, and resumes them.
    Base,
    /// It has the worker that calls functions of a signature.
    Worker(Signature),
    /// It has the import of a signature that may block.
    Import(Signature),
}

/// The types of parameters and results, as of a [`FuncType`], all of which fit slots.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(in crate::engine::wasmtime) struct Signature {
    pub(super) params: Vec<Number>,
    pub(super) results: Vec<Number>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Number {
    I32,
    I64,
    F32,
    F64,
}

impl Signature {
    pub(super) fn new(ty: &FuncType) -> Result<Signature, Fault> {
        let number = |ty: &ValType| match ty {
            ValType::I32 => Ok(Number::I32),
            ValType::I64 => Ok(Number::I64),
            ValType::F32 => Ok(Number::F32),
            ValType::F64 => Ok(Number::F64),
            ValType::V128 | ValType::FuncRef | ValType::ExternRef | ValType::OtherRef => Err(opaque()),
        };
        if ty.slot_count() > MAX_VALUES {
            return Err(opaque());
        }
        let params = ty.params.iter().map(number).collect::<Result<_, _>>()?;
        Ok(Signature { params, results: ty.results.iter().map(number).collect::<Result<_, _>>()? })
    }

    fn params(&self) -> Vec<WasmType> {
        self.params.iter().map(|number| number.ty()).collect()
    }

    fn results(&self) -> Vec<WasmType> {
        self.results.iter().map(|number| number.ty()).collect()
    }
}

impl Number {
    fn ty(self) -> WasmType {
        match self {
            Number::I32 => WasmType::I32,
            Number::I64 => WasmType::I64,
            Number::F32 => WasmType::F32,
            Number::F64 => WasmType::F64,
        }
    }

    /// The place of a word in the memory.
    fn place(index: usize) -> MemArg {
        MemArg { offset: 8 * index as u64, align: 2, target: MemArgTarget::Memory(0), ordering: None }
    }

    fn load(self, code: &mut InstructionSink<'_>, index: usize) {
        let place = Number::place(index);
        code.i32_const(0);
        match self {
            Number::I32 => code.i32_load(place),
            Number::I64 => code.i64_load(place),
            Number::F32 => code.f32_load(place),
            Number::F64 => code.f64_load(place),
        };
    }

    /// Stores a local. A value of 32 bits is stored with zeros above it.
    fn store(self, code: &mut InstructionSink<'_>, index: usize, local: u32) {
        code.i32_const(0).local_get(local);
        match self {
            Number::I32 => code.i64_extend_i32_u(),
            Number::I64 => code,
            Number::F32 => code.i32_reinterpret_f32().i64_extend_i32_u(),
            Number::F64 => code.i64_reinterpret_f64(),
        };
        code.i64_store(Number::place(index));
    }
}

/// Type index of a function without parameters and results: that of workers, and of the tag.
const NOTHING: u32 = 0;
/// Type index of continuations of workers.
const CONTINUATION: u32 = 1;

/// The types at [`NOTHING`] and [`CONTINUATION`].
fn types_of_stacks() -> TypeSection {
    let mut types = TypeSection::new();
    types.ty().function([], []);
    types.ty().cont(&ContType(NOTHING));
    types
}

fn reference(type_index: u32, nullable: bool) -> RefType {
    RefType { nullable, heap_type: HeapType::Concrete(type_index) }
}

fn tag() -> EntityType {
    EntityType::Tag(wasm_encoder::TagType { kind: TagKind::Exception, func_type_idx: NOTHING })
}

fn memory() -> EntityType {
    let ty =
        wasm_encoder::MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None };
    EntityType::Memory(ty)
}

const FLAG: GlobalType = GlobalType { val_type: WasmType::I32, mutable: true, shared: false };

/// The module that holds the continuations.
pub(super) fn base_module() -> Vec<u8> {
    const NEW: u32 = 2;
    const RESUME: u32 = 3;
    let mut types = types_of_stacks();
    types.ty().function([WasmType::Ref(reference(NOTHING, false))], [WasmType::I32]);
    types.ty().function([WasmType::I32], [WasmType::I32]);
    let mut imports = ImportSection::new();
    imports.import("", "block", tag());
    let mut functions = FunctionSection::new();
    functions.function(NEW).function(RESUME);
    let mut tables = TableSection::new();
    tables.table(wasm_encoder::TableType {
        element_type: reference(CONTINUATION, true),
        table64: false,
        minimum: 0,
        maximum: None,
        shared: false,
    });
    let mut globals = GlobalSection::new();
    globals.global(FLAG, &wasm_encoder::ConstExpr::i32_const(0));
    let mut exports = ExportSection::new();
    exports.export("new", ExportKind::Func, 0).export("resume", ExportKind::Func, 1);
    exports.export("done", ExportKind::Global, 0);
    let mut code = CodeSection::new();
    // A continuation of a worker: its place.
    let mut new = Function::new([]);
    new.instructions().local_get(0).cont_new(CONTINUATION).i32_const(1).table_grow(0).end();
    code.function(&new);
    // Resumes the continuation at a place until it is suspended: whether it is done.
    let mut resume = Function::new([(1, WasmType::Ref(reference(CONTINUATION, true)))]);
    resume
        .instructions()
        .block(BlockType::Result(WasmType::Ref(reference(CONTINUATION, false))))
        .local_get(0)
        .table_get(0)
        .resume(CONTINUATION, [Handle::OnLabel { tag: 0, label: 0 }])
        .unreachable()
        .end()
        .local_set(1)
        .local_get(0)
        .local_get(1)
        .table_set(0)
        .global_get(0)
        .i32_const(0)
        .global_set(0)
        .end();
    code.function(&resume);
    let mut module = Module::new();
    module.section(&types).section(&imports).section(&functions).section(&tables).section(&globals).section(&exports);
    module.section(&code);
    module.finish()
}

/// The module of the worker that calls functions of a signature.
pub(super) fn worker_module(signature: &Signature) -> Vec<u8> {
    const CALLEE: u32 = 1;
    let mut types = TypeSection::new();
    types.ty().function([], []);
    types.ty().function(signature.params(), signature.results());
    let mut imports = ImportSection::new();
    imports.import("", "block", tag()).import("", "memory", memory()).import("", "done", FLAG);
    imports.import("", "callee", callee());
    let mut functions = FunctionSection::new();
    functions.function(NOTHING);
    let mut exports = ExportSection::new();
    exports.export("worker", ExportKind::Func, 0);
    let mut worker = Function::new_with_locals_types(signature.results());
    let mut body = worker.instructions();
    body.loop_(BlockType::Empty);
    for (index, number) in signature.params.iter().enumerate() {
        number.load(&mut body, index);
    }
    body.i32_const(0).call_indirect(0, CALLEE);
    for index in (0..signature.results.len()).rev() {
        body.local_set(index as u32);
    }
    for (index, number) in signature.results.iter().enumerate() {
        number.store(&mut body, index, index as u32);
    }
    body.i32_const(1).global_set(0).suspend(0).br(0).end().end();
    let mut code = CodeSection::new();
    code.function(&worker);
    let mut module = Module::new();
    module.section(&types).section(&imports).section(&functions).section(&exports).section(&code);
    module.finish()
}

fn callee() -> EntityType {
    EntityType::Table(wasm_encoder::TableType {
        element_type: RefType::FUNCREF,
        table64: false,
        minimum: 1,
        maximum: None,
        shared: false,
    })
}

/// The module of an import of a signature that may block.
pub(super) fn import_module(signature: &Signature) -> Vec<u8> {
    const IMPORT: u32 = 1;
    const POLL: u32 = 2;
    let mut types = TypeSection::new();
    types.ty().function([], []);
    types.ty().function(signature.params(), signature.results());
    types.ty().function(signature.params(), [WasmType::I32]);
    let mut imports = ImportSection::new();
    imports.import("", "block", tag()).import("", "memory", memory());
    imports.import("", "poll", EntityType::Function(POLL));
    let mut functions = FunctionSection::new();
    functions.function(IMPORT);
    let mut exports = ExportSection::new();
    exports.export("import", ExportKind::Func, 1);
    let mut import = Function::new([]);
    let mut body = import.instructions();
    for index in 0..signature.params.len() {
        body.local_get(index as u32);
    }
    body.call(0).if_(BlockType::Empty).suspend(0).end();
    for (index, number) in signature.results.iter().enumerate() {
        number.load(&mut body, index);
    }
    body.end();
    let mut code = CodeSection::new();
    code.function(&import);
    let mut module = Module::new();
    module.section(&types).section(&imports).section(&functions).section(&exports).section(&code);
    module.finish()
}
