//! A mistake in WIT or in an option is the only error, although nothing is generated.

mod bindings {
    witwright::generate!({
        inline: "
            package acme:text;
            interface links { record link { href: string } find: func(text: strng) -> link; }
            world w {
                import links;
                import log: interface { write: func(line: string); }
                export run: func();
                export render: interface { resource page; }
            }
        ",
    });
}

use bindings::Guest;
use bindings::acme::text::links;
use bindings::acme::text::links::Link;
use bindings::exports::render::{Guest as _, GuestPage};

struct Component;

impl Guest for Component {
    fn run() {
        let Link { href } = links::find("a");
        bindings::log::write(&href);
    }
}

impl bindings::exports::render::Guest for Component {
    type Page = Component;
}

impl GuestPage for Component {}

bindings::export!(Component with_types_in bindings);

witwright::host!({
    inline: "package acme:store; interface kv { get: func(key: strng) -> string; } world app { import kv; }",
});

use acme::store::kv;

struct State;

impl kv::Host for State {
    fn get(&mut self, key: String) -> String {
        key
    }
}

mod with_an_option {
    witwright::generate!({
        inline: "package acme:clock; interface now { ms: func() -> u64; } world app { import now; export run: func(); }",
        export_macro_name: "export_app",
        stub: true,
    });
}

use with_an_option::acme::clock::now;

impl with_an_option::Guest for Component {
    fn run() {
        now::ms();
    }
}

with_an_option::export_app!(Component with_types_in with_an_option);

fn main() {
    let _ = App::check_component;
}
