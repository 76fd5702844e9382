//! Options of `generate!`: each changes what its documentation says.

#![allow(unreachable_pub, reason = "the bindings mention these types in public functions")]

use std::collections::HashMap;

use witwright::{FutureReader, StreamReader};

mod attributes {
    witwright::generate!({
        inline: "
            package test:attributes@1.2.0;
            interface kinds {
                record point { x: u32, y: u32 }
                variant shape { dot(point), nothing }
                enum color { red, green }
                draw: func(shape: shape, color: color);
            }
            world w { import kinds; }
        ",
        additional_type_attributes: {
            "test:attributes/kinds@1.2.0/point": [#[derive(PartialEq, Eq)]],
            "test:attributes/kinds/shape": [#[derive(PartialEq)], #[allow(clippy::large_enum_variant)]],
            "test:attributes/kinds.color": [#[derive(Hash, Default)]],
        },
        additional_member_attributes: {
            "test:attributes/kinds/color.green": [#[default]],
        },
    });
}

#[test]
fn attributes_are_added_to_types_and_members() {
    use attributes::test::attributes::kinds::{Color, Point, Shape};
    assert_eq!(Shape::Dot(Point { x: 1, y: 2 }), Shape::Dot(Point { x: 1, y: 2 }));
    assert_ne!(Shape::Nothing, Shape::Dot(Point { x: 1, y: 2 }));
    assert_eq!(Color::default(), Color::Green);
}

mod raw {
    witwright::generate!({
        inline: "
            package test:raw;
            interface echo {
                record named { name: string, others: list<string> }
                twice: func(text: string, named: named) -> string;
                count: func(words: map<string, u32>) -> map<string, u32>;
            }
            world w { import echo; }
        ",
        raw_strings,
        map_type: "std::collections::HashMap",
    });
}

struct Echo;

impl raw::test::raw::echo::Host for Echo {
    fn twice(&mut self, text: Vec<u8>, named: raw::test::raw::echo::Named) -> Vec<u8> {
        [text.as_slice(), &named.name, &named.others.concat()].concat()
    }

    fn count(&mut self, mut words: HashMap<Vec<u8>, u32>) -> HashMap<Vec<u8>, u32> {
        *words.entry(b"more".to_vec()).or_default() += 1;
        words
    }
}

#[test]
fn raw_strings_are_bytes_and_maps_are_of_the_given_type() {
    use raw::test::raw::echo;
    raw::with_imports(&mut Echo, || {
        let named = echo::Named { name: b"b".to_vec(), others: vec![b"c".to_vec(), b"d".to_vec()] };
        assert_eq!(echo::twice(b"a", &named), b"abcd");
        let words = HashMap::from([(b"more".to_vec(), 1), (b"one".to_vec(), 7)]);
        assert_eq!(echo::count(&words), HashMap::from([(b"more".to_vec(), 2), (b"one".to_vec(), 7)]));
    });
}

mod raw_streams {
    witwright::generate!({
        inline: "
            package test:raw-streams;
            interface kinds {
                type name = string;
                texts: func(texts: stream<name>) -> stream<string>;
                blobs: func() -> stream<list<u8>>;
                named: func(name: name) -> future<option<string>>;
            }
            world w { import kinds; }
        ",
        raw_strings,
    });
}

struct Kinds;

impl raw_streams::test::raw_streams::kinds::Host for Kinds {
    fn texts(&mut self, texts: StreamReader<String>) -> StreamReader<String> {
        texts
    }

    fn blobs(&mut self) -> StreamReader<Vec<u8>> {
        let (mut writer, reader) = raw_streams::wit_stream::new();
        witwright::spawn(async move { assert_eq!(writer.write_one(vec![0xff]).await, None) });
        reader
    }

    fn named(&mut self, name: Vec<u8>) -> FutureReader<Option<String>> {
        let (writer, reader) = raw_streams::wit_future::new(|| None);
        witwright::spawn(async move { writer.write(String::from_utf8(name).ok()).await.expect("it is read") });
        reader
    }
}

/// `stream<string>` and `stream<list<u8>>` are two types, each with built-ins of its own.
#[test]
fn streams_of_text_are_not_those_of_bytes() {
    use raw_streams::test::raw_streams::kinds;
    raw_streams::with_imports(&mut Kinds, || {
        witwright::block_on(async {
            let (mut writer, reader) = raw_streams::wit_stream::new();
            let mut texts = kinds::texts(reader);
            witwright::spawn(async move { assert_eq!(writer.write_one("text".to_owned()).await, None) });
            assert_eq!(texts.next().await.as_deref(), Some("text"));
            assert_eq!(kinds::blobs().next().await, Some(vec![0xff]));
            assert_eq!(kinds::named(b"name").await.as_deref(), Some("name"));
        });
    });
}

mod chained {
    witwright::generate!({
        inline: "
            package test:chained@1.2.0;
            interface build {
                resource builder {
                    constructor();
                    add: func(part: string);
                    mark: func();
                    done: func() -> u32;
                }
            }
            world w { import build; }
        ",
        chainable_methods: ["-test:chained/build#[method]builder.mark", "&all"],
    });
}

#[derive(Default)]
struct Builders(u32);

impl chained::test::chained::build::HostBuilder for Builders {
    fn new(&mut self) -> chained::test::chained::build::Builder {
        witwright::mock::resource(7)
    }

    fn add(&mut self, _builder: &chained::test::chained::build::Builder, part: String) {
        self.0 += u32::try_from(part.len()).unwrap();
    }

    fn mark(&mut self, _builder: &chained::test::chained::build::Builder) {
        self.0 += 100;
    }

    fn done(&mut self, _builder: &chained::test::chained::build::Builder) -> u32 {
        self.0
    }
}

impl chained::test::chained::build::Host for Builders {}

#[test]
fn methods_without_results_are_chained() {
    use chained::test::chained::build::Builder;
    chained::with_imports(&mut Builders::default(), || {
        let builder = Builder::new();
        assert_eq!(builder.add("ab").add("c").done(), 3);
        let () = builder.mark();
        assert_eq!(builder.done(), 103);
    });
}

mod merged {
    witwright::generate!({
        inline: "
            package test:merged;
            interface types {
                record point { x: u32, name: string }
                type points = list<point>;
                record other { x: u32, title: string }
                pass: func(points: points, other: other) -> point;
            }
            world w { import types; export types; }
        ",
        merge_structurally_equal_types: true,
        stubs,
    });
}

#[test]
fn types_of_one_structure_are_one_type() {
    let point = merged::test::merged::types::Point { x: 1, name: "a".to_owned() };
    let same: merged::exports::test::merged::types::Point = point;
    assert_eq!(same.name, "a");
}

#[test]
#[should_panic(expected = "`pass` is not implemented")]
fn a_stub_says_what_it_lacks() {
    use merged::exports::test::merged::types::{Guest, Other};
    let _ = <merged::Stub as Guest>::pass(Vec::new(), Other { x: 1, title: String::new() });
}

/// Types of this crate that stand for types of WIT.
mod own {
    #[derive(Clone, Debug, PartialEq, witwright::WitType)]
    pub struct LongName {
        pub first_part: String,
        pub type_: Vec<Kind>,
    }

    #[derive(Clone, Copy, Debug, PartialEq, witwright::WitType)]
    pub enum Kind {
        Small,
        VeryLarge,
    }

    #[derive(Clone, Debug, PartialEq, witwright::WitType)]
    pub enum Shape {
        Named(LongName),
        Unknown,
    }
}

mod with_own {
    witwright::generate!({
        inline: "
            package test:%own@0.1.0;
            interface types {
                enum kind { small, very-large }
                record long-name { first-part: string, %type: list<kind> }
                variant shape { named(long-name), unknown }
                pass: func(shape: shape, kind: kind) -> option<long-name>;
            }
            world w {
                record local { a: u32 }
                import types;
                import add: func(a: local) -> u32;
            }
        ",
        with: {
            "test:own/types@0.1.0/long-name": super::own::LongName,
            "test:own/types.kind": super::own::Kind,
            "test:own/types/shape": super::own::Shape,
            "w/local": super::Local,
        },
    });
}

#[derive(witwright::WitType)]
pub struct Local {
    a: u32,
}

struct Passing;

impl with_own::WImports for Passing {
    fn add(&mut self, a: Local) -> u32 {
        a.a + 1
    }
}

impl with_own::test::own::types::Host for Passing {
    fn pass(&mut self, shape: own::Shape, kind: own::Kind) -> Option<own::LongName> {
        match shape {
            own::Shape::Named(mut name) => {
                name.type_.push(kind);
                Some(name)
            }
            own::Shape::Unknown => None,
        }
    }
}

#[test]
fn types_of_ones_own_stand_for_those_of_wit() {
    use with_own::test::own::types::pass;
    with_own::with_imports(&mut Passing, || {
        let name = own::LongName { first_part: "a".to_owned(), type_: vec![own::Kind::Small] };
        let more = own::LongName { type_: vec![own::Kind::Small, own::Kind::VeryLarge], ..name.clone() };
        assert_eq!(pass(&own::Shape::Named(name), own::Kind::VeryLarge), Some(more));
        assert_eq!(pass(&own::Shape::Unknown, own::Kind::Small), None);
        assert_eq!(with_own::add(Local { a: 4 }), 5);
    });
}

/// Two sets of bindings in one module.
mod both {
    witwright::generate!({
        inline: "package one:a; interface a { f: func() -> u32; } world one { import a; import g: func() -> string; }",
    });
    witwright::generate!({
        inline: "package two:b; interface b { f: func() -> u32; } world two { import b; import h: func() -> string; }",
    });
}

#[test]
fn two_sets_of_bindings_stand_in_one_module() {
    let _: [fn() -> u32; 2] = [both::one::a::a::f, both::two::b::b::f];
    let _: [fn() -> String; 2] = [both::g, both::h];
}

mod repeated {
    witwright::generate!({
        inline: "
            package test:repeated@1.0.0;
            interface kinds {
                record point { x: u32 }
                @unstable(feature = one)
                a: func();
                @unstable(feature = two)
                b: func(point: point);
                c: func();
                d: func();
                pair: func(names: list<string, 2>) -> list<string, 2>;
            }
            world w { import kinds; }
        ",
        features: ["one"],
        features: ["two"],
        skip: ["c"],
        skip: ["d"],
        additional_derives: [PartialEq, Clone, Eq, PartialEq],
    });
}

struct Repeated;

impl repeated::test::repeated::kinds::Host for Repeated {
    fn a(&mut self) {}

    fn b(&mut self, point: repeated::test::repeated::kinds::Point) {
        assert_eq!(point, repeated::test::repeated::kinds::Point { x: 1 });
    }

    fn pair(&mut self, [first, second]: [String; 2]) -> [String; 2] {
        [second, first]
    }
}

/// A list that is given twice has the entries of both; no trait is derived twice.
#[test]
fn lists_may_be_given_in_parts() {
    use repeated::test::repeated::kinds;
    repeated::with_imports(&mut Repeated, || {
        kinds::a();
        kinds::b(kinds::Point { x: 1 });
        // Lists of a fixed length are passed by value, whatever is in them.
        assert_eq!(kinds::pair(["a".to_owned(), "b".to_owned()]), ["b", "a"]);
    });
}

/// A world that exports types alone has the macro too.
mod types_alone {
    witwright::generate!({
        inline: "package test:types-alone; interface kinds { record point { x: u32 } } world w { export kinds; }",
        generate_unused_types: true,
    });

    struct Nothing(exports::test::types_alone::kinds::Point);

    export!(Nothing);

    #[test]
    fn are_exported() {
        assert_eq!(Nothing(exports::test::types_alone::kinds::Point { x: 1 }).0.x, 1);
    }
}

mod filtered {
    witwright::generate!({
        inline: "
            package test:filtered@1.0.0-rc.1;
            interface numbers {
                one: async func() -> u32;
                two: async func() -> u32;
                three: func() -> u32;
            }
            world w { import numbers; }
        ",
        async: [
            "-test:filtered/numbers#two",
            "import:test:filtered/numbers@1.0.0-rc.1#three",
        ],
    });
}

struct Numbers;

impl filtered::test::filtered::numbers::Host for Numbers {
    fn one(&mut self) -> impl Future<Output = u32> + 'static {
        core::future::ready(1)
    }

    fn two(&mut self) -> u32 {
        2
    }

    fn three(&mut self) -> u32 {
        3
    }
}

#[test]
fn filters_need_no_version() {
    use filtered::test::filtered::numbers::{one, three, two};
    filtered::with_imports(&mut Numbers, || {
        assert_eq!(witwright::block_on(async { one().await + two() + three().await }), 6);
    });
}

/// A part of the world has the same keys in all options.
mod keys {
    witwright::generate!({
        inline: "
            package test:keys@1.0.0;
            interface kinds {
                resource pen { set: func(to: u8); }
                record point { x: f32 }
                record place { x: f32 }
                record area { x: u32 }
                a: func(point: point, place: place) -> area;
                b: func(pen: pen);
                c: func();
            }
            world w {
                import kinds;
                record top { x: u32 }
                import d: func(top: top);
                export c: func();
            }
        ",
        skip: ["test:keys/kinds.c", "test:keys/kinds@1.0.0#b", "w.c"],
        additional_derives: [PartialEq, Eq],
        additional_derives_ignore: ["test:keys/kinds/point", "place"],
        additional_type_attributes: {
            "area": [#[derive(Default)], #[derive(Hash)]],
            "test:keys/kinds.area": [#[derive(PartialOrd)]],
            "test:keys/w.top": [#[derive(PartialOrd)]],
        },
        additional_member_attributes: { "area.x": [#[allow(unused)]] },
        chainable_methods: ["test:keys/kinds.[method]pen.set"],
        async: ["test:keys/kinds.a", "w/d"],
    });
}

#[test]
fn all_options_have_the_same_keys() {
    use keys::test::keys::kinds::{Area, Pen, Place, Point, a};
    assert!(Area::default() < Area { x: 1 } && keys::Top { x: 1 } < keys::Top { x: 2 });
    let _: fn(Pen, u8) -> Pen = Pen::set;
    drop(async {
        a(Point { x: 1.0 }, Place { x: 1.0 }).await;
        keys::d(keys::Top { x: 1 }).await;
    });
}

/// A world that is called as its type, and as the implementation that panics.
mod called_as_its_type {
    witwright::generate!({
        inline: "
            package test:stub;
            world stub {
                record stub { x: u32 }
                export make: func() -> stub;
            }
        ",
        stubs,
    });
}

mod called_as_the_implementation {
    witwright::generate!({ inline: "package test:stub; world stub { export make: func(); }", stubs });
}

#[test]
fn a_stub_has_its_name_unless_a_type_has_it() {
    let make: fn() -> called_as_its_type::Stub = <called_as_its_type::Stub_ as called_as_its_type::Guest>::make;
    let other: fn() = <called_as_the_implementation::Stub as called_as_the_implementation::Guest>::make;
    let panics = [std::panic::catch_unwind(|| _ = make()), std::panic::catch_unwind(other)];
    for panic in panics {
        let panic = panic.unwrap_err();
        let text =
            panic.downcast_ref::<&str>().copied().or(panic.downcast_ref::<String>().map(String::as_str)).unwrap();
        assert!(text.contains("`make` is not implemented"), "{text}");
    }
}

/// An exported interface may be named as imported ones are.
mod named_exports {
    witwright::generate!({
        inline: "
            package test:named-exports;
            interface types {
                record point { x: u32 }
            }
            interface points {
                use types.{point};
                twice: func(point: point) -> point;
            }
            world w { export points; }
        ",
        with: { "test:named-exports/types": generate, "test:named-exports/points": generate },
    });

    #[test]
    fn their_bindings_are_generated() {
        struct Points;
        impl exports::test::named_exports::points::Guest for Points {
            fn twice(point: test::named_exports::types::Point) -> test::named_exports::types::Point {
                test::named_exports::types::Point { x: point.x * 2 }
            }
        }
        use exports::test::named_exports::points::Guest as _;
        assert_eq!(Points::twice(test::named_exports::types::Point { x: 4 }).x, 8);
    }
}

/// The macros within `export!` are not documented by wit_bindgen, but programs name them: to export each interface by a type of
/// its own, or under another name.
mod macros_within {
    mod bindings {
        witwright::generate!({
            inline: "
                package test:macros-within@0.1.0;
                interface parts {
                    one: func() -> u32;
                }
                world the-world {
                    export parts;
                    export two: func() -> u32;
                }
            ",
        });
        pub(crate) use __export_the_world_impl as export_all;
    }
    use bindings::exports::test::macros_within::parts;

    struct Parts;

    impl parts::Guest for Parts {
        fn one() -> u32 {
            1
        }
    }

    struct World;

    impl bindings::Guest for World {
        fn two() -> u32 {
            2
        }
    }

    parts::__export_test_macros_within_parts_0_1_0_cabi!(Parts with_types_in parts);
    bindings::__export_world_the_world_cabi!(World with_types_in bindings);

    /// All at once.
    mod at_once {
        use super::bindings;

        struct All;

        impl bindings::exports::test::macros_within::parts::Guest for All {
            fn one() -> u32 {
                1
            }
        }

        impl bindings::Guest for All {
            fn two() -> u32 {
                2
            }
        }

        bindings::export_all!(All with_types_in bindings);
    }
}
