//! The bindings that `host!` generates from the WIT of `wasi:http` 0.2.12.
#![allow(missing_docs, unreachable_pub, reason = "the documentation is WASI's own")]

witwright_codegen_macros::host! {
    crate;
    path: "wit",
    world: "proxy",
    runtime_path: crate::rt,
    imports: { default: trappable },
    with: {
        "wasi:cli": crate::p2::bindings::wasi::cli,
        "wasi:clocks": crate::p2::bindings::wasi::clocks,
        "wasi:io": crate::p2::bindings::wasi::io,
        "wasi:random": crate::p2::bindings::wasi::random,
    },
}
