//! The bindings that `host!` generates from the WIT of WASI 0.3.2.
#![allow(missing_docs, unreachable_pub, reason = "the documentation is WASI's own")]

witwright_codegen_macros::host! {
    crate;
    path: "wit-p3",
    world: "command",
    features: ["clocks-timezone"],
    runtime_path: crate::rt,
    imports: { default: trappable },
}
