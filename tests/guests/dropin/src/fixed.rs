//! Lists of fixed lengths.

wit_bindgen::generate!({ path: "wit/fixed.wit", world: "test" });

use exports::test::fixed::to_test::{Guest, Mat};

struct Component;

export!(Component);

impl Guest for Component {
    fn sum(a: [u32; 4]) -> u32 {
        a.iter().sum()
    }
    fn shape(a: Mat) -> [u8; 3] {
        a.rows.map(|[x, y]| (x + y) as u8)
    }
    fn nested(a: [[i16; 2]; 2]) -> [[i16; 2]; 2] {
        a
    }
    fn words([first, second]: [String; 2], [more]: [Vec<String>; 1]) -> [String; 2] {
        [second, first + &more.concat()]
    }
    fn long(a: [u32; 20]) -> [u32; 20] {
        a
    }
}
