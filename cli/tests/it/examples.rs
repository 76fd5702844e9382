//! The examples that the command runs, as `examples/README.md` says.

use core::net::SocketAddr;

use xtask::guests::{self, Target};

use super::serve::Serving;
use super::wasi::built;
use super::witwright;

#[test]
fn hello_greets() {
    let hello = built(|toolchain| {
        guests::build_program(toolchain, &xtask::root().join("Cargo.toml"), "hello", "hello", Target::Wasip2)
    });
    assert_eq!(witwright(&["run", &hello]).out, "Hello, world!\n");
    assert_eq!(witwright(&["run", "--env", "GREETING=Welcome", &hello, "you"]).out, "Welcome, you!\n");
}

#[test]
fn the_http_service_is_a_server_and_a_client() {
    let service =
        built(|toolchain| guests::build(toolchain, &xtask::root().join("Cargo.toml"), "http-service", Target::Wasip2));
    let serving = Serving::of(&service, &["--http", "*"]);
    assert!(serving.get("/hello/you").ends_with("Hello, you!\n"));
    let address: SocketAddr = serving.address.parse().unwrap();
    let fetched = serving.get(&format!("/fetch/{address}/hello/me"));
    assert!(fetched.ends_with(&format!("{address} answered 200:\nHello, me!\n")), "{fetched}");
    let serving = Serving::of(&service, &[]);
    let refused = serving.get(&format!("/fetch/{address}/hello/me"));
    assert!(refused.starts_with("HTTP/1.1 502 ") && refused.contains("did not answer"), "{refused}");
}
