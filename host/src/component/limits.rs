//! Limits on what one component may ask of its host.

/// Bounds that keep a hostile component from exhausting its host. The defaults are far above what real programs need.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ComponentLimits {
    /// Component instances that one component may make, nested ones included.
    pub instances: u32,
    /// Definitions that one component may have, those of a nested component once for each of its instances.
    pub plan_steps: u32,
    /// Depth to which types, and components, may nest.
    pub nesting: u32,
    /// Bytes of strings and lists that one call may lift, altogether.
    pub lifted_bytes: u64,
    /// Handles that one component instance may hold at a time.
    pub handles: u32,
}

impl Default for ComponentLimits {
    fn default() -> ComponentLimits {
        ComponentLimits {
            instances: 1_000,
            plan_steps: 1_000_000,
            nesting: 100,
            lifted_bytes: 1 << 30,
            handles: 1 << 20,
        }
    }
}
