//! Two versions of one package.

wit_bindgen::generate!({ path: "wit/versions", world: "test", generate_all });

use exports::my::dep0_1_0::a as v1;
use exports::my::dep0_2_0::a as v2;

struct Component;

export!(Component);

impl v1::Guest for Component {
    fn x() -> f32 {
        1.0
    }
    fn y(a: f32, x: v1::Rec) -> f32 {
        a + x.a as f32
    }
}

impl v2::Guest for Component {
    fn x() -> f32 {
        2.0
    }
    fn z(a: f32, b: v2::Rec) -> v2::Rec {
        v2::Rec { a: format!("{a} {}", b.a) }
    }
}
