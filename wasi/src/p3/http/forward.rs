//! The bindings that `host!` generates for the import `wasi:http/handler` 0.3.2.
#![allow(missing_docs, unreachable_pub, reason = "the documentation is WASI's own")]
#![allow(dead_code, reason = "the export is that of a service")]

witwright_codegen_macros::host! {
    crate;
    path: "wit-p3",
    world: "middleware",
    runtime_path: crate::rt,
    imports: { default: trappable },
    with: {
        "wasi:cli": crate::p3::bindings::wasi::cli,
        "wasi:clocks": crate::p3::bindings::wasi::clocks,
        "wasi:random": crate::p3::bindings::wasi::random,
        "wasi:http/client": crate::p3::http::bindings::wasi::http::client,
        "wasi:http/types": crate::p3::http::bindings::wasi::http::types,
    },
}
