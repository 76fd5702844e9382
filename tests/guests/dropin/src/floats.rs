//! A resource that the component in the middle passes on as one of its own.

wit_bindgen::generate!({ path: "wit/floats.wit", world: "test" });

use exports::test::floats::floats::{Float, FloatBorrow, Guest, GuestFloat};

struct Component;

export!(Component);

pub struct MyFloat(f64);

impl GuestFloat for MyFloat {
    fn new(v: f64) -> MyFloat {
        MyFloat(v + 1.0)
    }
    fn get(&self) -> f64 {
        self.0 + 2.0
    }
    fn add(a: Float, b: f64) -> Float {
        Float::new(MyFloat(a.into_inner::<MyFloat>().0 + b + 3.0))
    }
}

impl Guest for Component {
    type Float = MyFloat;

    fn sum(a: Vec<FloatBorrow<'_>>) -> Float {
        Float::new(MyFloat(a.iter().map(|float| float.get::<MyFloat>().0).sum()))
    }
}
