//! Lists of numbers and of texts.

wit_bindgen::generate!({
    inline: "
        package size:lists;
        world guest {
            import sort: func(numbers: list<u64>) -> list<u64>;
            export longest: func(numbers: list<u64>, texts: list<string>) -> list<string>;
        }
    "
});

struct Component;

export!(Component);

impl Guest for Component {
    fn longest(numbers: Vec<u64>, mut texts: Vec<String>) -> Vec<String> {
        texts.truncate(sort(&numbers).len());
        texts
    }
}
