//! Options that both engines know.

/// Options of an engine. The default suits most hosts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct EngineOptions {
    /// Meter fuel: guests then consume the fuel of their store, and trap when it is used up.
    pub fuel: bool,
    /// Bytes of stack that guests may use within one call, of the engine's own stack (wasmi) or of the native one (wasmtime).
    pub guest_stack_bytes: usize,
    /// Suspend stacks on wasmtime by core stack switching where it can: with the feature `stack-switching`, on x86-64 Unix. If
    /// not, an instance that blocks has an engine store of its own, in which one stack can be suspended.
    pub stack_switching: bool,
}

impl Default for EngineOptions {
    fn default() -> Self {
        Self { fuel: false, guest_stack_bytes: 512 << 10, stack_switching: true }
    }
}
