//! Fuzz targets for the host: apart from the other targets, since they need both engines.

pub mod component;
pub mod echo;
mod search;
pub mod seeds;
pub mod smith;

use peak_alloc::PeakAlloc;

pub use search::Search;

/// Counts what is allocated.
#[global_allocator]
static ALLOCATED: PeakAlloc = PeakAlloc;

/// Bytes that the host may have at a time because of one input, which is short; the limits on memories come to a part of it.
const MOST_BYTES: usize = 256 << 20;

/// One thing that is fuzzed.
#[derive(Clone, Copy)]
pub struct Target {
    /// By which it is called.
    pub name: &'static str,
    /// What inputs begin with.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// Runs it on an input and tells what was said of it; panics where something does not hold.
    pub run: fn(&[u8]) -> String,
}

/// Every target.
pub const TARGETS: [Target; 4] = [
    Target { name: "component", seeds: seeds::components, run: component::run },
    Target { name: "engines", seeds: seeds::components, run: component::both },
    Target { name: "smith", seeds: seeds::noise, run: smith::run },
    Target { name: "echo", seeds: seeds::numbers, run: echo::run },
];

impl Target {
    /// Runs it on an input.
    ///
    /// # Panics
    /// When it panics, or more is allocated than the input can have a reason for.
    #[must_use]
    pub fn try_input(&self, input: &[u8]) -> String {
        ALLOCATED.reset_peak_usage();
        let before = ALLOCATED.current_usage();
        let said = (self.run)(input);
        let more = ALLOCATED.peak_usage().saturating_sub(before);
        assert!(more < MOST_BYTES, "{more} bytes were allocated");
        said
    }
}
