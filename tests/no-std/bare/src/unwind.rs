//! The symbols of unwinding, which `alloc` mentions because it was compiled for a target that unwinds. Panics abort here, so
//! nothing calls them.

// SAFETY: no other symbol has this name.
#[unsafe(no_mangle)]
extern "C" fn rust_eh_personality() {
    crate::exit(102)
}

// SAFETY: as above.
#[unsafe(no_mangle)]
extern "C" fn _Unwind_Resume() -> ! {
    crate::exit(102)
}
