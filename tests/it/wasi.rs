//! Ordinary programs in our host, on both engines: the parts of WASI that they are granted, and those that they are not.

use std::fs;
use std::path::{Path, PathBuf};

use witwright::wasi::pipe::{MemoryInputPipe, MemoryOutputPipe};
use witwright::wasi::random::SeededRandom;
use witwright::wasi::{FsPerms, I32Exit, WasiCtx, WasiCtxBuilder, WasiState, p2};
use witwright::{Component, CoreEngine, Linker, Store};
use witwright_tests::guests::{self, Target};

/// The outcome of a program.
#[derive(PartialEq, Eq, Debug)]
struct Ran {
    code: Result<i32, String>,
    out: String,
    err: String,
}

/// Runs a program on both engines, each time with a fresh context; the outcomes must be the same.
fn run(program: &str, mut grant: impl FnMut(&mut WasiCtxBuilder)) -> Ran {
    let bytes = fs::read(guests::build_program(program, Target::Wasip2)).unwrap();
    let on_wasmi = run_on(&witwright::wasmi::Engine::default(), &bytes, &mut grant);
    let on_wasmtime = run_on(&witwright::wasmtime::Engine::default(), &bytes, &mut grant);
    assert_eq!(on_wasmi, on_wasmtime);
    on_wasmi
}

fn run_on<E: CoreEngine>(engine: &E, bytes: &[u8], grant: &mut impl FnMut(&mut WasiCtxBuilder)) -> Ran {
    let component = Component::new(engine, bytes).unwrap();
    let mut linker = Linker::new(engine);
    p2::add_to_linker(&mut linker).unwrap();
    let (out, err) = (MemoryOutputPipe::new(4 << 20), MemoryOutputPipe::new(1 << 20));
    let mut builder = WasiCtx::builder();
    builder.stdout(out.clone()).stderr(err.clone()).arg("program");
    grant(&mut builder);
    let mut store = Store::new(engine, WasiState::new(builder.build()));
    let command = p2::Command::instantiate(&mut store, &component, &linker).unwrap();
    let code = match command.wasi_cli_run().call_run(&mut store) {
        Ok(result) => Ok(i32::from(result.is_err())),
        Err(error) => match error.downcast_host::<I32Exit>() {
            Some(exit) => Ok(exit.0),
            None => Err(error.to_string()),
        },
    };
    let text = |pipe: &MemoryOutputPipe| String::from_utf8(pipe.contents()).unwrap();
    Ran { code, out: text(&out), err: text(&err) }
}

/// An empty folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wasi").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn nothing_is_granted_by_default() {
    let ran = run("hello", |_| ());
    assert_eq!(ran.code, Ok(0));
    assert_eq!(ran.out, "arguments [\"program\"]\nvariables []\n");
    assert_eq!(ran.err, "to standard error\n");
    let ran = run("files", |_| ());
    assert_ne!(ran.code, Ok(0), "{}", ran.out);
    let ran = run("net", |builder| {
        builder.arg("127.0.0.1");
    });
    assert!(ran.err.contains("PermissionDenied"), "{}", ran.err);
}

#[test]
fn arguments_variables_and_exit_codes_arrive() {
    let ran = run("hello", |builder| {
        builder.arg("0").arg("ü").env("A", "1").env("A", "2").env("B", "");
    });
    assert_eq!(ran.code, Ok(0));
    assert_eq!(ran.out, "arguments [\"program\", \"0\", \"ü\"]\nvariables [(\"A\", \"2\"), (\"B\", \"\")]\n");
    let ran = run("hello", |builder| {
        builder.arg("1");
    });
    assert_eq!(ran.code, Ok(1));
}

#[test]
fn input_is_copied_to_output() {
    let input: Vec<u8> = (0..300_000_u32).flat_map(u32::to_le_bytes).collect();
    let bytes = fs::read(guests::build_program("copy", Target::Wasip2)).unwrap();
    let engine = witwright::wasmtime::Engine::default();
    let output = MemoryOutputPipe::new(4 << 20);
    let ran = run_on(&engine, &bytes, &mut |builder| {
        builder.stdin(MemoryInputPipe::new(input.clone())).stdout(output.clone());
    });
    assert_eq!((ran.code, ran.err.as_str()), (Ok(0), "1200000 bytes\n"));
    assert!(output.contents() == input);
    let ran = run("copy", |builder| {
        builder.stdin(MemoryInputPipe::new("a line\n"));
    });
    assert_eq!(ran, Ran { code: Ok(0), out: "a line\n".to_owned(), err: "7 bytes\n".to_owned() });
}

#[test]
fn an_output_that_is_closed_ends_the_program() {
    let ran = run("copy", |builder| {
        builder.stdin(MemoryInputPipe::new(vec![b'x'; 100_000])).stdout(MemoryOutputPipe::new(1000));
    });
    assert_ne!(ran.code, Ok(0));
    assert!(ran.err.contains("a copy"), "{}", ran.err);
}

#[test]
fn files_are_worked_with() {
    let data = folder("files");
    let ran = run("files", |builder| {
        let _ = fs::remove_dir_all(data.join("a"));
        builder.preopened_dir(&data, "/data", FsPerms::ReadWrite).unwrap();
    });
    assert_eq!(ran.code, Ok(0), "{}\n{}", ran.out, ran.err);
    assert_eq!(
        ran.out.lines().collect::<Vec<_>>(),
        [
            "text \"one MORE\"",
            "size 3",
            "time true",
            "copied 6",
            "a/",
            "  b/",
            "    three.txt 6",
            "  one.txt 3",
            "  two.txt 6",
            "missing NotFound",
            "exists AlreadyExists",
            "not empty Some(55)",
            "directory IsADirectory",
            "no directory NotADirectory",
        ]
    );
    assert_eq!(fs::read_to_string(data.join("a/one.txt")).unwrap(), "one");
}

#[test]
fn a_read_only_directory_is_not_changed() {
    let data = folder("read-only");
    fs::write(data.join("there"), "x").unwrap();
    let ran = run("files", |builder| {
        builder.preopened_dir(&data, "/data", FsPerms::ReadOnly).unwrap();
    });
    assert_ne!(ran.code, Ok(0));
    assert!(ran.err.contains("PermissionDenied"), "{}", ran.err);
    assert_eq!(fs::read_dir(&data).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn no_way_leads_out_of_a_directory() {
    use std::os::unix::fs::symlink;
    let outside = folder("escape");
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
    let ran = run("escape", |builder| {
        builder.preopened_dir(&data, "/data", FsPerms::ReadWrite).unwrap();
    });
    assert_eq!(ran.code, Ok(0), "{}", ran.err);
    let done: Vec<_> = ran.out.lines().filter_map(|line| line.strip_suffix(": ok")).collect();
    assert_eq!(done, ["read inside", "read inside by a link"]);
    assert_eq!(ran.out.lines().count(), 9 * 3 + 11);
    assert_eq!(names(&outside), before);
    assert_eq!(fs::read_to_string(outside.join("secret")).unwrap(), "secret");
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn sockets_work_on_allowed_addresses() {
    let ran = run("net", |builder| {
        builder.arg("127.0.0.1").allow_ip_name_lookup(true);
        builder.socket_addr_check(|address, _| address.ip().is_loopback());
    });
    assert_eq!(ran.code, Ok(0), "{}\n{}", ran.out, ran.err);
    assert_eq!(
        ran.out.lines().collect::<Vec<_>>(),
        [
            "peer true",
            "echo Ok(\"ping\")",
            "rest true",
            "datagram Ok(\"datagram\") true",
            "taken Some(AddrInUse)",
            "refused Some(ConnectionRefused)",
            "name true",
        ]
    );
    let ran = run("net", |builder| {
        builder.arg("0.0.0.0");
        builder.socket_addr_check(|address, _| address.ip().is_loopback());
    });
    assert!(ran.err.contains("PermissionDenied"), "{}", ran.err);
}

#[test]
fn time_passes_and_clocks_can_be_replaced() {
    /// It stands still.
    struct Noon;
    impl witwright::wasi::clocks::WallClock for Noon {
        fn now(&self) -> core::time::Duration {
            core::time::Duration::from_secs(43_200)
        }

        fn resolution(&self) -> core::time::Duration {
            core::time::Duration::from_secs(1)
        }
    }
    let seeded = |builder: &mut WasiCtxBuilder| {
        builder.wall_clock(Noon).secure_random(SeededRandom::new(7)).insecure_random(SeededRandom::new(8));
    };
    let ran = run("time", seeded);
    assert_eq!(ran.code, Ok(0), "{}", ran.err);
    assert!(ran.out.starts_with("slept true\ntoday Ok(43200)\nrandom "), "{}", ran.out);
}
