//! Exports the interface that it imports: its resource holds one of the other's.

wit_bindgen::generate!({ path: "../dropin/wit/floats.wit", world: "middle" });

use exports::test::floats::floats::{Float, FloatBorrow, Guest, GuestFloat};
use exports::test::floats::more;
use test::floats::floats as inner;

struct Component;

export!(Component);

pub struct MyFloat(inner::Float);

impl GuestFloat for MyFloat {
    fn new(v: f64) -> MyFloat {
        MyFloat(inner::Float::new(v))
    }
    fn get(&self) -> f64 {
        self.0.get() + 10.0
    }
    fn add(a: Float, b: f64) -> Float {
        Float::new(MyFloat(inner::Float::add(a.into_inner::<MyFloat>().0, b)))
    }
}

impl Guest for Component {
    type Float = MyFloat;

    fn sum(a: Vec<FloatBorrow<'_>>) -> Float {
        let inner: Vec<&inner::Float> = a.iter().map(|float| &float.get::<MyFloat>().0).collect();
        Float::new(MyFloat(inner::sum(&inner)))
    }
}

impl more::Guest for Component {
    fn double(a: more::FloatBorrow<'_>) -> more::Float {
        let float = &a.get::<MyFloat>().0;
        Float::new(MyFloat(inner::sum(&[float, float])))
    }
    fn pass(a: more::Float) -> more::Float {
        a
    }
}
