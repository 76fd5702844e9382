//! Functions that wait, streams and futures, natively: imports are those of the test, ends those of the thread.

use core::cell::RefCell;
use core::future::{Future, IntoFuture, pending, poll_fn};
use core::pin::pin;
use core::task::{Context, Poll, Waker};
use std::rc::Rc;

use witwright::rt::async_support::ErrorContext;
use witwright::{
    FutureReader, FutureWriteCancel, StreamReader, StreamResult, UnitStreamOps, block_on, mock, spawn, yield_async,
    yield_blocking,
};

#[witwright::guest(path = "../codegen/tests/data/concurrent.wit")]
mod bindings {}

use bindings::test::concurrent::service::{self, Part, Session};
use bindings::{wit_future, wit_stream};

struct Guest;

bindings::export!(Guest with_types_in bindings);

impl bindings::Guest for Guest {
    async fn run(args: Vec<String>) -> FutureReader<u32> {
        let (writer, reader) = wit_future::new(|| 0);
        let mut bytes = 0;
        for url in args {
            bytes += service::fetch(url, 1).await.map_or(0, |text| text.len() as u32);
        }
        spawn(async move {
            writer.write(bytes).await.expect("the test reads it");
        });
        reader
    }
}

struct Waits;

impl bindings::exports::test::concurrent::service::Guest for Guest {
    type Session = Waits;

    async fn fetch(url: String, retries: u32) -> Result<String, u8> {
        service::fetch(url, retries + 1).await
    }

    fn parts(_text: FutureReader<String>) -> StreamReader<bindings::exports::test::concurrent::service::Part> {
        wit_stream::new().1
    }
}

impl bindings::exports::test::concurrent::service::GuestSession for Waits {
    fn new(_name: String) -> Self {
        Waits
    }

    async fn wait(&self) -> u32 {
        7
    }
}

/// The imports of the test.
#[derive(Default)]
struct Imports {
    log: Rc<RefCell<Vec<String>>>,
}

impl service::Host for Imports {
    fn fetch(&mut self, url: String, retries: u32) -> impl Future<Output = Result<String, u8>> + 'static {
        let log = self.log.clone();
        async move {
            for _ in 0..retries {
                yield_async().await;
            }
            log.borrow_mut().push(format!("{url} after {retries}"));
            if url == "never" {
                pending::<()>().await;
            }
            if url.is_empty() { Err(4) } else { Ok(url.to_uppercase()) }
        }
    }

    fn parts(&mut self, text: FutureReader<String>) -> StreamReader<Part> {
        let (mut writer, reader) = wit_stream::new();
        spawn(async move {
            for name in text.await.split(' ') {
                let (mut rest, bytes) = wit_stream::new();
                let part = Part { name: name.to_owned(), rest: bytes };
                if writer.write_one(part).await.is_some() {
                    return;
                }
                rest.write_all(name.bytes().collect()).await;
            }
        });
        reader
    }
}

impl service::HostSession for Imports {
    fn new(&mut self, _name: String) -> Session {
        mock::resource(5)
    }

    fn wait(&mut self, session: &Session) -> impl Future<Output = u32> + 'static {
        let rep = mock::rep(session) as u32;
        async move {
            yield_async().await;
            rep + 1
        }
    }
}

fn with<R: 'static>(body: impl Future<Output = R>) -> (R, Vec<String>) {
    let mut imports = Imports::default();
    let log = imports.log.clone();
    let result = bindings::with_imports(&mut imports, || block_on(body));
    let log = log.take();
    (result, log)
}

#[test]
fn calls_wait_for_the_imports_of_the_test() {
    let (sum, log) = with(async {
        let args = ["ab", "cde", ""].map(str::to_owned).to_vec();
        <Guest as bindings::Guest>::run(args).await.await
    });
    assert_eq!(sum, 5);
    assert_eq!(log, ["ab after 1", "cde after 1", " after 1"]);
    let (text, _) = with(<Guest as bindings::exports::test::concurrent::service::Guest>::fetch("x".into(), 1));
    assert_eq!(text, Ok("X".to_owned()));
}

#[test]
fn calls_run_beside_one_another() {
    let (texts, log) = with(async {
        let (mut slow, mut fast) = (pin!(service::fetch("slow".into(), 5)), pin!(service::fetch("fast".into(), 1)));
        let first = poll_fn(|cx| match (slow.as_mut().poll(cx), fast.as_mut().poll(cx)) {
            (_, Poll::Ready(text)) => Poll::Ready(text),
            (slow, Poll::Pending) => {
                assert!(slow.is_pending());
                Poll::Pending
            }
        })
        .await;
        [first, slow.await]
    });
    assert_eq!(texts, [Ok("FAST".to_owned()), Ok("SLOW".to_owned())]);
    assert_eq!(log, ["fast after 1", "slow after 5"]);
}

#[test]
fn a_dropped_call_is_cancelled() {
    let ((), log) = with(async {
        let mut call = Box::pin(service::fetch("never".into(), 1));
        assert!(poll_once(call.as_mut()).is_pending());
        drop(call);
        drop(service::fetch("not begun".into(), 0));
    });
    assert!(log.is_empty());
}

fn poll_once<F: Future>(future: core::pin::Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

#[test]
fn methods_wait_and_streams_hold_streams() {
    let ((rep, names, bytes), _) = with(async {
        let session = Session::new("s");
        let rep = session.wait().await;
        let (text, reader) = wit_future::new(String::new);
        let mut parts = service::parts(reader);
        spawn(async move { text.write("ab cde".to_owned()).await.expect("it is read") });
        let (mut names, mut bytes) = (Vec::new(), 0);
        while let Some(part) = parts.next().await {
            names.push(part.name);
            bytes += part.rest.collect().await.len();
        }
        (rep, names, bytes)
    });
    assert_eq!((rep, bytes), (6, 5));
    assert_eq!(names, ["ab", "cde"]);
}

#[test]
fn ends_are_dropped_in_any_order_without_a_task() {
    let (writer, reader) = wit_stream::new::<u8>();
    drop(reader);
    drop(writer);
    let (writer, reader) = wit_stream::new::<Part>();
    drop(writer);
    drop(reader);
    let (writer, reader) = wit_future::new(|| 3_u32);
    drop(reader);
    drop(writer);
    let (writer, reader) = wit_future::new(|| 3_u32);
    drop(writer);
    assert_eq!(block_on(reader.into_future()), 3, "the default was written without a task");
}

#[test]
fn writes_are_of_what_fits_and_what_is_left_comes_back() {
    block_on(async {
        let (mut writer, mut reader) = wit_stream::new::<u8>();
        spawn(async move {
            let (result, buffer) = writer.write(vec![1, 2, 3, 4, 5]).await;
            assert_eq!((result, buffer.remaining()), (StreamResult::Complete(2), 3));
            let (result, buffer) = writer.write_buf(buffer).await;
            assert_eq!((result, buffer.into_vec()), (StreamResult::Complete(1), vec![4, 5]));
            let left = writer.write_all(vec![6]).await;
            assert_eq!(left, [6], "the reader is gone");
        });
        let (result, two) = reader.read(Vec::with_capacity(2)).await;
        assert_eq!((result, two), (StreamResult::Complete(2), vec![1, 2]));
        assert_eq!(reader.next().await, Some(3));
    });
}

#[test]
fn elements_that_hold_nothing_are_taken_one_at_a_time() {
    block_on(async {
        let (mut writer, mut reader) = UnitStreamOps::new();
        spawn(async move {
            let (result, buffer) = writer.write(vec![(); 3]).await;
            assert_eq!((result, buffer.remaining()), (StreamResult::Complete(1), 2));
            assert_eq!(writer.write_all(buffer.into_vec()).await, []);
        });
        for _ in 0..3 {
            assert_eq!(reader.next().await, Some(()));
        }
        assert_eq!(reader.next().await, None);
    });
}

#[test]
fn copies_are_cancelled_and_give_back_what_they_had() {
    let name = |name: &str| Part { name: name.to_owned(), rest: wit_stream::new().1 };
    let (mut writer, mut reader) = wit_stream::new::<Part>();
    {
        let mut read = pin!(reader.read(Vec::with_capacity(1)));
        assert!(poll_once(read.as_mut()).is_pending());
        let (result, buffer) = read.as_mut().cancel();
        assert_eq!((result, buffer.len()), (StreamResult::Cancelled, 0));
    }
    {
        let mut write = pin!(writer.write(vec![name("a"), name("b")]));
        assert!(poll_once(write.as_mut()).is_pending());
        let (result, buffer) = write.as_mut().cancel();
        let names: Vec<String> = buffer.into_vec().into_iter().map(|part| part.name).collect();
        assert_eq!((result, names), (StreamResult::Cancelled, vec!["a".to_owned(), "b".to_owned()]));
    }
    let (writer, reader) = wit_future::new(|| 0_u32);
    let mut write = Box::pin(writer.write(7));
    assert!(poll_once(write.as_mut()).is_pending());
    let FutureWriteCancel::Cancelled(7, writer) = write.as_mut().cancel() else { panic!("nobody has read it") };
    drop(writer);
    let mut read = Box::pin(reader.into_future());
    assert_eq!(poll_once(read.as_mut()), Poll::Ready(0), "the default");
}

#[test]
#[should_panic(expected = "deadlock")]
fn what_nothing_can_wake_is_a_deadlock() {
    let (_writer, mut reader) = wit_stream::new::<u8>();
    block_on(async move { reader.next().await });
}

#[test]
#[should_panic(
    expected = "calls of imports that wait: `fetch` of `test:concurrent/service`, `fetch` of `test:concurrent/service`"
)]
fn a_deadlock_names_the_imports_that_wait() {
    let _ = with(async {
        assert_eq!(service::fetch("ended".into(), 0).await, Ok("ENDED".to_owned()));
        let mut first = pin!(service::fetch("never".into(), 0));
        assert!(poll_once(first.as_mut()).is_pending());
        service::fetch("never".into(), 0).await
    });
}

#[test]
fn spawned_futures_run_before_the_task_ends_and_others_may_wake_it() {
    let seen = Rc::new(RefCell::new(Vec::new()));
    let spawned = seen.clone();
    let (send, receive) = std::sync::mpsc::channel::<Waker>();
    let thread = std::thread::spawn(move || receive.recv().expect("a waker").wake());
    block_on(async move {
        spawn(async move {
            yield_async().await;
            spawned.borrow_mut().push("spawned");
        });
        let mut is_sent = false;
        poll_fn(|cx| {
            if is_sent {
                return Poll::Ready(());
            }
            is_sent = true;
            send.send(cx.waker().clone()).expect("the thread waits");
            Poll::Pending
        })
        .await;
    });
    thread.join().expect("the other thread ends");
    assert_eq!(*seen.borrow(), ["spawned"]);
    assert!(yield_blocking());
}

#[test]
fn error_contexts_have_a_message() {
    let error = ErrorContext::new("it broke");
    assert_eq!(error.debug_message(), "it broke");
    assert_eq!(error.to_string(), "it broke");
}

mod contexts {
    use super::ErrorContext;

    #[witwright::guest(
        inline = "
            package test:contexts;

            interface checks {
                record report { context: error-context, others: list<error-context> }

                check: func(text: string, context: error-context) -> result<string, error-context>;
                repeat: async func(report: report) -> report;
            }

            world contexts {
                import checks;
            }
        ",
        language_features = ["error-context"]
    )]
    mod bindings {}

    use bindings::test::contexts::checks::{self, Report};

    struct Checks;

    impl checks::Host for Checks {
        fn check(&mut self, text: String, context: ErrorContext) -> Result<String, ErrorContext> {
            match text.as_str() {
                "same" => Err(context),
                "new" => Err(ErrorContext::new("new")),
                _ => Ok(context.debug_message()),
            }
        }

        fn repeat(&mut self, mut report: Report) -> impl Future<Output = Report> + 'static {
            report.others.push(ErrorContext::new("later"));
            async { report }
        }
    }

    #[test]
    fn error_contexts_go_to_the_imports_of_the_test_and_come_back() {
        let check = |text: &str| checks::check(text, ErrorContext::new("given"));
        bindings::with_imports(&mut Checks, || {
            assert_eq!(check("message").unwrap(), "given");
            assert_eq!(check("same").unwrap_err().debug_message(), "given");
            assert_eq!(check("new").unwrap_err().debug_message(), "new");
            let report = Report { context: ErrorContext::new("one"), others: vec![ErrorContext::new("two")] };
            let report = super::block_on(checks::repeat(report));
            assert_eq!(report.context.debug_message(), "one");
            let others: Vec<String> = report.others.iter().map(ErrorContext::debug_message).collect();
            assert_eq!(others, ["two", "later"]);
        });
    }
}

/// The option `async` against the types of functions.
mod chosen {
    witwright::generate!({
        inline: "
            package a:b;
            interface i {
                plain: func(text: string) -> u32;
                waits: async func(text: string) -> u32;
            }
            world w {
                import i;
                export i;
                export run: func() -> u32;
            }
        ",
        async: ["import:a:b/i#plain", "-import:a:b/i#waits", "run"],
    });
}

struct Chosen;

impl chosen::Guest for Chosen {
    async fn run() -> u32 {
        let text = "abc".to_owned();
        let both = chosen::a::b::i::waits(&text);
        both + chosen::a::b::i::plain(text).await
    }
}

impl chosen::exports::a::b::i::Guest for Chosen {
    fn plain(text: String) -> u32 {
        text.len() as u32
    }

    async fn waits(text: String) -> u32 {
        text.len() as u32
    }
}

chosen::export!(Chosen with_types_in chosen);

impl chosen::a::b::i::Host for Chosen {
    fn plain(&mut self, text: String) -> u32 {
        text.len() as u32
    }

    fn waits(&mut self, text: String) -> u32 {
        10 * text.len() as u32
    }
}

#[test]
fn functions_are_async_as_the_option_says() {
    let sum = chosen::with_imports(&mut Chosen, || block_on(<Chosen as chosen::Guest>::run()));
    assert_eq!(sum, 33);
}
