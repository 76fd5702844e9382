//! The `alloc` layer, the front end and the resolver, linked without std, and called by the test `no_std`.
//!
//! The allocator is a bump of linear memory.
#![no_std]

use core::alloc::{GlobalAlloc, Layout};
use core::sync::atomic::{AtomicUsize, Ordering};

use witwright_abi_runtime as _;
use witwright_resolver::load::Memory;
use witwright_resolver::{Input, Options, Resolution, resolve};

/// How many interfaces the resolver finds in a package without mistakes.
#[unsafe(no_mangle)]
pub extern "C" fn interfaces() -> u32 {
    let resolution = resolved("package a:b;\ninterface i { f: func(x: u32) -> string; }\ninterface j { }");
    resolution.model.interfaces.iter().count() as u32
}

/// How many mistakes it finds in another one.
#[unsafe(no_mangle)]
pub extern "C" fn mistakes() -> u32 {
    resolved("package a:b;\ninterface i { f: func(x: nothing); }\ninterface j { g: func(y: u23); }").diagnostics.len()
        as u32
}

fn resolved(text: &str) -> Resolution {
    let input = Input::Inline { name: "inline".into(), text: text.into() };
    resolve(&[input], &Memory::default(), &Options::default())
}

const ARENA_BYTES: usize = 1 << 20;

#[repr(align(16))]
struct Arena(core::cell::UnsafeCell<[u8; ARENA_BYTES]>);

// SAFETY: `Bump` gives each byte away once.
unsafe impl Sync for Arena {}

static ARENA: Arena = Arena(core::cell::UnsafeCell::new([0; ARENA_BYTES]));
static USED: AtomicUsize = AtomicUsize::new(0);

struct Bump;

// SAFETY: blocks lie inside the arena, are aligned, and never overlap, since `USED` only grows.
unsafe impl GlobalAlloc for Bump {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let base = ARENA.0.get() as usize;
        let mut start = 0;
        let taken = USED.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |used| {
            start = (base + used).next_multiple_of(layout.align()) - base;
            start.checked_add(layout.size()).filter(|end| *end <= ARENA_BYTES)
        });
        match taken {
            Ok(_) => (base + start) as *mut u8,
            Err(_) => core::ptr::null_mut(),
        }
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}

#[global_allocator]
static ALLOCATOR: Bump = Bump;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
