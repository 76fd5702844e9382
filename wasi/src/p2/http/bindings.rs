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
        "wasi:http/types.fields": crate::http::FieldsHandle,
        "wasi:http/types.future-incoming-response": crate::http::Pending,
        "wasi:http/types.future-trailers": crate::p2::http::values::Trailers,
        "wasi:http/types.incoming-body": crate::p2::http::values::ReceivedBody,
        "wasi:http/types.incoming-request": crate::p2::http::values::ReceivedRequest,
        "wasi:http/types.incoming-response": crate::p2::http::values::ReceivedResponse,
        "wasi:http/types.outgoing-body": crate::http::Outgoing,
        "wasi:http/types.outgoing-request": crate::p2::http::values::Request,
        "wasi:http/types.outgoing-response": crate::p2::http::values::Response,
        "wasi:http/types.request-options": crate::http::RequestTimeouts,
        "wasi:http/types.response-outparam": crate::http::Reply,
    },
}
