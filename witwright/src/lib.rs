//! WIT in, Rust out, on any engine: write and host WebAssembly components.
//!
//! # A component
//!
//! ```
//! #[witwright::guest(inline = "
//!     package acme:text;
//!     interface links {
//!         resolve: func(href: string) -> option<string>;
//!     }
//!     world plugin {
//!         import links;
//!         export render: func(text: string) -> string;
//!     }
//! ")]
//! mod bindings {}
//!
//! use bindings::acme::text::links;
//!
//! struct Plugin;
//!
//! impl bindings::Guest for Plugin {
//!     fn render(text: String) -> String {
//!         links::resolve(&text).unwrap_or(text)
//!     }
//! }
//!
//! bindings::export!(Plugin with_types_in bindings);
//!
//! // A native test provides the imports.
//! struct Site;
//!
//! impl links::Host for Site {
//!     fn resolve(&mut self, href: String) -> Option<String> {
//!         href.strip_suffix(".md").map(|page| format!("{page}.html"))
//!     }
//! }
//!
//! let rendered = bindings::with_imports(&mut Site, || <Plugin as bindings::Guest>::render("a.md".to_owned()));
//! assert_eq!(rendered, "a.html");
//! ```
//!
//! `cargo build --target wasm32-wasip2` makes the component. [`generate!`] has the syntax, the options and the names of
//! `wit_bindgen::generate!`, so a user of that macro changes one line, `wit-bindgen = { package = "witwright" }`.
//!
//! The WIT is read from the folder `wit` beside `Cargo.toml`, or from `path`. A macro notices when one of its files changes, but
//! not when a file is added. A build script notices both: with the feature `build`, it generates the same bindings.
//!
//! # A host
//!
//! With the feature `wasmi` or `wasmtime`, [`host!`] generates bindings for the host, in the shape of
//! `wasmtime::component::bindgen!`; `Component`, `Linker` and `Store` run components on that engine. Without the default
//! features, `wasmi-alloc` runs them on wasmi where there is no std.
#![no_std]

extern crate alloc;
#[cfg(feature = "build")]
extern crate std;

#[doc(hidden)]
#[path = "rt/mod.rs"]
pub mod __rt;
/// The runtime under the name by which programs for `wit-bindgen` mention it, for example as `runtime_path`.
#[doc(hidden)]
pub use __rt as rt;

#[cfg(feature = "build")]
pub mod build;
/// The Rust values of the resources that a guest exports.
#[cfg(any(target_arch = "wasm32", feature = "std"))]
pub mod resource {
    pub use witwright_abi_runtime::rep::{Resource, ResourceRep};
}
pub use witwright_abi_runtime::world;
#[cfg(all(not(target_arch = "wasm32"), feature = "std"))]
pub mod mock;

#[cfg(any(target_arch = "wasm32", feature = "std"))]
pub use witwright_abi_runtime::concurrent::{
    AbiBuffer, Buffer, FutureOps, FutureRead, FutureReader, FutureWrite, FutureWriteCancel, FutureWriteError,
    FutureWriter, RawFutureRead, RawFutureReader, RawFutureWrite, RawFutureWriteCancel, RawFutureWriter, RawStreamRead,
    RawStreamReader, RawStreamWrite, RawStreamWriter, StreamOps, StreamRead, StreamReader, StreamResult, StreamWrite,
    StreamWriter, UnitStreamOps, backpressure_dec, backpressure_inc, block_on, spawn_local, spawn_local as spawn,
    yield_async, yield_blocking,
};
#[cfg(all(feature = "futures", any(target_arch = "wasm32", feature = "std")))]
pub use witwright_abi_runtime::concurrent::{
    RawStreamReaderStream, StreamClosed, StreamReaderStream, StreamWriterSink,
};

/// WASI for hosted components: files, clocks, streams, sockets. Nothing is granted by default.
#[cfg(feature = "wasi")]
pub use witwright_wasi as wasi;

// A message of the compiler shows this line, and so both names.
#[cfg(any(feature = "wasmi", feature = "wasmi-alloc"))]
pub use witwright_host::wasmi;
#[cfg(feature = "wasmtime")]
pub use witwright_host::wasmtime;
#[cfg(feature = "host")]
pub use witwright_host::{
    Access, AsContextMut, AsLinker, AsyncStore, Census, Component, ComponentLimits, ComponentType, ConcurrencyLimits,
    Condition, CoreEngine, CoreTrap, DefaultEngine, Direction, EngineOptions, Error, ErrorContextVal, ErrorKind,
    ExportedFunc, Fault, FaultKind, Func, FuncType, FutureVal, Gate, HandleError, HasData, HasSelf, HostResource,
    HostResourceType, Instance, InstancePre, Lift, LimitKind, Limits, LinkProblem, Linker, LinkerInstance, Lower,
    Options, Problem, Resource, ResourceAny, ResourceBorrow, ResourceTable, ResourceVal, Sort, Store, StoreContextMut,
    StreamVal, Type, UnknownImport, Unsupported, Val, Waiting, validate,
};

/// Streams, futures and error contexts of a host. Those of a guest have the same names, and are at the root.
#[cfg(feature = "host")]
pub mod streams {
    pub use witwright_host::{ErrorContext, FutureReader, FutureWriter, StreamReader, StreamWriter, future, stream};
    #[cfg(feature = "host-futures")]
    pub use witwright_host::{SinkError, StreamReaderStream, StreamWriterSink};
}

/// The procedural macros behind [`generate!`] and [`host!`].
#[cfg(feature = "macros")]
#[doc(hidden)]
pub mod __macros {
    pub use witwright_codegen_macros::{generate, host, tables};
}

#[cfg(feature = "macros")]
pub use witwright_codegen_macros::{WitType, guest};

/// Generates bindings for a guest, in the place where it is called.
///
/// The options are those of `wit_bindgen::generate!`: `generate!()`, `generate!("world")`, `generate!(in "path")`,
/// `generate!("world" in "path")`, or `generate!({ key: value, .. })` with
///
/// | option | value |
/// |---|---|
/// | `world` | the world, `"plugin"` or `"acme:text/plugin@1.0.0"` |
/// | `path` | a file or folder of WIT, or a list of them |
/// | `inline` | WIT as text; then `path` has the packages that it refers to |
/// | `features`, `all_features` | the features whose `@unstable` items are enabled |
/// | `target_versions` | packages without the items of later versions, `["wasi:io@0.2.1"]` |
/// | `language_features` | enabled parts of WIT itself that have a gate, such as `["fixed-length-lists"]` |
/// | `with` | `{ "acme:text/links": path::to::module, "wasi:io/poll@0.2.0": generate }` |
/// | `generate_all` | generates the interfaces of other packages that `with` does not name |
/// | `skip` | functions without bindings |
/// | `additional_derives`, `additional_derives_ignore` | traits that records, variants and enums derive |
/// | `export_macro_name`, `pub_export_macro`, `default_bindings_module` | the macro that exports an implementation |
/// | `async` | functions that are `async` in Rust, `true`, `false` or `["import:acme:text/links#resolve", "-all"]` |
/// | `type_section_suffix` | distinguishes two sets of bindings of one world in one module |
///
/// and those that `docs/guide/options.md` lists.
///
/// A mistake in the WIT is an error of the compiler, with file, line, column and the line of the text.
#[cfg(feature = "macros")]
#[macro_export]
macro_rules! generate {
    ($($options:tt)*) => {
        $crate::__macros::generate! { $crate; $($options)* }
    };
}

/// Generates bindings for a host, in the place where it is called.
///
/// The options are those of [`generate!`] that select what is generated, and these. Interfaces of other packages are generated by default.
///
/// | option | value |
/// |---|---|
/// | `imports` | `{ default: trappable }`: the functions of the traits return a `Result`, whose error ends the guest as a trap does; or for some functions, `{ "acme:text/links.resolve": trappable }` |
/// | `exports` | `{ default: tracing }`: calls are reported to the crate `tracing` |
/// | `trappable_error_type` | `{ "acme:text/links.failure" => path::Failure }`: functions fail with a Rust type |
/// | `with` | `{ "acme:text/links.link": path::Link }` as well: a Rust type that names a resource |
#[cfg(feature = "macros")]
#[macro_export]
macro_rules! host {
    ($($options:tt)*) => {
        $crate::__macros::host! { $crate; $($options)* }
    };
}

/// Writes a world as `static` tables, in the place where it is called: a `pub static` of [`world::WorldDesc`], called after the
/// world. Nothing is parsed or allocated at run time.
///
/// ```
/// witwright::tables!({
///     inline: "
///         package demo:time;
///         world clock { import now: func() -> u64; }
///     ",
/// });
///
/// assert_eq!(CLOCK.import("now").map(|item| item.name), Some("now"));
/// ```
///
/// The options are those of [`generate!`] that select the WIT and the world; and `docs: true`, with which the tables have the
/// documentation too.
#[cfg(feature = "macros")]
#[macro_export]
macro_rules! tables {
    ($($options:tt)*) => {
        $crate::__macros::tables! { $crate; $($options)* }
    };
}
