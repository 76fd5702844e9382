//! The bindings that `host!` generates from the WIT of WASI 0.2.12.
#![allow(missing_docs, unreachable_pub, reason = "the documentation is WASI's own")]

witwright_codegen_macros::host! {
    crate;
    path: "wit",
    world: "command",
    features: ["clocks-timezone"],
    runtime_path: crate::rt,
    imports: { default: trappable },
    with: {
        "wasi:cli/terminal-input.terminal-input": crate::ctx::Terminal,
        "wasi:cli/terminal-output.terminal-output": crate::ctx::Terminal,
        "wasi:filesystem/types.descriptor": crate::fs::Descriptor,
        "wasi:filesystem/types.directory-entry-stream": crate::fs::Entries,
        "wasi:io/error.error": crate::stream::Failure,
        "wasi:io/poll.pollable": crate::p2::values::Pollable,
        "wasi:io/streams.input-stream": crate::p2::values::Input,
        "wasi:io/streams.output-stream": crate::p2::values::Output,
        "wasi:sockets/ip-name-lookup.resolve-address-stream": crate::net::Lookup,
        "wasi:sockets/network.network": crate::p2::values::Network,
        "wasi:sockets/tcp.tcp-socket": crate::net::TcpSocket,
        "wasi:sockets/udp.incoming-datagram-stream": crate::p2::values::Receiver,
        "wasi:sockets/udp.outgoing-datagram-stream": crate::p2::values::Sender,
        "wasi:sockets/udp.udp-socket": crate::net::UdpSocket,
    },
}
