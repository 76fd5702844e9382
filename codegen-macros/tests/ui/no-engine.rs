mod bindings {
    witwright::host!({ inline: "package acme:store; interface kv { get: func(); } world app { import kv; }" });
}

use bindings::App;
use bindings::acme::store::kv;

struct State;

impl kv::Host for State {
    fn get(&mut self) {}
}

fn main() {
    let _ = App::check_component;
}
