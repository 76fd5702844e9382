//! The limits of one component.

/// Limits that keep a hostile component from exhausting its host. The defaults are far above the needs of real programs.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ComponentLimits {
    /// Component instances that the component may create, nested ones included.
    pub instances: u32,
    /// Definitions that the component may have. Those of a nested component count once for each of its instances.
    pub definitions: u32,
    /// Depth to which types, and components, may nest.
    pub nesting: u32,
    /// Bytes of all strings and lists that one call may lift.
    pub lifted_bytes: u64,
    /// Handles that one component instance may hold at a time.
    pub handles: u32,
}

impl Default for ComponentLimits {
    fn default() -> ComponentLimits {
        ComponentLimits {
            instances: 1_000,
            definitions: 1_000_000,
            nesting: 100,
            lifted_bytes: 1 << 30,
            handles: 1 << 20,
        }
    }
}
