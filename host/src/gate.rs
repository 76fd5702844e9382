//! Features of components and of core WebAssembly that can be enabled or disabled.

use wasmparser::WasmFeatures;

/// A feature of the component model or of core WebAssembly that can be enabled or disabled
/// (`Explainer.md#gated-features`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
#[expect(missing_docs, reason = "most gates are called as in the specification or as the proposal of core WebAssembly")]
pub enum Gate {
    Async,
    Map,
    Implements,
    FixedLengthLists,
    MoreAsyncBuiltins,
    AsyncStackful,
    Threading,
    ErrorContext,
    NestedNames,
    CanonNames,
    Forward,
    Accessors,
    /// Component values, which are validated and do not run, and start functions, which run if they take no parameters and
    /// return no results.
    Values,
    /// The canonical ABI for 64-bit memories: validated, does not run.
    Memory64,
    /// The canonical ABI for garbage-collected values: validated, does not run.
    GcAbi,
    Gc,
    Exceptions,
    SharedEverythingThreads,
    CustomPageSizes,
    CustomDescriptors,
}

/// Each gate, its name in tools, and the validator's flag for it.
const GATES: [(Gate, &str, WasmFeatures); 20] = [
    (Gate::Async, "cm-async", WasmFeatures::CM_ASYNC),
    (Gate::Map, "cm-map", WasmFeatures::CM_MAP),
    (Gate::Implements, "cm-implements", WasmFeatures::CM_IMPLEMENTS),
    (Gate::FixedLengthLists, "cm-fixed-length-lists", WasmFeatures::CM_FIXED_LENGTH_LISTS),
    (Gate::MoreAsyncBuiltins, "cm-more-async-builtins", WasmFeatures::CM_MORE_ASYNC_BUILTINS),
    (Gate::AsyncStackful, "cm-async-stackful", WasmFeatures::CM_ASYNC_STACKFUL),
    (Gate::Threading, "cm-threading", WasmFeatures::CM_THREADING),
    (Gate::ErrorContext, "cm-error-context", WasmFeatures::CM_ERROR_CONTEXT),
    (Gate::NestedNames, "cm-nested-names", WasmFeatures::CM_NESTED_NAMES),
    (Gate::CanonNames, "cm-canon-names", WasmFeatures::CM_CANON_NAMES),
    (Gate::Forward, "cm-forward", WasmFeatures::CM_FORWARD),
    (Gate::Accessors, "cm-accessors", WasmFeatures::CM_ACCESSORS),
    (Gate::Values, "cm-values", WasmFeatures::CM_VALUES),
    (Gate::Memory64, "cm64", WasmFeatures::CM64),
    (Gate::GcAbi, "cm-gc", WasmFeatures::CM_GC),
    (Gate::Gc, "gc", WasmFeatures::GC),
    (Gate::Exceptions, "exceptions", WasmFeatures::EXCEPTIONS),
    (Gate::SharedEverythingThreads, "shared-everything-threads", WasmFeatures::SHARED_EVERYTHING_THREADS),
    (Gate::CustomPageSizes, "custom-page-sizes", WasmFeatures::CUSTOM_PAGE_SIZES),
    (Gate::CustomDescriptors, "custom-descriptors", WasmFeatures::CUSTOM_DESCRIPTORS),
];

impl Gate {
    /// The gate with a name in tools, with or without its prefix `cm-`: `cm-threading`, `threading`. `None` if no gate has it.
    #[must_use]
    pub fn named(name: &str) -> Option<Gate> {
        let exact = GATES.iter().find(|(_, known, _)| *known == name);
        let short = || GATES.iter().find(|(_, known, _)| known.strip_prefix("cm-") == Some(name));
        exact.or_else(short).map(|(gate, ..)| *gate)
    }

    /// Its name in tools, such as `cm-threading`.
    #[must_use]
    pub fn name(self) -> &'static str {
        GATES.iter().find(|(gate, ..)| *gate == self).map_or("", |(_, name, _)| name)
    }

    /// The names of all gates.
    pub fn names() -> impl Iterator<Item = &'static str> {
        GATES.iter().map(|(_, name, _)| *name)
    }

    /// The gate of a feature of the validator. `None` if no gate opens it.
    pub(crate) fn of_feature(feature: WasmFeatures) -> Option<Gate> {
        GATES.iter().find(|(_, _, known)| *known == feature).map(|(gate, ..)| *gate)
    }

    /// The flag of the validator for it.
    pub(crate) fn feature(self) -> WasmFeatures {
        let known = GATES.iter().find(|(gate, ..)| *gate == self);
        known.map_or(WasmFeatures::empty(), |(_, _, feature)| *feature)
    }
}
