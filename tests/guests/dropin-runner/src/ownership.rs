//! The three modes of `ownership`.

mod owning {
    wit_bindgen::generate!({ path: "../dropin/wit/ownership.wit", world: "runner-owning", ownership: Owning });

    use test::ownership::{lists, thing_in, thing_in_and_out};

    struct Runner;

    export!(Runner);

    impl Guest for Runner {
        fn run_owning() {
            let value = vec![vec!["a".to_owned(), "b".to_owned()]];
            assert_eq!(lists::foo(&value), value);
            let thing = thing_in::Thing {
                name: "thing 1".to_owned(),
                value: vec!["some value".to_owned(), "another value".to_owned()],
            };
            thing_in::bar(&thing);
            assert_eq!(thing_in::more(&[thing.clone()], Some(&thing), &thing_in::Either::B("b".to_owned())), 61);
            let thing = thing_in_and_out::Thing { name: "thing 2".to_owned(), value: Vec::new() };
            assert_eq!(thing_in_and_out::baz(&thing).name, thing.name);
        }
    }
}

mod borrowing {
    wit_bindgen::generate!({
        path: "../dropin/wit/ownership.wit",
        world: "runner-borrowing",
        ownership: Borrowing { duplicate_if_necessary: false },
    });

    use test::ownership::{lists, thing_in, thing_in_and_out};

    struct Runner;

    export!(Runner);

    impl Guest for Runner {
        fn run_borrowing() {
            assert_eq!(lists::foo(&[&["a", "b"]]), [["a", "b"]]);
            let thing = thing_in::Thing { name: "thing 1", value: &["some value", "another value"] };
            thing_in::bar(thing.clone());
            assert_eq!(thing_in::more(&[thing.clone()], Some(thing.clone()), thing_in::Either::A(thing)), 90);
            let thing = thing_in_and_out::Thing { name: "thing 2".to_owned(), value: Vec::new() };
            assert_eq!(thing_in_and_out::baz(&thing).name, thing.name);
            let map = wit_bindgen::rt::Map::from([("key", "value")]);
            assert_eq!(thing_in_and_out::all(&[&thing, &thing], &map), ["thing 2", "thing 2", "value"]);
        }
    }
}

mod duplicating {
    wit_bindgen::generate!({
        path: "../dropin/wit/ownership.wit",
        world: "runner-duplicating",
        ownership: Borrowing { duplicate_if_necessary: true },
    });

    use test::ownership::{lists, thing_in, thing_in_and_out};

    struct Runner;

    export!(Runner);

    impl Guest for Runner {
        fn run_duplicating() {
            assert_eq!(lists::foo(&[&["a", "b"]]), [["a", "b"]]);
            let thing = thing_in::Thing { name: "thing 1", value: &["some value", "another value"] };
            thing_in::bar(thing.clone());
            assert_eq!(thing_in::more(&[], Some(thing), thing_in::Either::C), 30);
            let thing = thing_in_and_out::ThingParam { name: "thing 2", value: &["v"] };
            let thing_in_and_out::ThingResult { name, value } = thing_in_and_out::baz(thing.clone());
            assert_eq!((name.as_str(), value), ("thing 2", vec!["v".to_owned()]));
            let map = wit_bindgen::rt::Map::from([("key", "value")]);
            assert_eq!(thing_in_and_out::all(&[thing.clone(), thing], &map), ["thing 2", "thing 2", "value"]);
        }
    }
}
