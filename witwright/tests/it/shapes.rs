//! Modules of other bindings in `with`, whose types need no traits of the runtime.

/// Types as bindings of another generator have them: without the traits.
#[allow(unreachable_pub, reason = "the bindings mention these types in public functions")]
mod foreign {
    #[derive(Clone, Copy, PartialEq, Eq, Debug)]
    pub enum Kind {
        First,
        SecondOne,
    }

    #[derive(Clone, Copy, PartialEq, Eq, Debug)]
    pub struct Marks(u8);

    impl Marks {
        pub const A: Marks = Marks(1);
        pub const B_C: Marks = Marks(2);

        pub fn bits(&self) -> u8 {
            self.0
        }

        pub fn from_bits_retain(bits: u8) -> Marks {
            Marks(bits)
        }
    }

    #[derive(Clone, PartialEq, Eq, Debug)]
    pub struct Plain {
        pub names: Vec<String>,
        pub at: (u8, Option<Kind>),
        pub kind: Kind,
        pub marks: Marks,
    }

    #[derive(Clone, PartialEq, Eq, Debug)]
    pub enum Either {
        None,
        Plain(Plain),
        Plains(Vec<Plain>),
        Tried(Result<Plain, Kind>),
    }

    pub type Plains = Vec<Plain>;
    pub type Number = u32;
}

mod users {
    witwright::generate!({
        path: "tests/it/wit/shapes.wit",
        world: "plain-users",
        with: { "test:shapes/things": super::foreign },
    });
}

use std::collections::BTreeMap;

use foreign::{Either, Kind, Marks, Plain};
use users::test::shapes::users::{Host, Wrapped, all, copy, fixed};

use witwright::rt::async_support::{FutureReader, StreamReader, block_on, spawn};

struct Users;

impl Host for Users {
    fn copy(&mut self, either: Either, wrapped: Wrapped) -> (Either, Wrapped) {
        (either, wrapped)
    }

    fn all(&mut self, plains: Vec<Plain>, some: Option<Vec<Plain>>, marks: Marks) -> Result<Vec<Plain>, Kind> {
        let mut all: Vec<Plain> = plains.into_iter().chain(some.ok_or(Kind::SecondOne)?).collect();
        all.iter_mut().for_each(|plain| plain.marks = marks);
        Ok(all)
    }

    fn stream(&mut self, plains: StreamReader<Plain>) -> (StreamReader<Plain>, FutureReader<Option<Either>>) {
        let (_, promise) = users::wit_future::new(|| Some(Either::Plain(plain("b"))));
        (plains, promise)
    }

    fn fixed(&mut self, by_name: BTreeMap<String, Plain>) -> BTreeMap<u8, Vec<Plain>> {
        by_name.into_iter().map(|(name, plain)| (name.len() as u8, vec![plain.clone(), plain])).collect()
    }
}

#[test]
fn elements_without_traits_are_passed() {
    users::with_imports(&mut Users, || {
        let (mut writer, reader) = users::wit_stream::new::<Plain>();
        let (mut plains, promise) = users::test::shapes::users::stream(reader);
        let (first, second, promised) = block_on(async {
            spawn(async move { assert!(writer.write_one(plain("a")).await.is_none()) });
            (plains.next().await, plains.next().await, promise.await)
        });
        assert_eq!((first, second, promised), (Some(plain("a")), None, Some(Either::Plain(plain("b")))));
    });
}

fn plain(name: &str) -> Plain {
    Plain { names: vec![name.to_owned()], at: (4, Some(Kind::First)), kind: Kind::SecondOne, marks: Marks::B_C }
}

#[test]
fn types_without_traits_are_passed() {
    users::with_imports(&mut Users, || {
        let cases = [
            Either::None,
            Either::Plain(plain("a")),
            Either::Plains(vec![plain("a"), plain("b")]),
            Either::Tried(Ok(plain("c"))),
            Either::Tried(Err(Kind::First)),
        ];
        for case in cases {
            let wrapped = Wrapped { plain: plain("w"), kinds: vec![Kind::First, Kind::SecondOne], number: 7 };
            let (copied, wrapped) = copy(&case, &wrapped);
            assert_eq!((copied, wrapped.plain, wrapped.number), (case, plain("w"), 7));
            assert_eq!(wrapped.kinds, [Kind::First, Kind::SecondOne]);
        }
        let marked = |name| Plain { marks: Marks::A, ..plain(name) };
        assert_eq!(all(&[plain("a")], Some(&[plain("b")]), Marks::A), Ok(vec![marked("a"), marked("b")]));
        assert_eq!(all(&[plain("a")], None, Marks::A), Err(Kind::SecondOne));
        // Bits that belong to no flag are dropped.
        let every = all(&[plain("a")], Some(&[]), Marks::from_bits_retain(0xff)).unwrap();
        assert_eq!(every[0].marks.bits(), 3);
        let by_name = BTreeMap::from([("x".to_owned(), plain("one")), ("yy".to_owned(), plain("two"))]);
        let by_length = fixed(&by_name);
        assert_eq!(by_length, BTreeMap::from([(1, vec![plain("one"); 2]), (2, vec![plain("two"); 2])]));
    });
}

mod map_users {
    witwright::generate!({
        path: "tests/it/wit/shapes.wit",
        world: "map-users",
        with: { "test:shapes/things": super::foreign },
        raw_strings: true,
    });
}

struct Maps;

impl map_users::test::shapes::maps::Host for Maps {
    fn texts(&mut self) -> (StreamReader<String>, StreamReader<Vec<u8>>) {
        (map_users::wit_stream::new().1, map_users::wit_stream::new().1)
    }

    fn by_name(
        &mut self,
        mut maps: StreamReader<BTreeMap<String, Kind>>,
        last: BTreeMap<Vec<u8>, Kind>,
    ) -> FutureReader<Option<BTreeMap<String, Vec<Kind>>>> {
        let (writer, promise) = map_users::wit_future::new(|| None);
        spawn(async move {
            let mut all: BTreeMap<String, Vec<Kind>> = BTreeMap::new();
            while let Some(map) = maps.next().await {
                map.into_iter().for_each(|(name, kind)| all.entry(name).or_default().push(kind));
            }
            for (name, kind) in last {
                all.entry(String::from_utf8(name).unwrap()).or_default().push(kind);
            }
            writer.write(Some(all)).await.unwrap();
        });
        promise
    }
}

/// Their strings are bytes in parameters, and strings in streams and futures.
#[test]
fn maps_are_elements_without_traits() {
    use map_users::test::shapes::maps::by_name;

    map_users::with_imports(&mut Maps, || {
        let (mut writer, reader) = map_users::wit_stream::new();
        let all = block_on(async {
            spawn(async move {
                for kind in [Kind::First, Kind::SecondOne] {
                    assert!(writer.write_one(BTreeMap::from([("a".to_owned(), kind)])).await.is_none());
                }
            });
            by_name(reader, &BTreeMap::from([(b"b".to_vec(), Kind::First)])).await
        });
        let expected = [("a", vec![Kind::First, Kind::SecondOne]), ("b", vec![Kind::First])];
        assert_eq!(all, Some(expected.map(|(name, kinds)| (name.to_owned(), kinds)).into()));
    });
}

/// A module whose types have traits, and that says so as those of this generator do.
#[allow(unreachable_pub, reason = "the bindings mention these types in public functions")]
mod marked {
    pub use witwright::rt::ByTraits as __witwright_0_1_has_traits;
    use witwright::rt::{ComponentType, FlatReader, FlatWriter, Lift, LiftCx, Lower, LowerCx, TypeDesc, TypeLayout};

    /// A number, to which one is added each time that it is lifted.
    #[derive(Clone, Copy, Debug, PartialEq)]
    pub struct Passed {
        pub count: u32,
    }

    pub type Others = Vec<Passed>;

    impl ComponentType for Passed {
        const DESC: &'static TypeDesc = <(u32,)>::DESC;
        const PARTS: &'static [TypeLayout] = <(u32,)>::PARTS;
    }

    impl Lower for Passed {
        fn lower<C: LowerCx>(&self, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
            self.count.lower(cx, flat)
        }

        fn store<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
            self.count.store(cx, addr)
        }
    }

    impl Lift for Passed {
        fn lift<C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<Passed, C::Error> {
            u32::lift(cx, flat).map(|count| Passed { count: count + 1 })
        }

        fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<Passed, C::Error> {
            u32::load(cx, addr).map(|count| Passed { count: count + 1 })
        }
    }
}

mod users_of_marked {
    witwright::generate!({
        inline: "
            package test:marked;
            interface types { record passed { count: u32 } type others = list<passed>; }
            interface pass {
                use types.{passed, others};
                use unmarked.{kind};
                all: func(one: passed, others: others) -> tuple<passed, option<others>>;
                both: func(all: list<tuple<passed, kind>>) -> result<passed, kind>;
            }
            interface unmarked { enum kind { first, second-one } }
            world users { import pass; }
        ",
        with: { "test:marked/types": super::marked, "test:marked/unmarked": super::foreign },
    });
}

use users_of_marked::test::marked::pass;

struct Pass;

impl pass::Host for Pass {
    fn all(
        &mut self,
        one: marked::Passed,
        others: Vec<marked::Passed>,
    ) -> (marked::Passed, Option<Vec<marked::Passed>>) {
        (one, Some(others))
    }

    fn both(&mut self, all: Vec<(marked::Passed, Kind)>) -> Result<marked::Passed, Kind> {
        all.first().map(|(passed, _)| *passed).ok_or(Kind::SecondOne)
    }
}

#[test]
fn types_of_these_bindings_are_passed_by_their_traits() {
    let passed = |count| marked::Passed { count };
    users_of_marked::with_imports(&mut Pass, || {
        assert_eq!(pass::all(passed(0), &[passed(1), passed(2)]), (passed(2), Some(vec![passed(3), passed(4)])));
        assert_eq!(pass::both(&[(passed(5), Kind::First)]), Ok(passed(7)));
        assert_eq!(pass::both(&[]), Err(Kind::SecondOne));
    });
}

mod definitions {
    witwright::generate!({ path: "tests/it/wit/shapes.wit", world: "definitions", generate_unused_types: true });
}

mod handle_users {
    witwright::generate!({
        path: "tests/it/wit/shapes.wit",
        world: "handle-users",
        with: {
            "test:shapes/things": super::definitions::test::shapes::things,
            "test:shapes/handles": super::definitions::test::shapes::handles,
        },
    });
}

/// The types of these bindings, without the item that says that they have traits.
mod unmarked {
    pub(crate) mod things {
        pub(crate) use super::super::definitions::test::shapes::things::{Kind, Marks, Plain, Plains};
    }

    pub(crate) mod handles {
        pub(crate) use super::super::definitions::test::shapes::handles::Thing;
    }
}

mod world_users {
    witwright::generate!({
        path: "tests/it/wit/shapes.wit",
        world: "world-users",
        with: {
            "test:shapes/things": super::unmarked::things,
            "test:shapes/handles": super::unmarked::handles,
        },
    });
}

mod with_handles {
    use super::definitions::test::shapes::handles::{self, Held, HostOdd, HostThing, Odd, Thing};
    use super::definitions::test::shapes::things::{Kind, Marks, Plain};
    use super::handle_users::test::shapes::users_of_handles::{self as users, hold, lend, open, same, sum};
    use super::world_users::{Holder, WorldUsersImports, give, turn};
    use super::{definitions, handle_users, world_users};

    struct Things;

    impl HostThing for Things {
        fn new(&mut self, number: u32) -> Thing {
            witwright::mock::resource(number.into())
        }

        fn number(&mut self, self_: &Thing) -> u32 {
            witwright::mock::rep(self_) as u32
        }
    }

    impl HostOdd for Things {
        fn new(&mut self, handle: u32) -> Odd {
            witwright::mock::resource(handle.into())
        }

        fn handle(&mut self, self_: &Odd) -> u32 {
            witwright::mock::rep(self_) as u32
        }
    }

    impl handles::Host for Things {}

    fn number(thing: &Thing) -> u32 {
        witwright::mock::rep(thing) as u32
    }

    impl users::Host for Things {
        fn open(&mut self, number: u32) -> Option<Thing> {
            (number > 0).then(|| witwright::mock::resource(number.into()))
        }

        fn hold(&mut self, thing: Thing, more: Vec<(Thing, u8)>) -> Held {
            let plain = Plain { kind: Kind::First, marks: Marks::A, names: Vec::new(), at: (1, None) };
            Held { thing, more: more.into_iter().map(|(thing, _)| thing).collect(), plain }
        }

        fn sum(&mut self, held: Held, pairs: Vec<(String, Thing)>) -> u32 {
            [&held.thing].into_iter().chain(&held.more).chain(pairs.iter().map(|(_, thing)| thing)).map(number).sum()
        }

        fn lend(&mut self, thing: &Thing, more: Vec<&Thing>) -> u32 {
            [thing].into_iter().chain(more).map(number).sum()
        }

        fn same(&mut self, odd: Odd) -> Odd {
            odd
        }
    }

    #[test]
    fn handles_are_passed() {
        definitions::with_imports(&mut Things, || {
            let made = [1, 2, 3, 4].map(Thing::new);
            let odd = handle_users::with_imports(&mut Things, || {
                assert!(open(0).is_none());
                let [first, second, third, fourth] = made;
                assert_eq!(lend(&first, &[&second, &second]), 5);
                let held = hold(first, vec![(second, 1)]);
                assert_eq!((number(&held.thing), held.more.len()), (1, 1));
                let pairs = vec![("third".to_owned(), third), ("fourth".to_owned(), fourth)];
                assert_eq!(sum(held, pairs), 10);
                same(witwright::mock::resource(9))
            });
            assert_eq!(odd.handle(), 9);
        });
    }

    impl WorldUsersImports for Things {
        fn turn(&mut self, plain: Plain, more: Vec<Plain>, holder: Holder) -> (Holder, Kind) {
            let sorts = more.iter().map(|plain| plain.kind).chain(holder.sorts).collect();
            (Holder { plain, sorts }, holder.plain.kind)
        }

        fn give(&mut self, thing: Thing, more: Vec<&Thing>) -> Option<Thing> {
            more.is_empty().then_some(thing)
        }
    }

    #[test]
    fn a_world_uses_types() {
        let plain = |kind| Plain { kind, marks: Marks::A, names: vec!["a".to_owned()], at: (1, None) };
        definitions::with_imports(&mut Things, || {
            let thing = world_users::with_imports(&mut Things, || {
                let holder = Holder { plain: plain(Kind::SecondOne), sorts: vec![Kind::First] };
                let (turned, kind) = turn(&plain(Kind::First), &[plain(Kind::SecondOne)], &holder);
                assert_eq!((turned.plain.names, turned.plain.kind), (vec!["a".to_owned()], Kind::First));
                assert_eq!((turned.sorts, kind), (vec![Kind::SecondOne, Kind::First], Kind::SecondOne));
                give(witwright::mock::resource(4), &[]).unwrap()
            });
            assert_eq!(number(&thing), 4);
        });
    }
}

/// A module that a program writes itself may lack the aliases of the interface.
mod written {
    #[allow(unreachable_pub, reason = "the bindings mention its type in public functions")]
    pub mod rows {
        use super::bindings::test::written::schema::Note;

        #[derive(Clone, PartialEq, Debug)]
        pub struct Row {
            pub id: u32,
            pub number: u16,
            pub notes: Vec<Note>,
        }
    }

    mod bindings {
        witwright::generate!({
            inline: "
                package test:written;
                interface schema { type id = u32; record note { text: string } }
                interface rows {
                    use schema.{id, note};
                    type number = u16;
                    record row { id: id, number: number, notes: list<note> }
                }
                interface api { use rows.{row, number}; pass: func(row: row, number: number) -> option<row>; }
                world w { import api; }
            ",
            with: { "test:written/rows": super::rows },
            additional_derives: [PartialEq],
        });
    }

    use bindings::test::written::api;
    use bindings::test::written::schema::Note;
    use rows::Row;

    struct Rows;

    impl api::Host for Rows {
        fn pass(&mut self, row: Row, number: u16) -> Option<Row> {
            Some(Row { number, ..row })
        }
    }

    #[test]
    fn a_module_without_aliases_stands_for_its_interface() {
        let row = Row { id: 7, number: 1, notes: vec![Note { text: "a".to_owned() }] };
        bindings::with_imports(&mut Rows, || {
            assert_eq!(api::pass(&row, 2), Some(Row { number: 2, ..row.clone() }));
        });
    }
}
