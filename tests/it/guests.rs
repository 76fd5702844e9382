//! The guest toolchain builds core modules and components, without paths of the machine in them.

use witwright_tests::guests::{self, Target};

#[test]
fn a_core_module_is_built() {
    let module = std::fs::read(guests::build_for("bare", Target::Unknown)).unwrap();
    assert_eq!(module[..8], *b"\0asm\x01\0\0\0");
}

#[test]
fn a_component_is_built() {
    let component = std::fs::read(guests::build("bare")).unwrap();
    assert_eq!(component[..8], *b"\0asm\x0d\0\x01\0");
}

#[test]
fn machine_paths_are_kept_out() {
    let module = std::fs::read(guests::build("bare")).unwrap();
    let root = xtask::root().display().to_string();
    assert!(!module.windows(root.len()).any(|window| window == root.as_bytes()));
}
