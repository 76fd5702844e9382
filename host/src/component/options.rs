//! The features and limits that a component is loaded with.

use alloc::vec::Vec;

use wasmparser::WasmFeatures;

use crate::component::ComponentLimits;
use crate::gate::Gate;

/// Options of loading a component. The default enables all of the released component model.
///
/// ```
/// use witwright_host::{Gate, Options};
///
/// let mut options = Options::default();
/// options.gates.push(Gate::FixedLengthLists);
/// options.limits.instances = 10;
/// ```
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// The limits of the component.
    pub limits: ComponentLimits,
    /// Unreleased features to enable.
    pub gates: Vec<Gate>,
    /// Released features to disable.
    pub disabled_gates: Vec<Gate>,
}

/// The features that this host validates and does not run.
const VALIDATED_ONLY: [Gate; 2] = [Gate::Memory64, Gate::GcAbi];

impl Options {
    /// The features that are enabled.
    pub(super) fn features(&self) -> WasmFeatures {
        let released = WasmFeatures::default()
            | WasmFeatures::COMPONENT_MODEL
            | WasmFeatures::CM_ASYNC
            | WasmFeatures::CM_MAP
            | WasmFeatures::CM_IMPLEMENTS;
        let enabled = self.gates.iter().fold(released, |features, gate| features | gate.feature());
        self.disabled_gates.iter().fold(enabled, |features, gate| features & !gate.feature())
    }

    /// The enabled features that this host runs.
    pub(super) fn runnable_features(&self) -> WasmFeatures {
        VALIDATED_ONLY.iter().fold(self.features(), |features, gate| features & !gate.feature())
    }

    /// The names of the enabled features that this host validates and does not run.
    pub(super) fn validated_only(&self) -> Vec<&'static str> {
        VALIDATED_ONLY.iter().filter(|gate| self.gates.contains(gate)).map(|gate| gate.name()).collect()
    }
}
