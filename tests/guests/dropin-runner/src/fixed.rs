//! Lists of fixed lengths.

wit_bindgen::generate!({ path: "../dropin/wit/fixed.wit", world: "runner" });

use test::fixed::to_test::{self, Mat};

struct Runner;

export!(Runner);

impl Guest for Runner {
    fn run_fixed() {
        assert_eq!(to_test::sum([1, 2, 3, 4]), 10);
        let mat = Mat { rows: [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], name: "m".to_owned() };
        assert_eq!(to_test::shape(&mat), [3, 7, 11]);
        assert_eq!(to_test::nested([[1, -2], [3, -4]]), [[1, -2], [3, -4]]);
        let words = to_test::words(["a".to_owned(), "b".to_owned()], [vec!["c".to_owned(), "d".to_owned()]]);
        assert_eq!(words, ["b", "acd"]);
        let long = core::array::from_fn(|i| i as u32);
        assert_eq!(to_test::long(long), long);
    }
}
