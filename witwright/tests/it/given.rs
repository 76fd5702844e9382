//! Types that a program gives for those of its bindings: maps, and types with `WitType`.

#![allow(unreachable_pub, reason = "the bindings mention these types in public functions")]

use witwright::{StreamReader, WitType};

/// A map that keeps its entries in the order in which they came.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InOrder<K, V>(Vec<(K, V)>);

impl<K, V> witwright::rt::WitMap<K, V> for InOrder<K, V> {
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

impl<'a, K, V> IntoIterator for &'a InOrder<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = std::vec::IntoIter<(&'a K, &'a V)>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().map(|(key, value)| (key, value)).collect::<Vec<_>>().into_iter()
    }
}

mod maps {
    witwright::generate!({
        inline: "
            package test:maps;
            interface orders {
                type counts = map<string, u32>;
                type named = map<string, counts>;
                record order { counts: counts, names: option<map<u8, string>> }
                variant place { at(map<u64, string>), nowhere }
                double: func(counts: counts) -> map<string, u32>;
                put: func(order: order, place: place) -> list<named>;
                all: func(counts: stream<map<u8, bool>>) -> stream<counts>;
            }
            world w { import orders; export orders; }
        ",
        map_type: "super::InOrder",
    });
}

mod more_maps {
    witwright::generate!({
        inline: "package test:maps; interface one { f: func(a: map<u8, u8>); } world more { import one; }",
        map_type: crate::given::InOrder,
        ownership: Borrowing { duplicate_if_necessary: true },
    });
}

use maps::test::maps::orders;

struct Orders;

impl orders::Host for Orders {
    fn double(&mut self, counts: InOrder<String, u32>) -> InOrder<String, u32> {
        InOrder(counts.0.iter().chain(&counts.0).cloned().collect())
    }

    fn put(&mut self, order: orders::Order, place: orders::Place) -> Vec<orders::Named> {
        let orders::Place::At(place) = place else { return Vec::new() };
        let name = |(_, name): &(u64, String)| InOrder(vec![(name.clone(), order.counts.clone())]);
        place.0.iter().map(name).collect()
    }

    fn all(&mut self, _: StreamReader<InOrder<u8, bool>>) -> StreamReader<orders::Counts> {
        let (mut writer, reader) = maps::wit_stream::new();
        witwright::spawn(async move { assert_eq!(writer.write_one(InOrder(vec![("a".to_owned(), 1)])).await, None) });
        reader
    }
}

#[test]
fn maps_of_the_given_type_keep_their_entries() {
    maps::with_imports(&mut Orders, || {
        let counts = InOrder(vec![("b".to_owned(), 2), ("a".to_owned(), 1)]);
        assert_eq!(orders::double(&counts).0.len(), 4);
        let order = orders::Order { counts: counts.clone(), names: Some(InOrder(vec![(1, "c".to_owned())])) };
        let placed = orders::put(&order, &orders::Place::At(InOrder(vec![(7, "d".to_owned())])));
        assert_eq!(placed, [InOrder(vec![("d".to_owned(), counts)])]);
        let (_writer, reader) = maps::wit_stream::new();
        let mut counts = orders::all(reader);
        assert_eq!(witwright::block_on(counts.next()), Some(InOrder(vec![("a".to_owned(), 1)])));
    });
    more_maps::with_imports(&mut One, || more_maps::test::maps::one::f(&InOrder(vec![(1, 2)])));
}

struct One;

impl more_maps::test::maps::one::Host for One {
    fn f(&mut self, a: InOrder<u8, u8>) {
        assert_eq!(a.0, [(1, 2)]);
    }
}

/// It has none of the traits that bindings derive.
#[derive(WitType)]
pub enum Colour {
    Red,
    Green,
}

/// It has a field whose name Rust reserves.
#[derive(WitType)]
pub struct Paint {
    pub r#type: Colour,
    pub layers: Vec<Colour>,
}

mod paints {
    witwright::generate!({
        inline: "
            package test:paints;
            interface paints {
                enum colour { red, green }
                record paint { %type: colour, layers: list<colour> }
                mix: func(paint: paint) -> colour;
                pour: func(paints: stream<paint>) -> stream<colour>;
            }
            world w { import paints; }
        ",
        with: {
            "test:paints/paints.colour": super::Colour,
            "test:paints/paints.paint": super::Paint,
        },
    });
}

use paints::test::paints::paints as mixed;

struct Mixer;

impl mixed::Host for Mixer {
    fn pour(&mut self, _: StreamReader<Paint>) -> StreamReader<Colour> {
        let (mut writer, reader) = paints::wit_stream::new();
        witwright::spawn(async move { assert!(writer.write_one(Colour::Red).await.is_none()) });
        reader
    }

    fn mix(&mut self, paint: Paint) -> Colour {
        if matches!(paint.r#type, Colour::Red) { Colour::Red } else { paint.layers.into_iter().next().unwrap() }
    }
}

#[test]
fn a_derived_enum_need_not_be_copied() {
    paints::with_imports(&mut Mixer, || {
        let colour = mixed::mix(&Paint { r#type: Colour::Green, layers: vec![Colour::Green, Colour::Red] });
        assert!(matches!(colour, Colour::Green));
        let (_writer, paints) = paints::wit_stream::new();
        let colour = witwright::block_on(mixed::pour(paints).next());
        assert!(matches!(colour, Some(Colour::Red)));
    });
}
