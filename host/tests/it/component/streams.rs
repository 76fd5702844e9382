//! Ends of streams and futures, and error contexts, that the host holds.

use witwright_abi_runtime::transfer::{Lift, Lower};
use witwright_host::{
    Access, Component, CoreEngine, ErrorContext, ErrorKind, FutureReader, Gate, HandleError, Instance, Linker, Options,
    Resource, Store, StreamReader, Val, future, stream,
};

use super::concurrent::{assert_idle, block_on, turns};
use crate::on_every_engine;

on_every_engine! {
    bytes_go_through_a_guest, strings_go_through_a_guest, resources_go_through_a_guest, units_go_through_a_guest,
    a_stream_of_the_host_stays_there, a_stream_comes_back_as_it_was, a_dropped_reader_stops_the_writer,
    a_dropped_read_loses_nothing, a_dropped_write_goes_on, a_future_goes_through_a_guest, a_future_without_a_value,
    an_error_context_goes_through_a_guest, a_dynamic_stream_is_read, a_guest_that_traps_ends_its_streams, ends_that_are_dropped_leave_nothing,
    many_streams_at_once, a_writer_waits_for_its_reader, an_ended_stream_is_passed_on, a_sync_call_hears_of_dropped_ends,
    a_future_that_is_woken_while_it_is_polled_is_polled_again,
}

struct Thing;

/// The core module of [`guest`], for elements of `SIZE` bytes.
const MODULE: &str = r#"(core module $m
    (import "" "new" (func $new (result i64)))
    (import "" "read" (func $read (param i32 i32 i32) (result i32)))
    (import "" "write" (func $write (param i32 i32 i32) (result i32)))
    (import "" "drop-readable" (func $drop-readable (param i32)))
    (import "" "drop-writable" (func $drop-writable (param i32)))
    (import "" "return" (func $return (param i32)))
    (global $buffers (mut i32) (i32.const 64))
    (func (export "echo") (param $from i32)
        (local $ends i64) (local $to i32) (local $read i32) (local $buffer i32) (local $done i32)
        (local $wrote i32)
        (local.set $ends (call $new))
        (local.set $to (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))))
        (call $return (i32.wrap_i64 (local.get $ends)))
        (local.set $buffer (global.get $buffers))
        (global.set $buffers (i32.add (local.get $buffer) (i32.const 24)))
        (block $end
            (loop $next
                (local.set $read (call $read (local.get $from) (local.get $buffer) (i32.const 3)))
                (br_if $end (i32.eqz (i32.shr_u (local.get $read) (i32.const 4))))
                (local.set $done (i32.const 0))
                (loop $more
                    (local.set $wrote (call $write (local.get $to)
                        (i32.add (local.get $buffer) (i32.mul (local.get $done) (i32.const SIZE)))
                        (i32.sub (i32.shr_u (local.get $read) (i32.const 4)) (local.get $done))))
                    (br_if $end (i32.and (i32.const 15) (local.get $wrote)))
                    (local.set $done
                        (i32.add (local.get $done) (i32.shr_u (local.get $wrote) (i32.const 4))))
                    (br_if $more
                        (i32.lt_u (local.get $done) (i32.shr_u (local.get $read) (i32.const 4)))))
                (br_if $next (i32.eqz (i32.and (i32.const 15) (local.get $read))))))
        (call $drop-readable (local.get $from))
        (call $drop-writable (local.get $to)))
    (func (export "pass") (param i32) (call $return (local.get 0)))
    (func (export "fail") (param i32)
        (drop (call $read (local.get 0) (i32.const 0) (i32.const 1)))
        (unreachable)))"#;

/// A component whose functions take and give streams of an element type, `""` for none:
///
/// * `echo` reads a stream, three elements at a time, and writes them to the stream that it returns.
/// * `pass` returns what it is given.
/// * `fail` reads one element, and traps.
///
/// Each call of its `realloc` finds storage of its own.
pub(super) fn guest(element: &str) -> String {
    let size = match element {
        "" => 0,
        "u8" => 1,
        "string" => 8,
        _ => 4,
    };
    let module = MODULE.replace("SIZE", &size.to_string());
    let thing = match element {
        "(own $thing)" => r#"(import "thing" (type $thing (sub resource)))"#,
        "$bytes" => "(type $bytes (stream u8))",
        _ => "",
    };
    format!(
        r#"(component
            {thing}
            (type $s (stream {element}))
            (core func $get (canon context.get i32 0))
            (core func $set (canon context.set i32 0))
            (core module $memory
                (import "" "get" (func $get (result i32)))
                (import "" "set" (func $set (param i32)))
                (memory (export "memory") 64)
                (global $next (mut i32) (i32.const 65536))
                (func (export "realloc") (param i32 i32 i32 i32) (result i32)
                    (local $at i32)
                    (if (call $get) (then (unreachable)))
                    (call $set (i32.const 1))
                    (local.set $at (i32.and (i32.add (global.get $next) (i32.const 7)) (i32.const -8)))
                    (global.set $next (i32.add (local.get $at) (local.get 3)))
                    (local.get $at)))
            (core instance $memory (instantiate $memory (with "" (instance
                (export "get" (func $get)) (export "set" (func $set))))))
            (alias core export $memory "memory" (core memory $mem))
            (alias core export $memory "realloc" (core func $realloc))
            (core func $new (canon stream.new $s))
            (core func $read (canon stream.read $s (memory $mem) (realloc (core func $memory "realloc"))))
            (core func $write (canon stream.write $s (memory $mem)))
            (core func $drop-readable (canon stream.drop-readable $s))
            (core func $drop-writable (canon stream.drop-writable $s))
            (core func $return (canon task.return (result $s)))
            {module}
            (core instance $i (instantiate $m (with "" (instance
                (export "new" (func $new)) (export "read" (func $read)) (export "write" (func $write))
                (export "drop-readable" (func $drop-readable)) (export "drop-writable" (func $drop-writable))
                (export "return" (func $return))))))
            (func (export "echo") async (param "from" $s) (result $s) (canon lift (core func $i "echo") async))
            (func (export "pass") async (param "from" $s) (result $s) (canon lift (core func $i "pass") async))
            (func (export "fail") async (param "from" $s) (canon lift (core func $i "fail") async)))"#
    )
}

/// A component that uses gated features.
pub(super) fn gated<E: CoreEngine>(engine: &E, text: &str) -> Component<E> {
    let mut options = Options::default();
    options.gates.extend([Gate::AsyncStackful, Gate::MoreAsyncBuiltins, Gate::ErrorContext]);
    Component::with_options(engine, &wat::parse_str(text).unwrap(), &options).unwrap()
}

/// An instance of [`guest`]; the state counts things that were dropped.
pub(super) fn instance<E: CoreEngine>(element: &str) -> (Store<u32, E>, Instance) {
    let engine = E::default();
    let component = gated(&engine, &guest(element));
    let mut linker = Linker::<u32, E>::new(&engine);
    let dropped = |mut cx: witwright_host::StoreContextMut<'_, u32, E>, _| {
        *cx.data_mut() += 1;
        Ok(())
    };
    linker.root().resource::<Thing>("thing", dropped).unwrap();
    let mut store = Store::new(&engine, 0);
    let instance = linker.instantiate(&mut store, &component).unwrap();
    (store, instance)
}

/// Writes `items` to a guest's `echo`, `at_once` at a time, and reads the returned stream, up to `max` at a time.
fn echoed<E: CoreEngine, V: Lift + Lower + Send + 'static>(
    (mut store, instance): (Store<u32, E>, Instance),
    items: Vec<V>,
    (at_once, max): (usize, usize),
) -> (Vec<V>, Store<u32, E>) {
    let echo = instance.func(&mut store, None, "echo").unwrap();
    let all = block_on(store.run(async |access| {
        let (mut writer, reader) = access.with(|cx| stream::<V>(cx)).unwrap();
        let writing = access.clone();
        access.spawn(async move {
            let mut items = items.into_iter();
            loop {
                let some: Vec<V> = items.by_ref().take(at_once).collect();
                if some.is_empty() {
                    return Ok(());
                }
                assert!(writer.write(&writing, some).await?.is_empty(), "all are read");
            }
        });
        let mut back: StreamReader<V> = echo.call_concurrent(&access, (reader,)).await.unwrap();
        let mut all = Vec::new();
        loop {
            let some = back.read(&access, max).await.unwrap();
            if some.is_empty() {
                return all;
            }
            assert!(some.len() <= max);
            all.extend(some);
        }
    }))
    .unwrap();
    store.run_ready().unwrap();
    assert_idle(&store);
    (all, store)
}

fn bytes_go_through_a_guest<E: CoreEngine>() {
    let bytes: Vec<u8> = (0..100).collect();
    for sizes in [(1, 1), (2, 7), (100, 100), (50, 2)] {
        assert_eq!(echoed(instance::<E>("u8"), bytes.clone(), sizes).0, bytes);
    }
}

fn strings_go_through_a_guest<E: CoreEngine>() {
    let texts: Vec<String> = (0..20).map(|n| "ä€".repeat(n)).collect();
    for sizes in [(1, 1), (20, 4), (5, 100)] {
        assert_eq!(echoed(instance::<E>("string"), texts.clone(), sizes).0, texts);
    }
}

fn resources_go_through_a_guest<E: CoreEngine>() {
    let things = || (0..10_u64).map(|n| Resource::<Thing>::new_own(n << 33)).collect::<Vec<_>>();
    let (back, store) = echoed(instance::<E>("(own $thing)"), things(), (4, 3));
    assert_eq!(back, things());
    assert_eq!(*store.data(), 0, "none was dropped");
}

fn units_go_through_a_guest<E: CoreEngine>() {
    assert_eq!(echoed(instance::<E>(""), vec![(); 10], (10, 4)).0.len(), 10);
}

fn a_stream_of_the_host_stays_there<E: CoreEngine>() {
    let (mut store, _) = instance::<E>("u8");
    let read = block_on(store.run(async |access| {
        let (mut writer, mut reader) = access.with(|cx| stream::<String>(cx)).unwrap();
        let writing = access.clone();
        access.spawn(async move {
            writer.write(&writing, vec!["a".into(), "b".into(), "c".into()]).await?;
            Ok(())
        });
        let mut read = reader.read(&access, 2).await.unwrap();
        read.push("|".into());
        read.extend(reader.read(&access, 2).await.unwrap());
        assert!(reader.read(&access, 2).await.unwrap().is_empty());
        assert!(reader.read(&access, 2).await.unwrap().is_empty(), "the end stays the end");
        read
    }));
    assert_eq!(read.unwrap(), ["a", "b", "|", "c"]);
    store.run_ready().unwrap();
    assert_idle(&store);
}

fn a_stream_comes_back_as_it_was<E: CoreEngine>() {
    let (mut store, instance) = instance::<E>("string");
    let pass = instance.func(&mut store, None, "pass").unwrap();
    let read = block_on(store.run(async |access| {
        let (mut writer, reader) = access.with(|cx| stream::<&'static str>(cx)).unwrap();
        // It is read as another type than it is written as.
        let mut back: StreamReader<String> = pass.call_concurrent(&access, (reader,)).await.unwrap();
        let writing = access.clone();
        access.spawn(async move { writer.write(&writing, vec!["ab", "c"]).await.map(|_| ()) });
        back.read(&access, 8).await.unwrap()
    }));
    assert_eq!(read.unwrap(), ["ab", "c"]);
}

fn a_dropped_reader_stops_the_writer<E: CoreEngine>() {
    let (mut store, instance) = instance::<E>("u8");
    let echo = instance.func(&mut store, None, "echo").unwrap();
    let rest = block_on(store.run(async |access| {
        let (mut writer, reader) = access.with(|cx| stream::<u8>(cx)).unwrap();
        let mut back: StreamReader<u8> = echo.call_concurrent(&access, (reader,)).await.unwrap();
        let writing = writer.write(&access, vec![7; 9]);
        let reading = async {
            assert_eq!(back.read(&access, 3).await.unwrap(), [7; 3]);
            drop(back);
        };
        let (rest, ()) = both(writing, reading).await;
        let rest = rest.unwrap();
        assert_eq!(writer.write(&access, vec![1]).await.unwrap(), [1], "nobody reads any more");
        rest
    }));
    assert_eq!(rest.unwrap(), [7; 3], "the guest has read two times");
    store.run_ready().unwrap();
    assert_idle(&store);
}

/// Runs two futures beside each other.
pub(super) async fn both<A, B>(a: impl Future<Output = A>, b: impl Future<Output = B>) -> (A, B) {
    let (mut a, mut b) = (core::pin::pin!(a), core::pin::pin!(b));
    let (mut left, mut right) = (None, None);
    core::future::poll_fn(move |cx| {
        use core::task::Poll;
        if left.is_none()
            && let Poll::Ready(value) = a.as_mut().poll(cx)
        {
            left = Some(value);
        }
        if right.is_none()
            && let Poll::Ready(value) = b.as_mut().poll(cx)
        {
            right = Some(value);
        }
        match (left.take(), right.take()) {
            (Some(left), Some(right)) => Poll::Ready((left, right)),
            (one, other) => {
                (left, right) = (one, other);
                Poll::Pending
            }
        }
    })
    .await
}

/// Polls a future once, and drops it.
pub(super) async fn poll_once<R>(future: impl Future<Output = R>) {
    let mut future = core::pin::pin!(future);
    core::future::poll_fn(|cx| {
        assert!(future.as_mut().poll(cx).is_pending());
        core::task::Poll::Ready(())
    })
    .await;
}

fn a_dropped_read_loses_nothing<E: CoreEngine>() {
    let (mut store, _) = instance::<E>("u8");
    block_on(store.run(async |access| {
        let (mut writer, mut reader) = access.with(|cx| stream::<u8>(cx)).unwrap();
        poll_once(reader.read(&access, 8)).await;
        assert!(writer.write(&access, vec![1, 2, 3]).await.unwrap().is_empty(), "they are read already");
        drop(writer);
        assert_eq!(reader.read(&access, 2).await.unwrap(), [1, 2]);
        assert_eq!(reader.read(&access, 2).await.unwrap(), [3]);
        assert_eq!(reader.read(&access, 2).await.unwrap(), [0; 0]);
    }))
    .unwrap();
}

fn a_dropped_write_goes_on<E: CoreEngine>() {
    let (mut store, _) = instance::<E>("u8");
    block_on(store.run(async |access| {
        let (mut writer, mut reader) = access.with(|cx| stream::<u8>(cx)).unwrap();
        poll_once(writer.write(&access, vec![1, 2, 3])).await;
        assert_eq!(reader.read(&access, 2).await.unwrap(), [1, 2]);
        let writing = writer.write(&access, vec![4, 5]);
        let reading = async {
            let mut read = Vec::new();
            while read.len() < 3 {
                read.extend(reader.read(&access, 8).await.unwrap());
            }
            read
        };
        let (rest, read) = both(writing, reading).await;
        assert_eq!((rest.unwrap(), read), (vec![], vec![3, 4, 5]));
    }))
    .unwrap();
}

/// `pass` for a future of `u32`, an error context, and `count`, which returns a future and traps before it writes it.
const FUTURES: &str = r#"(component
    (type $f (future u32))
    (core func $new (canon future.new $f))
    (core func $return-future (canon task.return (result $f)))
    (core func $return-context (canon task.return (result error-context)))
    (core module $m
        (import "" "new" (func $new (result i64)))
        (import "" "return-future" (func $return-future (param i32)))
        (import "" "return-context" (func $return-context (param i32)))
        (func (export "pass") (param i32) (call $return-future (local.get 0)))
        (func (export "pass-context") (param i32) (call $return-context (local.get 0)))
        (func (export "make") (call $return-future (i32.wrap_i64 (call $new))))
        (func (export "trap") (unreachable)))
    (core instance $i (instantiate $m (with "" (instance
        (export "new" (func $new)) (export "return-future" (func $return-future))
        (export "return-context" (func $return-context))))))
    (func (export "pass") async (param "f" $f) (result $f) (canon lift (core func $i "pass") async))
    (func (export "make") async (result $f) (canon lift (core func $i "make") async))
    (func (export "trap") (canon lift (core func $i "trap")))
    (func (export "pass-context") async (param "e" error-context) (result error-context)
        (canon lift (core func $i "pass-context") async)))"#;

fn futures<E: CoreEngine>() -> (Store<u32, E>, Instance) {
    let engine = E::default();
    let component = gated(&engine, FUTURES);
    let mut store = Store::new(&engine, 0);
    let instance = Linker::new(&engine).instantiate(&mut store, &component).unwrap();
    (store, instance)
}

fn a_future_goes_through_a_guest<E: CoreEngine>() {
    let (mut store, instance) = futures::<E>();
    let pass = instance.func(&mut store, None, "pass").unwrap();
    block_on(store.run(async |access| {
        let (mut writer, reader) = access.with(|cx| future::<u32>(cx)).unwrap();
        let mut back: FutureReader<u32> = pass.call_concurrent(&access, (reader,)).await.unwrap();
        let (read, written) = both(back.read(&access), writer.write(&access, 7)).await;
        assert_eq!((read.unwrap(), written.unwrap()), (Some(7), None));

        let (mut writer, reader) = access.with(|cx| future::<u32>(cx)).unwrap();
        drop(reader);
        assert_eq!(writer.write(&access, 8).await.unwrap(), Some(8), "it comes back");
    }))
    .unwrap();
    store.run_ready().unwrap();
    assert_idle(&store);
}

fn a_future_without_a_value<E: CoreEngine>() {
    let (mut store, instance) = futures::<E>();
    let [make, trap] = ["make", "trap"].map(|name| instance.func(&mut store, None, name).unwrap());
    block_on(store.run(async |access| {
        let (writer, mut reader) = access.with(|cx| future::<u32>(cx)).unwrap();
        drop(writer);
        assert_eq!(reader.read(&access).await.unwrap(), None);

        let mut unwritten: FutureReader<u32> = make.call_concurrent(&access, ()).await.unwrap();
        poll_once(unwritten.read(&access)).await;
        trap.call_concurrent::<_, _, _, ()>(&access, ()).await.unwrap_err();
        assert_eq!(unwritten.read(&access).await.unwrap(), None, "the writer ended with its instance");
    }))
    .unwrap();
    store.run_ready().unwrap();
    assert_idle(&store);
}

fn an_error_context_goes_through_a_guest<E: CoreEngine>() {
    let (mut store, instance) = futures::<E>();
    let pass = instance.func(&mut store, None, "pass-context").unwrap();
    let context = ErrorContext::new(&mut store, "no such file").unwrap();
    let back: ErrorContext = block_on(pass.call_async(&mut store, (&context,))).unwrap();
    assert_eq!(back.debug_message(&mut store).unwrap(), "no such file");
    drop((context, back));
    store.run_ready().unwrap();
    assert_eq!(store.census().error_contexts, 1, "the guest has not dropped its own");
}

fn a_dynamic_stream_is_read<E: CoreEngine>() {
    let (mut store, instance) = instance::<E>("u8");
    let echo = instance.func(&mut store, None, "echo").unwrap();
    let (mut writer, reader) = stream::<u8>(&mut store).unwrap();
    let argument = Val::Stream(reader.into_val(&mut store).unwrap());
    let Some(Val::Stream(back)) = echo.call(&mut store, core::slice::from_ref(&argument)).unwrap() else {
        panic!("a stream")
    };
    let error = echo.call(&mut store, &[argument]).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Handle(HandleError::Stale)), "it was given away: {error}");
    let error = back.typed::<u16>(&mut store).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Handle(HandleError::WrongType)), "{error}");
    let mut back = back.typed::<u8>(&mut store).unwrap();
    let read = block_on(store.run(async |access| {
        let (rest, read) = both(writer.write(&access, vec![1, 2, 3]), back.read(&access, 8)).await;
        assert!(rest.unwrap().is_empty());
        read.unwrap()
    }));
    assert_eq!(read.unwrap(), [1, 2, 3]);
}

fn a_guest_that_traps_ends_its_streams<E: CoreEngine>() {
    let (mut store, instance) = instance::<E>("u8");
    let fail = instance.func(&mut store, None, "fail").unwrap();
    let rest = block_on(store.run(async |access: Access<u32, E>| {
        let (mut writer, reader) = access.with(|cx| stream::<u8>(cx)).unwrap();
        let call = fail.call_concurrent::<_, _, _, ()>(&access, (reader,));
        let (failed, rest) = both(call, writer.write(&access, vec![1, 2, 3])).await;
        assert!(failed.unwrap_err().to_string().contains("unreachable"));
        rest.unwrap()
    }));
    assert_eq!(rest.unwrap(), [2, 3], "it has read one");
    store.run_ready().unwrap();
    assert_idle(&store);
}

fn ends_that_are_dropped_leave_nothing<E: CoreEngine>() {
    let (mut store, instance) = instance::<E>("(own $thing)");
    let echo = instance.func(&mut store, None, "echo").unwrap();
    for round in 0..100 {
        block_on(store.run(async |access| {
            let (mut writer, reader) = access.with(|cx| stream::<Resource<Thing>>(cx)).unwrap();
            let mut back: StreamReader<Resource<Thing>> = echo.call_concurrent(&access, (reader,)).await.unwrap();
            match round % 4 {
                0 => drop(writer),
                1 => poll_once(back.read(&access, 1)).await,
                2 => poll_once(writer.write(&access, (0..4).map(Resource::new_own).collect())).await,
                _ => drop(back),
            }
        }))
        .unwrap();
        store.run_ready().unwrap();
        assert_idle(&store);
    }
    assert_eq!(*store.data(), 0, "what a guest reads it has; what nobody reads is the host's");
}

fn many_streams_at_once<E: CoreEngine>() {
    let (mut store, _) = instance::<E>("u8");
    block_on(store.run(async |access| {
        let pairs: Vec<_> = (0..1000).map(|_| access.with(|cx| stream::<u32>(cx)).unwrap()).collect();
        let (writers, readers): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
        for (n, mut writer) in (0..).zip(writers) {
            let writing = access.clone();
            access.spawn(async move {
                turns(n % 7).await;
                writer.write(&writing, vec![n]).await.map(|_| ())
            });
        }
        for (n, mut reader) in (0..).zip(readers) {
            assert_eq!(reader.read(&access, 2).await.unwrap(), [n]);
        }
    }))
    .unwrap();
    store.run_ready().unwrap();
    assert_idle(&store);
}

fn a_writer_waits_for_its_reader<E: CoreEngine>() {
    let (mut store, instance) = instance::<E>("u8");
    let echo = instance.func(&mut store, None, "echo").unwrap();
    block_on(store.run(async |access| {
        let (mut writer, reader) = access.with(|cx| stream::<u8>(cx)).unwrap();
        poll_once(writer.wanted(&access)).await;
        let mut back: StreamReader<u8> = echo.call_concurrent(&access, (reader,)).await.unwrap();
        assert!(writer.wanted(&access).await.unwrap(), "the guest reads");
        let (rest, read) = both(writer.write(&access, vec![5]), back.read(&access, 8)).await;
        assert_eq!((rest.unwrap(), read.unwrap()), (vec![], vec![5]));

        let (mut writer, reader) = access.with(|cx| stream::<u8>(cx)).unwrap();
        drop(reader);
        assert!(!writer.wanted(&access).await.unwrap(), "nobody reads");
    }))
    .unwrap();
}

fn an_ended_stream_is_passed_on<E: CoreEngine>() {
    let (mut store, instance) = instance::<E>("u8");
    let echo = instance.func(&mut store, None, "echo").unwrap();
    let (writer, reader) = stream::<u8>(&mut store).unwrap();
    drop(writer);
    store.run_ready().unwrap();
    let read = block_on(store.run(async |access| {
        let mut back: StreamReader<u8> = echo.call_concurrent(&access, (reader,)).await.unwrap();
        back.read(&access, 8).await.unwrap()
    }));
    assert_eq!(read.unwrap(), [0; 0], "the guest reads its end");
    store.run_ready().unwrap();
    assert_idle(&store);
}

fn a_sync_call_hears_of_dropped_ends<E: CoreEngine>() {
    let (mut store, instance) = instance::<E>("u8");
    let fail = instance.func(&mut store, None, "fail").unwrap();
    let (writer, reader) = stream::<u8>(&mut store).unwrap();
    drop(writer);
    let error = fail.call_typed::<_, ()>(&mut store, &(reader,)).unwrap_err();
    assert!(error.to_string().contains("unreachable"), "the guest has read the end: {error}");
    assert_idle(&store);
}

fn a_future_that_is_woken_while_it_is_polled_is_polled_again<E: CoreEngine>() {
    let (mut store, instance) = instance::<E>("u8");
    let fail = instance.func(&mut store, None, "fail").unwrap();
    let is_done = std::sync::Arc::new(core::sync::atomic::AtomicBool::new(false));
    let done = is_done.clone();
    block_on(store.run(async |access| {
        let inner = access.clone();
        access.spawn(async move {
            let mut polls = 0;
            core::future::poll_fn(|cx| {
                polls += 1;
                if polls == 2 {
                    return core::task::Poll::Ready(());
                }
                // It is woken, and then waits on this thread for a call.
                cx.waker().wake_by_ref();
                inner.with(|mut cx| {
                    let (writer, reader) = stream::<u8>(&mut cx).unwrap();
                    drop(writer);
                    fail.call_typed::<_, ()>(&mut cx, &(reader,)).unwrap_err();
                });
                core::task::Poll::Pending
            })
            .await;
            done.store(true, core::sync::atomic::Ordering::Relaxed);
            Ok(())
        });
        turns(8).await;
    }))
    .unwrap();
    assert!(is_done.load(core::sync::atomic::Ordering::Relaxed));
}
