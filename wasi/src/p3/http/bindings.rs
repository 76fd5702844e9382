//! The bindings that `host!` makes of the WIT of `wasi:http` 0.3.2.
#![allow(missing_docs, unreachable_pub, reason = "the documentation is WASI's own")]

witwright_codegen_macros::host! {
    crate;
    path: "wit-p3",
    world: "service",
    runtime_path: crate::rt,
    imports: { default: trappable },
    with: {
        "wasi:cli": crate::p3::bindings::wasi::cli,
        "wasi:clocks": crate::p3::bindings::wasi::clocks,
        "wasi:random": crate::p3::bindings::wasi::random,
        "wasi:http/types.fields": crate::http::FieldsHandle,
        "wasi:http/types.request": crate::p3::http::values::Request,
        "wasi:http/types.request-options": crate::p3::http::values::Options,
        "wasi:http/types.response": crate::p3::http::values::Response,
    },
}
