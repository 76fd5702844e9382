//! What a component may use: limits, and features that are not released yet.

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
}

/// A feature of the component model that is not released yet (`Explainer.md#gated-features`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the names are the specification's")]
pub enum Gate {
    FixedLengthLists,
    MoreAsyncBuiltins,
    AsyncStackful,
    Threading,
    ErrorContext,
    NestedNames,
    CanonNames,
    Forward,
    Accessors,
}

impl Options {
    pub(super) fn features(&self) -> WasmFeatures {
        let released = WasmFeatures::default()
            | WasmFeatures::COMPONENT_MODEL
            | WasmFeatures::CM_ASYNC
            | WasmFeatures::CM_MAP
            | WasmFeatures::CM_IMPLEMENTS;
        self.gates.iter().fold(released, |features, gate| features | gate.feature())
    }
}

impl Gate {
    fn feature(self) -> WasmFeatures {
        match self {
            Gate::FixedLengthLists => WasmFeatures::CM_FIXED_LENGTH_LISTS,
            Gate::MoreAsyncBuiltins => WasmFeatures::CM_MORE_ASYNC_BUILTINS,
            Gate::AsyncStackful => WasmFeatures::CM_ASYNC_STACKFUL,
            Gate::Threading => WasmFeatures::CM_THREADING,
            Gate::ErrorContext => WasmFeatures::CM_ERROR_CONTEXT,
            Gate::NestedNames => WasmFeatures::CM_NESTED_NAMES,
            Gate::CanonNames => WasmFeatures::CM_CANON_NAMES,
            Gate::Forward => WasmFeatures::CM_FORWARD,
            Gate::Accessors => WasmFeatures::CM_ACCESSORS,
        }
    }
}
