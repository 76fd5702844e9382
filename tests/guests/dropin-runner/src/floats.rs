//! A resource that went through two components.

wit_bindgen::generate!({ path: "../dropin/wit/floats.wit", world: "runner" });

use test::floats::floats::{self, Float};
use test::floats::more;

struct Runner;

export!(Runner);

impl Guest for Runner {
    fn run_floats() {
        let one = Float::new(1.0);
        assert_eq!(one.get(), 1.0 + 1.0 + 2.0 + 10.0);
        let sum = Float::add(one, 5.0);
        let doubled = more::double(&sum);
        let passed = more::pass(doubled);
        assert!(passed.get() > sum.get());
        assert!(floats::sum(&[&sum, &passed]).get() > passed.get());
    }
}
