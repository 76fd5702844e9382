//! The bindings that `host!` generates for the import `wasi:http/handler` 0.3.2.
#![allow(missing_docs, unreachable_pub, reason = "the documentation is WASI's own")]

witwright_codegen_macros::host! {
    crate;
    path: "wit-p3",
    world: "forward",
    runtime_path: crate::rt,
    imports: { default: trappable },
    with: {
        "wasi:clocks": crate::p3::bindings::wasi::clocks,
        "wasi:http/types": crate::p3::http::bindings::wasi::http::types,
    },
}
