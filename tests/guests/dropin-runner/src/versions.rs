//! Two versions of one package.

wit_bindgen::generate!({ path: "../dropin/wit/versions", world: "runner", generate_all });

use my::dep0_1_0::a as v1;
use my::dep0_2_0::a as v2;

struct Runner;

export!(Runner);

impl Guest for Runner {
    fn run_versions() {
        assert_eq!((v1::x(), v2::x()), (1.0, 2.0));
        assert_eq!(v1::y(1.5, v1::Rec { a: 2 }), 3.5);
        assert_eq!(v2::z(1.5, &v2::Rec { a: "z".to_owned() }).a, "1.5 z");
    }
}
