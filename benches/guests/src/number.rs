//! A function of numbers.

wit_bindgen::generate!({ inline: "package size:number; world guest { export add: func(a: u32, b: u32) -> u32; }" });

struct Component;

export!(Component);

impl Guest for Component {
    fn add(a: u32, b: u32) -> u32 {
        a + b
    }
}
