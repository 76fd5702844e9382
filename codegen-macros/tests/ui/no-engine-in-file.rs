// Bindings that a build script or `witwright bindgen host` has written.
#[path = "../../../codegen/tests/data/concurrent.host.rs"]
mod concurrent;
#[path = "../../../codegen/tests/data/exported.host.rs"]
mod exported;
#[path = "../../../codegen/tests/data/functions.host.rs"]
mod functions;
#[path = "../../../codegen/tests/data/resources.host.rs"]
mod resources;
#[path = "../../../codegen/tests/data/types.host.rs"]
mod types;

fn main() {
    let _ = resources::Resources::check_component;
}
