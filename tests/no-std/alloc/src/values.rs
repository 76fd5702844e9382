//! Strings and lists, lifted to values of Rust.

use alloc::string::String;
use alloc::vec::Vec;

use witwright_abi_runtime::string::StringEncoding;
use witwright_abi_runtime::trap::Trap;
use witwright_abi_runtime::view::{Handles, LiftView};

struct NoHandles;

impl Handles for NoHandles {
    type Error = Trap;
}

/// 42 if a text, a list of numbers and a list of texts are lifted as they are in memory.
#[unsafe(no_mangle)]
pub extern "C" fn lengths() -> u32 {
    // A text, the numbers 1 and 2, and a list of one text.
    let memory = [b'a', b'b', b'c', 0, 1, 0, 2, 0, 1, 0, 0, 0, 2, 0, 0, 0];
    let flat = [0, 3, 4, 2, 8, 1];
    let lifted = LiftView::new(&memory, StringEncoding::Utf8, &mut NoHandles)
        .lift_values::<(String, Vec<u16>, Vec<String>)>(16, &flat);
    match lifted {
        Ok((text, numbers, texts)) if text == "abc" && numbers == [1, 2] && texts == ["bc"] => 42,
        Ok(_) | Err(_) => 0,
    }
}
