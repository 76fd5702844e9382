//! What a component may use: limits, and features.

use alloc::vec::Vec;

use wasmparser::WasmFeatures;

use crate::component::ComponentLimits;

/// How to load a component. The default admits all of the released component model.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// Bounds on what the component may ask for.
    pub limits: ComponentLimits,
    /// Unreleased features to admit.
    pub gates: Vec<Gate>,
    /// Released features to refuse.
    pub without: Vec<Gate>,
}

/// A feature of the component model or of core WebAssembly that can be admitted or refused
/// (`Explainer.md#gated-features`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the names are the specification's")]
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
    /// Values, which are validated and not run; and a component's start function, which runs when it takes and gives none.
    Values,
    /// The canonical ABI for memories of 64 bits: validated, not run.
    Memory64,
    /// The canonical ABI for garbage-collected values: validated, not run.
    GcAbi,
    Gc,
    Exceptions,
    SharedEverythingThreads,
    CustomPageSizes,
    CustomDescriptors,
}

/// The gates, with the names that tools know them by and what they are for the validator.
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

impl Options {
    pub(super) fn features(&self) -> WasmFeatures {
        let released = WasmFeatures::default()
            | WasmFeatures::COMPONENT_MODEL
            | WasmFeatures::CM_ASYNC
            | WasmFeatures::CM_MAP
            | WasmFeatures::CM_IMPLEMENTS;
        let admitted = self.gates.iter().fold(released, |features, gate| features | gate.feature());
        self.without.iter().fold(admitted, |features, gate| features & !gate.feature())
    }
}

impl Options {
    /// The options with one more gate, for each gate that is not admitted.
    pub(super) fn with_one_more(&self) -> impl Iterator<Item = (Gate, Options)> {
        let closed = GATES.iter().filter(|(_, _, feature)| !self.features().contains(*feature));
        closed.map(|(gate, ..)| {
            let mut options = self.clone();
            options.without.retain(|other| other != gate);
            options.gates.push(*gate);
            (*gate, options)
        })
    }

    /// The same options without the gates of what is validated only, and the names of these; nothing when there are none.
    pub(super) fn of_what_runs(&self) -> Option<(Options, Vec<&'static str>)> {
        let validated = [Gate::Memory64, Gate::GcAbi];
        let names = GATES.iter().filter(|(gate, ..)| validated.contains(gate) && self.gates.contains(gate));
        let names: Vec<&'static str> = names.map(|(_, name, _)| *name).collect();
        if names.is_empty() {
            return None;
        }
        let mut options = self.clone();
        options.gates.retain(|gate| !validated.contains(gate));
        Some((options, names))
    }
}

impl Gate {
    /// The gate of a name, with or without the `cm-` that tools put before it: `cm-threading`, `threading`.
    #[must_use]
    pub fn named(name: &str) -> Option<Gate> {
        let exact = GATES.iter().find(|(_, known, _)| *known == name);
        let short = || GATES.iter().find(|(_, known, _)| known.strip_prefix("cm-") == Some(name));
        exact.or_else(short).map(|(gate, ..)| *gate)
    }

    /// The name that tools know it by.
    #[must_use]
    pub fn name(self) -> &'static str {
        GATES.iter().find(|(gate, ..)| *gate == self).map_or("", |(_, name, _)| name)
    }

    /// The names of all gates.
    pub fn names() -> impl Iterator<Item = &'static str> {
        GATES.iter().map(|(_, name, _)| *name)
    }

    fn feature(self) -> WasmFeatures {
        let known = GATES.iter().find(|(gate, ..)| *gate == self);
        known.map_or(WasmFeatures::empty(), |(_, _, feature)| *feature)
    }
}
