//! Fuzz targets for the host. They are separate from the other targets because they need both engines.

pub mod built_ins;
pub mod component;
pub mod echo;
mod exec;
pub mod seeds;
pub mod smith;

use peak_alloc::PeakAlloc;
use witwright_fuzz::{Answer, Reads, Target};

/// Counts allocated bytes.
#[global_allocator]
static ALLOCATED: PeakAlloc = PeakAlloc;

/// The largest number of bytes that the host may hold because of one short input. The limits on memories are part of it.
const MAX_BYTES: usize = 256 << 20;

/// Every target.
pub const TARGETS: [Target; 5] = [
    target("component", seeds::components, |bytes| bounded(component::run, bytes)),
    target("engines", seeds::components, |bytes| bounded(component::both, bytes)),
    target("smith", seeds::noise, |bytes| bounded(smith::run, bytes)),
    target("echo", seeds::numbers, |bytes| bounded(echo::run, bytes)),
    target("built-ins", seeds::scripts, |bytes| bounded(built_ins::run, bytes)),
];

const fn target(name: &'static str, kept: fn() -> Vec<Vec<u8>>, run: fn(&[u8]) -> Answer) -> Target {
    Target { name, kept, reads: Reads::Binary, run }
}

/// Runs a target. Its answer is a list of facts, separated by `; `.
fn bounded(run: fn(&[u8]) -> String, bytes: &[u8]) -> Answer {
    ALLOCATED.reset_peak_usage();
    let before = ALLOCATED.current_usage();
    let said = run(bytes);
    let more = ALLOCATED.peak_usage().saturating_sub(before);
    assert!(more < MAX_BYTES, "{more} bytes were allocated");
    Answer::of(said.split("; "))
}
