//! The `alloc` layer, the front end, the resolver and the bindings of a guest, linked without std, and called by the test `no_std`.
#![no_std]

extern crate alloc;

mod bindings;
mod values;

use no_std_bump as _;
use witwright_resolver::load::Memory;
use witwright_resolver::{Input, Options, Resolution, resolve};

/// The number of interfaces that the resolver finds in a package without mistakes.
#[unsafe(no_mangle)]
pub extern "C" fn interfaces() -> u32 {
    let resolution = resolved("package a:b;\ninterface i { f: func(x: u32) -> string; }\ninterface j { }");
    resolution.model.interfaces.iter().count() as u32
}

/// The number of mistakes that it finds in another one.
#[unsafe(no_mangle)]
pub extern "C" fn mistakes() -> u32 {
    resolved("package a:b;\ninterface i { f: func(x: nothing); }\ninterface j { g: func(y: u23); }").diagnostics.len()
        as u32
}

fn resolved(text: &str) -> Resolution {
    let input = Input::Inline { name: "inline".into(), text: text.into() };
    resolve(&[input], &Memory::default(), &Options::default())
}
