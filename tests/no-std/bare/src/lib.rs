//! The runtime of a program without std and libc, on x86-64 Linux: the entry, a stack of its own, output, and the functions on
//! memory that the compiler calls.
//!
//! On a microcontroller, a start-up file and a serial line take this crate's place.
#![no_std]

#[cfg(feature = "heap")]
pub mod heap;
mod memory;
mod stack;
mod unwind;

use core::arch::{asm, global_asm};
use core::fmt;

pub use stack::peak_bytes as stack_peak_bytes;

const SYS_WRITE: usize = 1;
const SYS_EXIT: usize = 60;
const STDOUT: usize = 1;

// The kernel enters here, with a stack that is not used.
global_asm!(
    ".globl _start",
    "_start:",
    "xor ebp, ebp",
    "lea rsp, [rip + {stack} + {size}]",
    "call {main}",
    "ud2",
    stack = sym stack::STACK,
    size = const stack::SIZE_BYTES,
    main = sym start,
);

unsafe extern "Rust" {
    /// The program's main function: [`main!`] defines it.
    safe fn bare_main() -> bool;
}

extern "C" fn start() -> ! {
    exit(if bare_main() { 0 } else { 1 })
}

/// Makes a function of type `fn() -> bool` the program's main function, which returns whether it succeeded.
#[macro_export]
macro_rules! main {
    ($main:path) => {
        // SAFETY: no other symbol has this name.
        #[unsafe(no_mangle)]
        fn bare_main() -> bool {
            let main: fn() -> bool = $main;
            main()
        }
    };
}

/// Standard output.
pub struct Stdout;

impl fmt::Write for Stdout {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut rest = text.as_bytes();
        while !rest.is_empty() {
            let wrote = system_call(SYS_WRITE, [STDOUT, rest.as_ptr() as usize, rest.len()]);
            let wrote = usize::try_from(wrote).map_err(|_| fmt::Error)?;
            rest = rest.get(wrote..).ok_or(fmt::Error)?;
        }
        Ok(())
    }
}

/// Prints a line.
#[macro_export]
macro_rules! say {
    ($($text:tt)*) => {{
        use core::fmt::Write as _;
        // An error of standard output cannot be reported anywhere.
        let _ = writeln!($crate::Stdout, $($text)*);
    }};
}

/// Ends the program.
pub fn exit(code: usize) -> ! {
    system_call(SYS_EXIT, [code, 0, 0]);
    unreachable!("the kernel has ended the program")
}

fn system_call(number: usize, arguments: [usize; 3]) -> isize {
    let [first, second, third] = arguments;
    let result;
    // SAFETY: both calls that are made read memory at most: that of the text which is written.
    unsafe {
        asm!(
            "syscall",
            inlateout("rax") number => result,
            in("rdi") first,
            in("rsi") second,
            in("rdx") third,
            lateout("rcx") _,
            lateout("r11") _,
            options(nostack, readonly),
        );
    }
    result
}

#[panic_handler]
fn panic(info: &core::panic::PanicInfo<'_>) -> ! {
    say!("{info}");
    exit(101)
}
