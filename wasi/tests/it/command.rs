//! A command of WASI 0.3 in our host, on each engine: it checks the host's behaviour, also for misuse; and one of 0.2 that meets
//! limits.

use core::sync::atomic::{AtomicU64, Ordering};
use core::time::Duration;
use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};

use witwright_host::{Component, CoreEngine, Linker, Store};
use witwright_wasi::clocks::WallClock;
use witwright_wasi::pipe::{MemoryInputPipe, MemoryOutputPipe};
use witwright_wasi::{FsPerms, Interrupt, WasiCtx, WasiCtxBuilder, WasiState, p2, p3};
use xtask::guests::{self, Target};
use xtask::toolchain;

/// An empty folder of a test's own on an engine.
fn folder<E>(name: &str) -> PathBuf {
    let engine = core::any::type_name::<E>().replace("::", "-");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(engine).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Runs the command of WASI 0.3 with an argument, if there is one. Returns its result and its standard output.
fn run_p3<E: CoreEngine>(
    engine: &E,
    argument: Option<&str>,
    grant: impl FnOnce(&mut WasiCtxBuilder),
) -> (Result<(), ()>, String) {
    let built = toolchain::ensure()
        .and_then(|toolchain| guests::build(&toolchain, &guests::workspace(), "wasi-p3", Target::Wasip2));
    let bytes = fs::read(built.unwrap_or_else(|failure| panic!("{failure}"))).unwrap();
    let component = Component::new(engine, &bytes).unwrap();
    let mut linker = Linker::new(engine);
    // The guest's standard library imports 0.2.
    p2::add_to_linker(&mut linker).unwrap();
    p3::add_to_linker(&mut linker).unwrap();
    p3::http::add_to_linker(&mut linker).unwrap();
    let (out, err) = (MemoryOutputPipe::new(1 << 20), MemoryOutputPipe::new(1 << 20));
    let mut builder = WasiCtx::builder();
    builder.stdout(out.clone()).stderr(err.clone()).arg("program").args(argument);
    grant(&mut builder);
    let mut store = Store::new(engine, WasiState::new(builder.build()));
    let command = p3::Command::instantiate(&mut store, &component, &linker).unwrap();
    let limit = Interrupt::after(Duration::from_secs(60));
    let result = limit.wait(async {
        let result = command.wasi_cli_run().call_run(&mut store).await;
        let said = String::from_utf8(err.contents()).unwrap();
        let result = result.unwrap_or_else(|error| panic!("{argument:?}: {error}\n{said}"));
        p3::finish(&mut store).await.unwrap();
        result
    });
    let result = result.unwrap_or_else(|error| panic!("{argument:?}: {error}"));
    assert_eq!(store.census().tasks, 0);
    (result, String::from_utf8(out.contents()).unwrap())
}

/// Runs the program `limits` of WASI 0.2 with an argument. Returns its standard error.
fn run_limits<E: CoreEngine>(engine: &E, argument: &str, grant: impl FnOnce(&mut WasiCtxBuilder)) -> String {
    let built = toolchain::ensure().and_then(|toolchain| {
        guests::build_program(&toolchain, &guests::workspace(), "programs", "limits", Target::Wasip2)
    });
    let bytes = fs::read(built.unwrap_or_else(|failure| panic!("{failure}"))).unwrap();
    let component = Component::new(engine, &bytes).unwrap();
    let mut linker = Linker::new(engine);
    p2::add_to_linker(&mut linker).unwrap();
    let err = MemoryOutputPipe::new(1 << 20);
    let mut builder = WasiCtx::builder();
    builder.stderr(err.clone()).args(["program", argument]);
    grant(&mut builder);
    let mut store = Store::new(engine, WasiState::new(builder.build()));
    let command = p2::Command::instantiate(&mut store, &component, &linker).unwrap();
    let result = command.wasi_cli_run().call_run(&mut store);
    let said = String::from_utf8(err.contents()).unwrap();
    assert!(matches!(result, Ok(Ok(()))), "{argument}: {result:?}\n{said}");
    said
}

fn a_command_leaves_sockets_open<E: CoreEngine>(engine: &E) {
    let said = run_limits(engine, "sockets", |builder| {
        builder.inherit_network();
    });
    let ports: Vec<u16> = said.lines().map(|port| port.parse().unwrap()).collect();
    assert_eq!(ports.len(), 100);
    // The store was dropped. A port that is free again may have been given to another test's socket, but hardly to many.
    let open = ports.iter().filter(|&&port| TcpStream::connect(("127.0.0.1", port)).is_ok()).count();
    assert!(open < 10, "the store has closed its sockets, but {open}");
}

/// Runs each function on each engine, in a test of its own.
macro_rules! on_every_engine {
    ($($name:ident,)*) => {
        #[cfg(feature = "wasmi")]
        mod on_wasmi {
            $(#[test]
            fn $name() {
                super::$name(&witwright_host::wasmi::Engine::default());
            })*
        }

        #[cfg(feature = "wasmtime")]
        mod on_wasmtime {
            $(#[test]
            fn $name() {
                super::$name(&witwright_host::wasmtime::Engine::default());
            })*
        }
    };
}

on_every_engine! {
    a_command_has_what_it_is_given, a_command_works_with_files, a_command_does_not_leave_its_directory,
    a_command_changes_nothing_that_is_read_only, a_command_talks_over_the_network, a_command_has_no_network_by_default,
    a_command_writes_without_an_end, a_command_leaves_nothing_behind,
    a_command_is_told_of_a_full_disk, a_command_is_told_that_nobody_reads,
    a_command_waits_whatever_the_time_of_day_does,
    a_command_leaves_sockets_open,
}

fn a_command_has_what_it_is_given<E: CoreEngine>(engine: &E) {
    let run = |input: &str, max_bytes| {
        run_p3(engine, None, |builder| {
            builder.stdin(MemoryInputPipe::new(input)).stderr(MemoryOutputPipe::new(max_bytes));
            builder.env("A", "1").insecure_random_seed(7);
        })
    };
    let (result, out) = run("some input", 100);
    assert_eq!(result, Ok(()));
    assert_eq!(out, "[\"program\"] [(\"A\", \"1\")]\nSOME INPUT");
    assert_eq!(run("", 4).0, Err(()), "the pipe is closed");
}

fn a_command_works_with_files<E: CoreEngine>(engine: &E) {
    let data = folder::<E>("files");
    let (result, _) = run_p3(engine, Some("files"), |builder| {
        builder.preopened_dir(&data, "/data", FsPerms::ReadWrite).unwrap();
    });
    assert_eq!(result, Ok(()));
    assert!(fs::read(data.join("file")).unwrap().starts_with(b"later"));
}

#[cfg(unix)]
fn a_command_does_not_leave_its_directory<E: CoreEngine>(engine: &E) {
    use std::os::unix::fs::symlink;
    let outside = folder::<E>("escape");
    let data = outside.join("data");
    fs::create_dir_all(data.join("inner")).unwrap();
    fs::write(outside.join("secret"), "secret").unwrap();
    fs::write(data.join("inner/file"), "file").unwrap();
    symlink("../secret", data.join("link")).unwrap();
    symlink("..", data.join("up")).unwrap();
    symlink(outside.join("secret"), data.join("absolute")).unwrap();
    symlink("../up/secret", data.join("inner/chain")).unwrap();
    symlink("inner/file", data.join("inside")).unwrap();
    let before = names(&outside);
    let (result, _) = run_p3(engine, Some("escape"), |builder| {
        builder.preopened_dir(&data, "/data", FsPerms::ReadWrite).unwrap();
    });
    assert_eq!(result, Ok(()));
    assert_eq!(names(&outside), before);
    assert_eq!(fs::read_to_string(outside.join("secret")).unwrap(), "secret");
}

#[cfg(not(unix))]
fn a_command_does_not_leave_its_directory<E: CoreEngine>(_: &E) {}

fn a_command_changes_nothing_that_is_read_only<E: CoreEngine>(engine: &E) {
    let data = folder::<E>("read-only");
    fs::write(data.join("there"), "x").unwrap();
    let (result, _) = run_p3(engine, Some("read-only"), |builder| {
        builder.preopened_dir(&data, "/data", FsPerms::ReadOnly).unwrap();
    });
    assert_eq!(result, Ok(()));
    assert_eq!(
        (names(&data), fs::read_to_string(data.join("there")).unwrap()),
        (vec!["there".to_owned()], "x".to_owned())
    );
}

fn a_command_talks_over_the_network<E: CoreEngine>(engine: &E) {
    let (result, _) = run_p3(engine, Some("sockets"), |builder| {
        builder.inherit_network();
    });
    assert_eq!(result, Ok(()));
}

fn a_command_has_no_network_by_default<E: CoreEngine>(engine: &E) {
    let (result, _) = run_p3(engine, Some("no-network"), |_| ());
    assert_eq!(result, Ok(()));
}

fn a_command_writes_without_an_end<E: CoreEngine>(engine: &E) {
    let (result, out) = run_p3(engine, Some("endless"), |_| ());
    assert_eq!((result, out.len()), (Ok(()), 1 << 20), "the pipe takes so much");
}

fn a_command_leaves_nothing_behind<E: CoreEngine>(engine: &E) {
    let data = folder::<E>("leave");
    let (result, out) = run_p3(engine, Some("leave"), |builder| {
        builder.preopened_dir(&data, "/data", FsPerms::ReadWrite).unwrap();
    });
    assert_eq!((result, out.as_str()), (Ok(()), "left"));
    assert_eq!(fs::read(data.join("left")).unwrap(), vec![b'y'; 300_000], "it is written to its end");
    #[cfg(target_os = "linux")]
    {
        // An operation that a thread of the pool has begun ends after the store.
        let left = || {
            let open = fs::read_dir("/proc/self/fd").unwrap();
            let open = open.filter_map(|entry| fs::read_link(entry.unwrap().path()).ok());
            open.filter(|path| path.starts_with(&data)).collect::<Vec<_>>()
        };
        let started = std::time::Instant::now();
        while !left().is_empty() {
            assert!(started.elapsed() < Duration::from_secs(60), "the store has closed its files: {:?}", left());
            std::thread::yield_now();
        }
    }
}

/// `/dev/full` is a device without space.
fn a_command_is_told_of_a_full_disk<E: CoreEngine>(engine: &E) {
    if !cfg!(target_os = "linux") {
        return;
    }
    let said = run_limits(engine, "full", |builder| {
        builder.preopened_dir("/dev", "/data", FsPerms::ReadWrite).unwrap();
    });
    // The stream is closed then, for which the guest's library has no better name.
    assert_eq!(said, "full: StorageFull Some(51)\nagain: Uncategorized Some(29)\n");
}

fn a_command_is_told_that_nobody_reads<E: CoreEngine>(engine: &E) {
    let said = run_limits(engine, "closed", |builder| {
        // A pipe that is full is closed.
        builder.stdout(MemoryOutputPipe::new(1000));
    });
    assert_eq!(said, "closed: Uncategorized Some(29)\n", "29 is EIO, the only code that 0.1 has for it");
}

/// A clock that is set back by a second each time that it is read.
struct SetBack(AtomicU64);

impl WallClock for SetBack {
    fn now(&self) -> Duration {
        Duration::from_secs(self.0.fetch_sub(1, Ordering::Relaxed))
    }

    fn resolution(&self) -> Duration {
        Duration::from_secs(1)
    }
}

fn a_command_waits_whatever_the_time_of_day_does<E: CoreEngine>(engine: &E) {
    let said = run_limits(engine, "clock", |builder| {
        builder.wall_clock(SetBack(AtomicU64::new(1_000_000_000)));
    });
    assert_eq!(said, "back: 1s, waited: true\n");
}
