//! Options, each in a program whose result depends on it.

mod many {
    wit_bindgen::generate!({
        path: "../dropin/wit/options.wit",
        world: "runner",
        features: ["fancy"],
        skip: ["hidden"],
        additional_derives: [PartialEq],
        additional_type_attributes: {
            "test:options/foreign/point": [#[derive(Eq, Hash)]],
            "test:options/foreign/shape": [#[allow(clippy::large_enum_variant)]],
        },
        additional_member_attributes: {
            "test:options/foreign/point.x": [#[doc = "Rightwards."]],
            "test:options/foreign/shape.dot": [#[doc = "A place."]],
        },
        disable_run_ctors_once_workaround: false,
        disable_custom_section_link_helpers: false,
        merge_structurally_equal_types: true,
        runtime_path: "::wit_bindgen::rt",
        bitflags_path: "crate::bits",
        type_section_suffix: "of-many",
    });

    use test::options::foreign::{self, Bits, Color, Point, Shape};
    use test::options::{builders, bytes, counts, gated, partly, unused, uses};

    struct Runner;

    export!(Runner with_types_in self);

    impl Guest for Runner {
        fn run_options() {
            let point = Point { x: 1, y: 2 };
            assert_eq!(std::collections::HashSet::from([foreign::move_(point)]).len(), 1);
            assert!(foreign::paint(&Shape::Dot(point), Color::Red) == Ok(Shape::Dot(point)));
            assert!(foreign::paint(&Shape::Named("n".to_owned()), Color::Green) == Err(Color::Green));
            assert_eq!(foreign::mask(Bits::READ), Bits::WRITE);
            assert_eq!(uses::pick(&[point], &uses::Shape::Dot(point)), Some(point));
            let builder = builders::Builder::new();
            builder.add("x");
            assert_eq!(builder.built(), "x");
            assert_eq!(bytes::twice("a", &bytes::Named { name: "b".to_owned(), others: vec!["c".to_owned()] }), "abc");
            assert_eq!(counts::count(&wit_bindgen::rt::Map::from([("k".to_owned(), 1)]))["k"], 2);
            unused::f();
            assert_eq!((gated::f(), partly::new_one(), partly::old_one()), (11, 12, 13));
        }
    }
}

mod chained {
    wit_bindgen::generate!({
        path: "../dropin/wit/options.wit",
        world: "chained",
        chainable_methods: ["&all"],
    });

    struct Runner;

    export!(Runner);

    impl Guest for Runner {
        fn run_chained() {
            let builder = test::options::builders::Builder::new();
            assert_eq!(builder.add("a").add("b").built(), "ab");
        }
    }
}

mod raw {
    wit_bindgen::generate!({
        path: "../dropin/wit/options.wit",
        world: "raw",
        raw_strings,
        export_macro_name: "export_raw",
    });

    use test::options::bytes;

    struct Runner;

    export_raw!(Runner);

    impl Guest for Runner {
        fn run_raw() {
            let named = bytes::Named { name: b"b".to_vec(), others: vec![b"c".to_vec()] };
            assert_eq!(bytes::twice(b"a", &named), b"abc");
            assert_eq!(bytes::opt(Some(b"x"), Err(b"y")), [b"x", b"y"]);
        }
    }
}

mod hashed {
    wit_bindgen::generate!({
        path: "../dropin/wit/options.wit",
        world: "hashed",
        map_type: "std::collections::HashMap",
    });

    struct Runner;

    export!(Runner);

    impl Guest for Runner {
        fn run_hashed() {
            let counts = std::collections::HashMap::from([("k".to_owned(), 1)]);
            assert_eq!(test::options::counts::count(&counts)["k"], 2);
        }
    }
}

mod ordered {
    wit_bindgen::generate!({
        path: "../dropin/wit/options.wit",
        world: "ordered",
        map_type: "crate::options::ordered::InOrder",
    });

    /// A map that keeps its entries in the order in which they came.
    pub struct InOrder<K, V>(Vec<(K, V)>);

    impl<K, V> wit_bindgen::rt::WitMap<K, V> for InOrder<K, V> {
        fn wit_map_new(capacity: usize) -> Self {
            InOrder(Vec::with_capacity(capacity))
        }
        fn wit_map_push(&mut self, key: K, value: V) {
            self.0.push((key, value));
        }
        fn wit_map_len(&self) -> usize {
            self.0.len()
        }
    }

    impl<K, V> IntoIterator for InOrder<K, V> {
        type Item = (K, V);
        type IntoIter = std::vec::IntoIter<(K, V)>;
        fn into_iter(self) -> Self::IntoIter {
            self.0.into_iter()
        }
    }

    impl<'a, K, V> IntoIterator for &'a InOrder<K, V> {
        type Item = (&'a K, &'a V);
        type IntoIter = std::iter::Map<std::slice::Iter<'a, (K, V)>, fn(&'a (K, V)) -> (&'a K, &'a V)>;
        fn into_iter(self) -> Self::IntoIter {
            self.0.iter().map(|(key, value)| (key, value))
        }
    }

    struct Runner;

    export!(Runner);

    impl Guest for Runner {
        fn run_ordered() {
            let counts = InOrder(vec![("k".to_owned(), 1), ("a".to_owned(), 5)]);
            let counted = test::options::counts::count(&counts);
            assert_eq!(counted.0, [("a".to_owned(), 6), ("k".to_owned(), 2)]);
        }
    }
}

mod mapped {
    wit_bindgen::generate!({
        path: "../dropin/wit/options.wit",
        world: "mapped",
        with: {
            "test:options/foreign": super::many::test::options::foreign,
            "test:options/uses": generate,
        },
    });

    use super::many::test::options::foreign;
    use test::options::uses;

    struct Runner;

    export!(Runner);

    impl Guest for Runner {
        fn run_mapped() {
            let point = foreign::move_(uses::Point { x: 1, y: 2 });
            assert_eq!(uses::pick(&[point], &foreign::Shape::Dot(point)), Some(point));
        }
    }
}
