//! The names of `wit_bindgen` 0.61 at their paths, used as its users write them.

use core::alloc::Layout;
use core::cell::Cell;
use core::future::IntoFuture;
use core::pin::pin;
use core::task::{Context, Poll, Waker};
use std::collections::{BTreeMap, HashMap};

use witwright as wit_bindgen;

use wit_bindgen::rt::async_support;

wit_bindgen::generate!({
    inline: "
        package test:names;
        interface parts {
            resource part {
                constructor(size: u32);
                size: func() -> u32;
            }
            flags rights { read, write }
            pass: func(part: part, rights: rights) -> part;
        }
        interface ends {
            bytes: func() -> stream<u8>;
            texts: func() -> stream<string>;
            number: func() -> future<u32>;
            failed: func(why: error-context);
        }
        world w { import ends; export parts; export ends; }
    ",
});

use exports::test::names::parts::{Guest, GuestPart, Part, PartBorrow, Rights};

thread_local! {
    static PLACES: Cell<i32> = const { Cell::new(0) };
}

struct Component;

/// A value in a place of its own.
struct Sized32(u32);

impl Guest for Component {
    type Part = Sized32;

    fn pass(part: Part, _: Rights) -> Part {
        part
    }
}

impl GuestPart for Sized32 {
    fn new(size: u32) -> Self {
        Self(size)
    }

    fn size(&self) -> u32 {
        self.0
    }

    unsafe fn resource_into_raw_(val: Self::Rep) -> *mut Self::Rep {
        PLACES.set(PLACES.get() + 1);
        Box::leak(Box::new(val))
    }

    unsafe fn resource_from_raw_(handle: *mut Self::Rep) -> Self::Rep {
        PLACES.set(PLACES.get() - 1);
        // SAFETY: the function above has leaked it.
        *unsafe { Box::from_raw(handle) }
    }
}

impl exports::test::names::ends::Guest for Component {
    fn bytes() -> wit_bindgen::StreamReader<u8> {
        wit_stream::new().1
    }

    fn texts() -> wit_bindgen::StreamReader<String> {
        wit_stream::new().1
    }

    fn number() -> wit_bindgen::FutureReader<u32> {
        wit_future::new(|| 7).1
    }

    fn failed(why: async_support::ErrorContext) {
        assert_eq!(why.debug_message(), "why");
    }
}

export!(Component);

#[test]
fn values_of_resources_are_in_places_of_their_implementation() {
    let part = Part::new(Sized32(5));
    assert_eq!((PLACES.get(), part.get::<Sized32>().size()), (1, 5));
    let rep = Sized32::_resource_rep(part.handle());
    // SAFETY: the representation is that of the part, which exists.
    let borrow = unsafe { PartBorrow::lift(rep) };
    assert_eq!(borrow.get::<Sized32>().0, 5);
    let handle = part.take_handle();
    drop(part);
    // SAFETY: the part has given its handle away.
    let mut part = unsafe { Part::from_handle(handle) };
    part.get_mut::<Sized32>().0 = 6;
    assert_eq!(part.into_inner::<Sized32>().0, 6);
    assert_eq!(PLACES.get(), 0);

    // SAFETY: the place is taken once, by the destructor.
    let place = unsafe { Sized32::resource_into_raw_(Some(Sized32(1))) };
    // SAFETY: as above.
    assert_eq!(unsafe { Sized32::resource_from_raw_(place) }.map(|value| value.0), Some(1));
    assert_eq!(PLACES.get(), 0);
}

#[test]
fn a_place_has_a_value_until_it_is_taken() {
    use wit_bindgen::resource::{Resource, ResourceRep};
    fn place<T: wit_bindgen::rt::Resource>(value: T) -> T::Rep {
        <T::Rep as wit_bindgen::rt::ResourceRep<T>>::rep_new(value)
    }
    let mut place: <String as Resource>::Rep = place("value".to_owned());
    // SAFETY: the place exists, and is used by one after the other.
    unsafe { <Option<String> as ResourceRep<String>>::rep_as_mut(&raw mut place) }.push('s');
    // SAFETY: as above.
    assert_eq!(unsafe { <Option<String> as ResourceRep<String>>::rep_as_ref(&raw const place) }, "values");
    // SAFETY: as above.
    assert_eq!(unsafe { <Option<String> as ResourceRep<String>>::rep_take(&raw mut place) }, "values");
    assert_eq!(place, None);
}

#[test]
fn the_runtime_has_maps_flags_and_memory() {
    use wit_bindgen::rt::{Cleanup, Map, WitMap};
    fn of_one<M: WitMap<String, u32>>() -> M {
        let mut map = M::wit_map_new(1);
        map.wit_map_push("one".to_owned(), 1);
        assert_eq!(map.wit_map_len(), 1);
        map
    }
    assert_eq!(of_one::<Map<String, u32>>(), BTreeMap::from([("one".to_owned(), 1)]));
    assert_eq!(of_one::<HashMap<String, u32>>()["one"], 1);

    wit_bindgen::rt::bitflags::bitflags! {
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
        struct Own: u8 {
            const A = 1 << 0;
            const B = 1 << 1;
        }
    }
    assert_eq!((Own::A | Own::B).difference(Own::A), Own::B);
    assert_eq!(Own::default(), Own::empty());
    assert_eq!(format!("{:?}", Rights::READ | Rights::from_bits_retain(8)), "Rights(READ | 0x8)");
    assert_eq!(format!("{:?} {:?}", Rights::all(), Rights::empty()), "Rights(READ | WRITE) Rights(0x0)");

    fn names<F: wit_bindgen::rt::bitflags::Flags>(flags: &F) -> Vec<&'static str> {
        let set = F::FLAGS.iter().filter(|flag| flags.bits() & flag.value().bits() == flag.value().bits());
        set.map(wit_bindgen::rt::bitflags::Flag::name).collect()
    }
    assert_eq!(names(&Rights::WRITE), ["WRITE"]);
    assert_eq!(
        Rights::all().into_iter().chain(Rights::READ.iter()).collect::<Vec<_>>(),
        [Rights::READ, Rights::WRITE, Rights::READ]
    );
    assert_eq!(format!("{0:#x} {0:#b} {0:o} {0:X}", Rights::all()), "0x3 0b11 3 3");

    let (address, cleanup) = Cleanup::new(Layout::new::<u64>());
    assert!(!address.is_null() && cleanup.is_some());
    let (kept, cleanup) = Cleanup::new(Layout::new::<u64>());
    cleanup.unwrap().forget();
    assert!(!kept.is_null());
    assert!(matches!(Cleanup::new(Layout::new::<()>()), (address, None) if address.is_null()));
    wit_bindgen::rt::maybe_link_cabi_realloc();
    wit_bindgen::rt::run_ctors_once();
}

/// Functions over every type of streams and futures that the world has.
fn stream<T: wit_stream::StreamPayload>() -> (wit_bindgen::StreamWriter<T>, wit_bindgen::StreamReader<T>) {
    let vtable: &'static async_support::StreamVtable<T> = T::VTABLE;
    // SAFETY: the table is that of this type.
    unsafe { async_support::stream_new(vtable) }
}

fn future<T: wit_future::FuturePayload + Default>() -> (wit_bindgen::FutureWriter<T>, wit_bindgen::FutureReader<T>) {
    let vtable: &'static async_support::FutureVtable<T> = T::VTABLE;
    // SAFETY: the table is that of this type.
    unsafe { async_support::future_new(T::default, vtable) }
}

#[test]
fn ends_are_made_of_their_built_ins() {
    wit_bindgen::block_on(async {
        let (mut writer, reader) = stream::<String>();
        assert_eq!(format!("{writer:?}"), format!("StreamWriter {{ handle: {} }}", writer.handle()));
        // SAFETY: the reader has given its handle away.
        let mut reader =
            wit_bindgen::StreamReader::new(reader.take_handle(), <String as wit_stream::StreamPayload>::VTABLE);
        wit_bindgen::spawn_local(async move { assert_eq!(writer.write_one("a".to_owned()).await, None) });
        assert_eq!(reader.next().await.as_deref(), Some("a"));
        assert_eq!(reader.next().await, None);

        let (writer, reader) = future::<u32>();
        // SAFETY: the reader has given its handle away.
        let reader =
            unsafe { wit_bindgen::FutureReader::new(reader.take_handle(), <u32 as wit_future::FuturePayload>::VTABLE) };
        drop(writer);
        assert_eq!(reader.await, 0);

        // SAFETY: the table is that of this type.
        let (writer, reader) = unsafe { async_support::raw_future_new(<u32 as wit_future::FuturePayload>::VTABLE) };
        writer.write_and_forget(3);
        assert_eq!(reader.await, 3);
        // SAFETY: the table is that of this type.
        let (mut writer, reader) = unsafe { async_support::raw_stream_new(<u8 as wit_stream::StreamPayload>::VTABLE) };
        drop(reader);
        assert_eq!(writer.write_all(vec![1, 2]).await, [1, 2]);
    });
}

/// The types of operations, as programs that keep them name them.
struct Kept<'a> {
    write: wit_bindgen::StreamWrite<'a, u8>,
    read: wit_bindgen::StreamRead<'a, String>,
    raw_write: wit_bindgen::RawStreamWrite<'a, wit_bindgen::UnitStreamOps>,
    raw_read: wit_bindgen::RawStreamRead<'a, wit_bindgen::UnitStreamOps>,
    future: wit_bindgen::FutureWrite<u32>,
    value: wit_bindgen::FutureRead<u32>,
}

fn value_of<O: wit_bindgen::FutureOps<Payload = u32>>(reader: wit_bindgen::RawFutureReader<O>) -> u32 {
    wit_bindgen::block_on(reader.into_future())
}

type Numbers = &'static async_support::FutureVtable<u32>;

fn raw_types(
    writer: wit_bindgen::RawFutureWriter<Numbers>,
    reader: wit_bindgen::RawFutureReader<Numbers>,
) -> (wit_bindgen::RawFutureWrite<Numbers>, wit_bindgen::RawFutureRead<Numbers>) {
    (writer.write(9), reader.into_future())
}

fn rest<O: wit_bindgen::StreamOps>(buffer: wit_bindgen::AbiBuffer<O>) -> Vec<O::Payload> {
    buffer.into_vec()
}

fn payload<O: wit_bindgen::StreamOps>(
    mut reader: wit_bindgen::RawStreamReader<O>,
    writer: wit_bindgen::RawStreamWriter<O>,
) -> Option<O::Payload> {
    drop(writer);
    wit_bindgen::block_on(async move { reader.next().await })
}

#[test]
fn operations_are_kept_and_cancelled() {
    let mut cx = Context::from_waker(Waker::noop());
    let (mut bytes, _bytes) = stream::<u8>();
    let (_texts, mut texts) = stream::<String>();
    let (mut units, unit_reader) = wit_bindgen::UnitStreamOps::new();
    let (_unit_writer, mut unit_texts) = wit_bindgen::UnitStreamOps::new();
    let (writer, reader) = future::<u32>();
    let (other, other_reader) = future::<u32>();
    let kept = Kept {
        write: bytes.write(vec![1, 2, 3]),
        read: texts.read(Vec::with_capacity(1)),
        raw_write: units.write(vec![()]),
        raw_read: unit_texts.read(Vec::with_capacity(1)),
        future: other.write(5),
        value: reader.into_future(),
    };
    let Kept { write, read, raw_write, raw_read, future, value } = kept;

    let mut write = pin!(write);
    assert!(write.as_mut().poll(&mut cx).is_pending());
    let (result, buffer): (_, async_support::AbiBuffer<&'static async_support::StreamVtable<u8>>) =
        write.as_mut().cancel();
    assert_eq!((result, buffer.remaining()), (wit_bindgen::StreamResult::Cancelled, 3));
    assert_eq!(rest::<&'static async_support::StreamVtable<u8>>(buffer), [1, 2, 3]);
    let mut read = pin!(read);
    assert!(read.as_mut().poll(&mut cx).is_pending());
    assert_eq!(read.as_mut().cancel(), (wit_bindgen::StreamResult::Cancelled, Vec::new()));
    let (mut raw_write, mut raw_read) = (pin!(raw_write), pin!(raw_read));
    assert!(raw_write.as_mut().poll(&mut cx).is_pending() && raw_read.as_mut().poll(&mut cx).is_pending());
    drop(unit_reader);
    assert!(matches!(raw_write.poll(&mut cx), Poll::Ready((wit_bindgen::StreamResult::Dropped, _))));

    let mut future = pin!(future);
    assert!(future.as_mut().poll(&mut cx).is_pending());
    let wit_bindgen::FutureWriteCancel::Cancelled(5, writer_again) = future.as_mut().cancel() else {
        panic!("nobody has read it")
    };
    drop((other_reader, writer_again));
    let mut value = pin!(value);
    assert!(value.as_mut().poll(&mut cx).is_pending());
    let reader = value.as_mut().cancel().expect_err("nobody has written");
    let (write, read) = raw_types(writer, reader);
    let mut read = Box::pin(read);
    assert!(read.as_mut().poll(&mut cx).is_pending());
    drop(read);
    let Poll::Ready(Err(wit_bindgen::FutureWriteError { value })) = pin!(write).poll(&mut cx) else {
        panic!("the reader was dropped")
    };
    assert_eq!(value, 9);

    let (writer, reader) = wit_future::new(|| 3);
    drop(writer);
    assert_eq!(value_of::<Numbers>(reader), 3);
    let (writer, reader) = stream::<u8>();
    assert_eq!(payload::<&'static async_support::StreamVtable<u8>>(reader, writer), None);
}

#[test]
fn tasks_yield_and_are_cancelled() {
    wit_bindgen::backpressure_inc();
    wit_bindgen::backpressure_dec();
    assert!(wit_bindgen::yield_blocking());
    let turns = wit_bindgen::block_on(async {
        async_support::spawn_local(async_support::yield_async());
        wit_bindgen::yield_async().await;
        async_support::yield_blocking()
    });
    assert!(turns);
    async_support::TaskCancelOnDrop::new().forget();
    drop(async_support::TaskCancelOnDrop::new());
    let why = async_support::ErrorContext::new("why");
    assert_eq!(why.to_string(), "why");
    <Component as exports::test::names::ends::Guest>::failed(why);
}
