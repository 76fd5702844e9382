//! The context, which holds everything that a guest is given; its builder, and the traits by which bindings find it.

use core::fmt;
use core::marker::PhantomData;
use core::net::SocketAddr;
use std::io;
use std::path::Path;

use witwright_host::{Error, HasData, Resource, ResourceTable};

use crate::clocks::{MonotonicClock, SystemMonotonicClock, SystemWallClock, WallClock};
use crate::fs::{Descriptor, Dir, FsPerms};
use crate::net::{Policy, SocketAddrUse};
use crate::pipe::Null;
use crate::random::{Random, SystemRandom};
use crate::stdio::{Stderr, Stdin, StdinStream, Stdout, StdoutStream};
use crate::stream::{InputStream, OutputStream};
use crate::wait::Interrupt;

/// The context of a guest: arguments, variables, streams, directories, clocks, random bytes, network.
pub struct WasiCtx {
    pub(crate) args: Vec<String>,
    pub(crate) env: Vec<(String, String)>,
    pub(crate) initial_cwd: Option<String>,
    pub(crate) stdin: Stdio<InputStream>,
    pub(crate) stdout: Stdio<OutputStream>,
    pub(crate) stderr: Stdio<OutputStream>,
    pub(crate) preopens: Vec<(Dir, String)>,
    pub(crate) wall_clock: Box<dyn WallClock>,
    pub(crate) monotonic_clock: Box<dyn MonotonicClock>,
    pub(crate) secure_random: Box<dyn Random>,
    pub(crate) insecure_random: Box<dyn Random>,
    pub(crate) insecure_random_seed: Option<u128>,
    pub(crate) network: Policy,
    #[cfg(feature = "http")]
    pub(crate) http: crate::http::Policy,
    pub(crate) interrupt: Interrupt,
    /// The number of chunks that guests of WASI 0.3 sent and that are being written.
    pub(crate) unwritten: usize,
}

/// A standard stream.
pub(crate) struct Stdio<S> {
    pub(crate) stream: S,
    pub(crate) is_terminal: bool,
}

/// Makes a [`WasiCtx`]. Without further calls the guest has clocks and random bytes, and nothing else: no arguments,
/// variables or directories, an empty input, and outputs that are discarded.
pub struct WasiCtxBuilder {
    ctx: WasiCtx,
}

/// The state of a store that has a context of WASI.
#[diagnostic::on_unimplemented(
    message = "the state `{Self}` of the store has no context of WASI",
    label = "implement `WasiView` for `{Self}`: give it a field of type `WasiState`, whose method `wasi` makes the result"
)]
pub trait WasiView: 'static {
    /// The context, and the table that holds the resources of the guest.
    fn wasi(&mut self) -> WasiCtxView<'_>;
}

/// A context and a table, borrowed for a call. The interfaces of WASI are implemented for it.
pub struct WasiCtxView<'a> {
    /// The context of the guest.
    pub ctx: &'a mut WasiCtx,
    /// The resources of the guest.
    pub table: &'a mut ResourceTable,
}

/// A terminal to which a guest has a handle. It has no functions.
pub struct Terminal;

impl WasiCtxView<'_> {
    /// A handle of a terminal, if the stream is one.
    pub(crate) fn terminal(&mut self, is_terminal: bool) -> Result<Option<Resource<Terminal>>, Error> {
        is_terminal.then(|| self.table.push(Terminal)).transpose()
    }

    /// Handles of the directories that the guest is given, each with its path.
    pub(crate) fn preopens(&mut self) -> Result<Vec<(Resource<Descriptor>, String)>, Error> {
        let preopens = self.ctx.preopens.iter();
        preopens.map(|(dir, path)| Ok((self.table.push(Descriptor::Dir(dir.clone()))?, path.clone()))).collect()
    }

    /// The seed that was set, or else numbers from the source that need not be secure.
    pub(crate) fn insecure_seed(&mut self) -> Result<(u64, u64), Error> {
        let seed = match self.ctx.insecure_random_seed {
            Some(seed) => seed,
            None => {
                let random = &mut self.ctx.insecure_random;
                let mut next = || random.next_u64().map(u128::from).map_err(Error::host);
                next()? << 64 | next()?
            }
        };
        // A guest that asks again gets the same.
        self.ctx.insecure_random_seed = Some(seed);
        Ok((seed as u64, (seed >> 64) as u64))
    }
}

/// The context and table in a store's state, as the part that the functions of WASI work on. The functions
/// `add_to_linker` of [`p2::bindings`](crate::p2::bindings) take this type.
pub struct HasWasi<T>(PhantomData<fn() -> T>);

impl<T: WasiView> HasData for HasWasi<T> {
    type State = T;
    type Data<'a> = WasiCtxView<'a>;

    fn data(state: &mut T) -> WasiCtxView<'_> {
        state.wasi()
    }
}

/// A state that consists of a context and a table, for hosts that keep nothing else in their store.
#[derive(Debug)]
pub struct WasiState {
    /// The context of the guest.
    pub ctx: WasiCtx,
    /// The resources of the guest.
    pub table: ResourceTable,
}

impl WasiState {
    /// A state with an empty table.
    #[must_use]
    pub fn new(ctx: WasiCtx) -> WasiState {
        WasiState { ctx, table: ResourceTable::new() }
    }
}

impl WasiView for WasiState {
    fn wasi(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.ctx, table: &mut self.table }
    }
}

impl WasiCtx {
    /// A builder.
    #[must_use]
    pub fn builder() -> WasiCtxBuilder {
        WasiCtxBuilder::new()
    }

    /// Sets the interrupt that ends the guest while it waits. It replaces an earlier one.
    pub fn set_interrupt(&mut self, interrupt: Interrupt) {
        self.interrupt = interrupt;
    }
}

impl WasiCtxBuilder {
    /// A builder without grants.
    #[must_use]
    pub fn new() -> WasiCtxBuilder {
        let ctx = WasiCtx {
            args: Vec::new(),
            env: Vec::new(),
            initial_cwd: None,
            stdin: Stdio { stream: InputStream::new(Null), is_terminal: false },
            stdout: Stdio { stream: OutputStream::new(Null), is_terminal: false },
            stderr: Stdio { stream: OutputStream::new(Null), is_terminal: false },
            preopens: Vec::new(),
            wall_clock: Box::new(SystemWallClock),
            monotonic_clock: Box::new(SystemMonotonicClock::new()),
            secure_random: Box::new(SystemRandom),
            insecure_random: Box::new(SystemRandom),
            insecure_random_seed: None,
            network: Policy::default(),
            #[cfg(feature = "http")]
            http: crate::http::Policy::default(),
            interrupt: Interrupt::new(),
            unwritten: 0,
        };
        WasiCtxBuilder { ctx }
    }

    /// Adds an argument. The first is the name of the program.
    pub fn arg(&mut self, arg: impl Into<String>) -> &mut Self {
        self.ctx.args.push(arg.into());
        self
    }

    /// Adds arguments.
    pub fn args(&mut self, args: impl IntoIterator<Item = impl Into<String>>) -> &mut Self {
        self.ctx.args.extend(args.into_iter().map(Into::into));
        self
    }

    /// Sets a variable of the environment.
    pub fn env(&mut self, name: impl Into<String>, value: impl Into<String>) -> &mut Self {
        let name = name.into();
        self.ctx.env.retain(|(known, _)| *known != name);
        self.ctx.env.push((name, value.into()));
        self
    }

    /// Sets variables of the environment.
    pub fn envs(&mut self, env: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>) -> &mut Self {
        for (name, value) in env {
            self.env(name, value);
        }
        self
    }

    /// Sets all variables of this process whose names and values are Unicode.
    pub fn inherit_env(&mut self) -> &mut Self {
        let unicode =
            std::env::vars_os().filter_map(|(name, value)| name.into_string().ok().zip(value.into_string().ok()));
        self.envs(unicode)
    }

    /// Sets the current directory that the guest is told.
    pub fn initial_cwd(&mut self, path: impl Into<String>) -> &mut Self {
        self.ctx.initial_cwd = Some(path.into());
        self
    }

    /// Sets the standard input.
    pub fn stdin(&mut self, stdin: impl StdinStream) -> &mut Self {
        self.ctx.stdin = Stdio { is_terminal: stdin.is_terminal(), stream: stdin.stream() };
        self
    }

    /// Sets the standard output.
    pub fn stdout(&mut self, stdout: impl StdoutStream) -> &mut Self {
        self.ctx.stdout = Stdio { is_terminal: stdout.is_terminal(), stream: stdout.stream() };
        self
    }

    /// Sets the standard error.
    pub fn stderr(&mut self, stderr: impl StdoutStream) -> &mut Self {
        self.ctx.stderr = Stdio { is_terminal: stderr.is_terminal(), stream: stderr.stream() };
        self
    }

    /// Gives the guest the standard input of this process.
    pub fn inherit_stdin(&mut self) -> &mut Self {
        self.stdin(Stdin)
    }

    /// Gives the guest the standard output of this process.
    pub fn inherit_stdout(&mut self) -> &mut Self {
        self.stdout(Stdout)
    }

    /// Gives the guest the standard error of this process.
    pub fn inherit_stderr(&mut self) -> &mut Self {
        self.stderr(Stderr)
    }

    /// Gives the guest all three standard streams of this process.
    pub fn inherit_stdio(&mut self) -> &mut Self {
        self.inherit_stdin().inherit_stdout().inherit_stderr()
    }

    /// Opens a directory, and gives it to the guest under another path.
    ///
    /// # Errors
    /// If it cannot be opened; the error names it.
    pub fn preopened_dir(
        &mut self,
        host_path: impl AsRef<Path>,
        guest_path: impl Into<String>,
        perms: FsPerms,
    ) -> io::Result<&mut Self> {
        let host_path = host_path.as_ref();
        let dir = Dir::open(host_path, perms).map_err(|error| {
            let message = format!("cannot open the directory {}: {error}", host_path.display());
            io::Error::new(error.kind(), message)
        })?;
        self.ctx.preopens.push((dir, guest_path.into()));
        Ok(self)
    }

    /// Gives the guest the whole network, and name lookups. HTTP requests have a check of their own.
    pub fn inherit_network(&mut self) -> &mut Self {
        self.socket_addr_check(|_, _| true).allow_ip_name_lookup(true)
    }

    /// Sets a check for the servers that the guest may send requests to; by default there are none. The check is of the server's name,
    /// whatever address it has.
    #[cfg(feature = "http")]
    pub fn outgoing_request_check(
        &mut self,
        check: impl Fn(&crate::http::Destination) -> bool + Send + Sync + 'static,
    ) -> &mut Self {
        self.ctx.http.set(check);
        self
    }

    /// Allows the guest to send requests to every server.
    #[cfg(feature = "http")]
    pub fn allow_outgoing_requests(&mut self) -> &mut Self {
        self.outgoing_request_check(|_| true)
    }

    /// Adds a root certificate, in DER, by which the certificates of servers are checked, in addition to Mozilla's.
    ///
    /// # Errors
    /// If it is no certificate that can be a root.
    #[cfg(feature = "tls")]
    pub fn tls_root_certificate(&mut self, der: impl AsRef<[u8]>) -> io::Result<&mut Self> {
        self.ctx.http.roots.add(der.as_ref())?;
        Ok(self)
    }

    /// Sets the times that requests may take, unless the guest sets shorter ones.
    #[cfg(feature = "http")]
    pub fn request_timeouts(&mut self, timeouts: crate::http::Timeouts) -> &mut Self {
        self.ctx.http.timeouts = timeouts;
        self
    }

    /// Sets a check for the addresses that the guest may use, and their uses; by default there are none.
    pub fn socket_addr_check(
        &mut self,
        check: impl Fn(SocketAddr, SocketAddrUse) -> bool + Send + Sync + 'static,
    ) -> &mut Self {
        self.ctx.network.set(check);
        self
    }

    /// Sets whether the guest may look up names; by default it may not.
    pub fn allow_ip_name_lookup(&mut self, allow: bool) -> &mut Self {
        self.ctx.network.names = allow;
        self
    }

    /// Sets the clock for the time of day.
    pub fn wall_clock(&mut self, clock: impl WallClock) -> &mut Self {
        self.ctx.wall_clock = Box::new(clock);
        self
    }

    /// Sets the monotonic clock.
    pub fn monotonic_clock(&mut self, clock: impl MonotonicClock) -> &mut Self {
        self.ctx.monotonic_clock = Box::new(clock);
        self
    }

    /// Sets the source of random bytes for `wasi:random/random`.
    pub fn secure_random(&mut self, random: impl Random) -> &mut Self {
        self.ctx.secure_random = Box::new(random);
        self
    }

    /// Sets the source of random bytes for `wasi:random/insecure`.
    pub fn insecure_random(&mut self, random: impl Random) -> &mut Self {
        self.ctx.insecure_random = Box::new(random);
        self
    }

    /// Sets the result of `wasi:random/insecure-seed`; by default it is random.
    pub fn insecure_random_seed(&mut self, seed: u128) -> &mut Self {
        self.ctx.insecure_random_seed = Some(seed);
        self
    }

    /// Sets the interrupt that ends the guest while it waits.
    pub fn interrupt(&mut self, interrupt: Interrupt) -> &mut Self {
        self.ctx.interrupt = interrupt;
        self
    }

    /// Makes the context. The builder is then as new.
    #[must_use]
    pub fn build(&mut self) -> WasiCtx {
        core::mem::take(self).ctx
    }
}

impl Default for WasiCtxBuilder {
    fn default() -> WasiCtxBuilder {
        WasiCtxBuilder::new()
    }
}

impl fmt::Debug for WasiCtx {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Values of variables may be secrets.
        let names: Vec<&str> = self.env.iter().map(|(name, _)| name.as_str()).collect();
        let preopens: Vec<&str> = self.preopens.iter().map(|(_, path)| path.as_str()).collect();
        f.debug_struct("WasiCtx")
            .field("args", &self.args)
            .field("env", &names)
            .field("preopens", &preopens)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for WasiCtxBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.ctx, f)
    }
}

impl fmt::Debug for WasiCtxView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.ctx, f)
    }
}
