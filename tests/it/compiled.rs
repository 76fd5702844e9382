//! Bindings compile without a warning, for guests and for hosts: those of foreign worlds, and those of odd WIT, in which
//! every name that could meet one of Rust's, of the prelude's or of the bindings' stands in every position.

mod foreign;
mod package;
mod random;
mod sizes;
mod words;

use package::{Package, both_sides};

/// Interfaces whose names differ in their signs alone, or in a version that is a name elsewhere.
const ALIKE: &str = "
package odd:alike;

package a-b:c { interface d { resource r { constructor(); m: func() -> string; } } }
package a:b-c { interface d { resource r { constructor(); m: func() -> string; } } }
package a:b { interface c-1-0-0 { resource r { constructor(); m: func() -> string; } } }
package a:b@1.0.0 { interface c { resource r { constructor(); m: func() -> string; } } }
package a:b1-0-0 { interface c { resource r { constructor(); m: func() -> string; } } }
package exports:a { interface b { resource r { constructor(); m: func() -> string; } } }

world c-1-0-0 {
  import a-b:c/d;
  import a:b-c/d;
  import a:b/c-1-0-0;
  import a:b/c@1.0.0;
  import a:b1-0-0/c;
  import exports:a/b;
  export a-b:c/d;
  export a:b-c/d;
  export a:b/c-1-0-0;
  export a:b/c@1.0.0;
  export a:b1-0-0/c;
  export exports:a/b;
}
";

#[test]
fn worlds_of_others_compile() {
    let package = Package::new("foreign-worlds");
    let worlds = foreign::worlds();
    assert!(worlds.len() > 300, "{} worlds have bindings", worlds.len());
    package.write(&worlds);
    package.compiles_natively();
    package.compiles_for_wasm();
}

#[test]
fn words_of_rust_and_of_the_bindings_are_names() {
    let package = Package::new("odd-names");
    package.write(&words::worlds().iter().map(|wit| both_sides(wit)).collect::<Vec<_>>());
    package.compiles_natively();
    package.compiles_for_wasm();
}

/// Those who use a deprecated item are warned, and not those who have bindings of it.
#[test]
fn deprecated_items_compile() {
    let package = Package::new("deprecated-items");
    package.write(&[both_sides(include_str!("../../codegen-macros/tests/runs/wit/deprecated.wit"))]);
    package.compiles_natively();
    package.compiles_for_wasm();
}

#[test]
fn random_worlds_compile_and_link() {
    let package = Package::new("odd-worlds");
    let worlds = random::worlds(12).into_iter().chain([ALIKE.to_owned(), sizes::world()]);
    package.write(&worlds.map(|wit| both_sides(&wit)).collect::<Vec<_>>());
    package.compiles_natively();
    package.is_a_component();
}
