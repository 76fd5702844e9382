//! Lists and records that callers pass in three ways.

wit_bindgen::generate!({
    inline: "
        package test:ownership-of-others;
        world test {
            export test:ownership/lists;
            export test:ownership/thing-in;
            export test:ownership/thing-in-and-out;
        }
    ",
    path: "wit/ownership.wit",
    world: "test",
    generate_all,
});

use exports::test::ownership::{lists, thing_in, thing_in_and_out};

struct Component;

export!(Component);

impl lists::Guest for Component {
    fn foo(a: Vec<Vec<String>>) -> Vec<Vec<String>> {
        a
    }
}

impl thing_in::Guest for Component {
    fn bar(a: thing_in::Thing) {
        assert_eq!((a.name.as_str(), a.value.join(" ").as_str()), ("thing 1", "some value another value"));
    }
    fn more(a: Vec<thing_in::Thing>, b: Option<thing_in::Thing>, c: thing_in::Either) -> u32 {
        let of_thing = |thing: &thing_in::Thing| thing.name.len() + thing.value.concat().len();
        let of_either = match &c {
            thing_in::Either::A(thing) => of_thing(thing),
            thing_in::Either::B(text) => text.len(),
            thing_in::Either::C => 0,
        };
        (a.iter().chain(&b).map(of_thing).sum::<usize>() + of_either) as u32
    }
}

impl thing_in_and_out::Guest for Component {
    fn baz(a: thing_in_and_out::Thing) -> thing_in_and_out::Thing {
        a
    }
    fn all(a: Vec<thing_in_and_out::Thing>, b: wit_bindgen::rt::Map<String, String>) -> Vec<String> {
        a.into_iter().map(|thing| thing.name).chain(b.into_values()).collect()
    }
}
