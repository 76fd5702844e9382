//! Functions that programs with options call.

wit_bindgen::generate!({
    path: "wit/options.wit",
    world: "test",
    features: ["fancy"],
    generate_unused_types: true,
    type_section_suffix: "options",
    pub_export_macro: true,
    export_macro_name: "export_options",
    default_bindings_module: "crate::options",
    std_feature,
});

use core::cell::RefCell;

use exports::test::options::foreign::{Bits, Color, Point, Shape};
use exports::test::options::{builders, bytes, counts, foreign, gated, partly, unused, uses};

struct Component;

mod elsewhere {
    use super::Component as Mine;
    crate::options::export_options!(Mine);
}

impl foreign::Guest for Component {
    fn move_(a: Point) -> Point {
        Point { x: a.y, y: a.x }
    }
    fn paint(a: Shape, b: Color) -> Result<Shape, Color> {
        match b {
            Color::Red => Ok(a),
            Color::Green => Err(b),
        }
    }
    fn mask(a: Bits) -> Bits {
        !a
    }
    fn hidden() -> u32 {
        1
    }
}

impl uses::Guest for Component {
    fn pick(a: Vec<uses::Point>, b: uses::Shape) -> Option<uses::Point> {
        match b {
            Shape::Dot(dot) => a.into_iter().find(|point| point.x == dot.x),
            Shape::Named(_) => None,
        }
    }
}

pub struct Builder(RefCell<String>);

impl builders::GuestBuilder for Builder {
    fn new() -> Builder {
        Builder(RefCell::default())
    }
    fn add(&self, part: String) {
        self.0.borrow_mut().push_str(&part);
    }
    fn built(&self) -> String {
        self.0.borrow().clone()
    }
}

impl builders::Guest for Component {
    type Builder = Builder;
}

impl bytes::Guest for Component {
    fn twice(text: String, named: bytes::Named) -> String {
        text + &named.name + &named.others.concat()
    }
    fn opt(a: Option<String>, b: Result<String, String>) -> Vec<String> {
        let (Ok(b) | Err(b)) = b;
        a.into_iter().chain([b]).collect()
    }
}

impl counts::Guest for Component {
    fn count(mut a: wit_bindgen::rt::Map<String, u32>) -> wit_bindgen::rt::Map<String, u32> {
        a.values_mut().for_each(|value| *value += 1);
        a
    }
}

impl unused::Guest for Component {
    fn f() {
        let _ = unused::NoOne::A(unused::Never { a: String::new() });
        let _ = unused::Nothing::A;
    }
}

impl gated::Guest for Component {
    fn f() -> u32 {
        11
    }
}

impl partly::Guest for Component {
    fn new_one() -> u32 {
        12
    }
    fn old_one() -> u32 {
        13
    }
}
