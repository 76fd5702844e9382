// Bindings that a build script or `witwright bindgen host` has written.
#[path = "../../../codegen/tests/data/resources.host.rs"]
mod bindings;

fn main() {
    let _ = bindings::Resources::check_component;
}
