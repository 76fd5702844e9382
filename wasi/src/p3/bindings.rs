//! The bindings that `host!` generates from the WIT of WASI 0.3.2.
#![allow(missing_docs, unreachable_pub, reason = "the documentation is WASI's own")]

witwright_codegen_macros::host! {
    crate;
    path: "wit-p3",
    world: "command",
    features: ["clocks-timezone"],
    runtime_path: crate::rt,
    imports: { default: trappable },
    with: {
        "wasi:cli/terminal-input.terminal-input": crate::ctx::Terminal,
        "wasi:cli/terminal-output.terminal-output": crate::ctx::Terminal,
        "wasi:filesystem/types.descriptor": crate::fs::Descriptor,
        "wasi:sockets/types.tcp-socket": crate::net::TcpSocket,
        "wasi:sockets/types.udp-socket": crate::net::UdpSocket,
    },
}
