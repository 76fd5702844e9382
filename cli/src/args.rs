//! The command line.

use core::net::{IpAddr, SocketAddr};
use core::str::FromStr;
use core::time::Duration;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use witwright_front::{LanguageFeature, LanguageFeatures};
use witwright_host::Gate;
use witwright_resolver::TargetVersion;
use witwright_resolver::lints::Level;
use witwright_wasi::http::Destination;

use crate::bindings::BindingOptions;
use crate::lints::LintName;

/// The toolchain for WIT, the interface language of WebAssembly components.
#[derive(Debug, Parser)]
#[command(name = "witwright", version, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// The format of diagnostics, and of the packages that `wit` prints.
    #[arg(long, global = true, value_enum, default_value_t = Format::Text, display_order = 900)]
    pub(crate) format: Format,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Makes a project that builds, tests and runs: a guest, a host, or a program with plugins.
    New(NewArgs),
    /// Finds the mistakes in WIT packages and says how to fix them.
    Check(CheckArgs),
    /// Formats WIT files; there is one style.
    Fmt(FmtArgs),
    /// Explains the code of a diagnostic, with an example. Without a code, lists all codes.
    Explain(ExplainArgs),
    /// Writes the Rust bindings of a world.
    Bindgen(Box<BindgenArgs>),
    /// Writes a world as static tables in Rust, for programs that look at types without parsing or allocating.
    Precompile(PrecompileArgs),
    /// Makes a component from a core module.
    Componentize(ComponentizeArgs),
    /// Connects the imports of components to exports of others and makes one component of them.
    Compose(ComposeArgs),
    /// Prints WIT packages, and the WIT of components and modules, as WIT or as JSON.
    Wit(WitArgs),
    /// Checks whether a component fits a host that offers a world, and if not, says why.
    Targets(TargetsArgs),
    /// Runs a component: a WASI command with its arguments, or one function that it exports.
    ///
    /// A command is given its arguments and the standard streams. Options give it directories, variables and the network. The
    /// exit code is the command's.
    Run(RunArgs),
    /// Serves HTTP with a component that exports `wasi:http/incoming-handler` or `wasi:http/handler`.
    ///
    /// Each request is answered by an instance of its own, unless `--reuse` is given. The component is given standard
    /// output and standard error; options give it directories, variables and the network. The server stops on Ctrl-C: it
    /// finishes the requests that it has begun, or ends at once when Ctrl-C is pressed again.
    Serve(ServeArgs),
    /// Runs test scripts for components (`*.wast`).
    ///
    /// A directive that expects a trap or an invalid component passes only if the message has the expected text, or is
    /// listed as a synonym of it. A message that a construct is not supported never counts as the expected trap.
    Wast(WastArgs),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Format {
    /// Text for people, with the lines of the source; coloured on a terminal.
    Text,
    /// One JSON object on each line, as described in `docs/json.md`.
    Json,
    /// One SARIF log for code scanning; for `check` only.
    Sarif,
}

/// The gated items that are enabled.
#[derive(Debug, Args)]
pub(crate) struct Gates {
    /// Enable the `@unstable` items of these features, separated by commas.
    #[arg(long, value_delimiter = ',')]
    pub(crate) features: Vec<String>,
    /// Enable all `@unstable` items.
    #[arg(long)]
    pub(crate) all_features: bool,
    /// Enable parts of WIT that are not released yet, separated by commas.
    #[arg(long, value_delimiter = ',', value_parser = language_feature())]
    pub(crate) language_features: Vec<LanguageFeature>,
    /// Treat these packages as an earlier version, separated by commas: without items that are `@since` a later one.
    #[arg(long = "target-version", alias = "target", value_delimiter = ',', value_name = "NS:NAME@VERSION")]
    pub(crate) target_versions: Vec<TargetVersion>,
    /// Resolve a reference to a missing version to a later compatible one.
    #[arg(long)]
    pub(crate) compatible_versions: bool,
}

impl Gates {
    pub(crate) fn language(&self) -> LanguageFeatures {
        self.language_features.iter().copied().fold(LanguageFeatures::default(), LanguageFeatures::with)
    }
}

/// Reads the name of a language feature. For another name, clap lists the features.
fn language_feature() -> impl TypedValueParser<Value = LanguageFeature> {
    PossibleValuesParser::new(LanguageFeature::ALL.map(LanguageFeature::name))
        .try_map(|name| LanguageFeature::from_name(&name).ok_or("there is no such language feature"))
}

/// The levels of lints. A lint's own name takes precedence over `all`, and the stricter level over the other.
#[derive(Debug, Args)]
pub(crate) struct LintArgs {
    /// Switch these lints off, separated by commas; `all` means every lint.
    #[arg(long, value_delimiter = ',', value_name = "LINT")]
    pub(crate) allow: Vec<LintName>,
    /// Report the findings of these lints as warnings.
    #[arg(long, value_delimiter = ',', value_name = "LINT")]
    pub(crate) warn: Vec<LintName>,
    /// Report the findings of these lints as errors.
    #[arg(long, value_delimiter = ',', value_name = "LINT")]
    pub(crate) deny: Vec<LintName>,
}

impl LintArgs {
    /// The levels, lint by lint.
    pub(crate) fn levels(&self) -> Vec<(LintName, Level)> {
        let levels = [(&self.allow, Level::Allow), (&self.warn, Level::Warn), (&self.deny, Level::Deny)];
        levels.into_iter().flat_map(|(names, level)| names.iter().map(move |name| (*name, level))).collect()
    }
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// Packages: directories with `*.wit` files and `deps/`, or files.
    #[arg(required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// Apply suggestions to the files, except those in a folder `deps`, and report the remaining mistakes.
    #[arg(long)]
    pub(crate) fix: bool,
    #[command(flatten)]
    pub(crate) gates: Gates,
    #[command(flatten)]
    pub(crate) lints: LintArgs,
}

#[derive(Debug, Args)]
pub(crate) struct FmtArgs {
    /// Do not write files; show the changes as a diff, and fail if there are any.
    #[arg(long)]
    pub(crate) check: bool,
    /// Files, directories, or `-` for standard input; by default the current directory. In a directory, all `*.wit` files
    /// at any depth are formatted, except those in `deps`, `target` and hidden directories.
    pub(crate) paths: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// The code, such as `E0101`.
    pub(crate) code: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct NewArgs {
    /// The kind of project.
    #[arg(value_enum)]
    pub(crate) kind: Kind,
    /// The folder of the project, which does not exist yet; its last part is the name of the package.
    pub(crate) path: PathBuf,
    /// Depend on the crate `witwright` in this folder, not on the published one.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) witwright_path: Option<PathBuf>,
}

/// The projects that `new` makes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Kind {
    /// A component, with a test that runs natively.
    Guest,
    /// A program that runs components of a world, with a component for its test.
    Host,
    /// A workspace of both: the program and a plugin for it.
    Plugin,
}

#[derive(Debug, Args)]
pub(crate) struct BindgenArgs {
    /// The side that the bindings are for.
    #[arg(value_enum)]
    pub(crate) side: Side,
    /// The package of the world: a directory or a file.
    pub(crate) path: PathBuf,
    /// The world: `name` or `ns:package/name@version`; may be left out if there is only one.
    #[arg(short, long)]
    pub(crate) world: Option<String>,
    /// The file for the code; standard output by default.
    #[arg(short, long)]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) gates: Gates,
    #[command(flatten)]
    pub(crate) options: BindingOptions,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Side {
    /// For the component itself, as `witwright::generate!` makes them.
    Guest,
    /// For the program that runs it, as `witwright::host!` makes them.
    Host,
}

#[derive(Debug, Args)]
pub(crate) struct PrecompileArgs {
    /// The package of the world: a directory or a file.
    pub(crate) path: PathBuf,
    /// The world: `name` or `ns:package/name@version`; may be left out if there is only one.
    #[arg(short, long)]
    pub(crate) world: Option<String>,
    /// The file for the code; standard output by default.
    #[arg(short, long)]
    pub(crate) output: Option<PathBuf>,
    /// Write the documentation and attributes of the world into the tables too.
    #[arg(long)]
    pub(crate) docs: bool,
    /// The module of the tables' types. Programs without an allocator use `::witwright_abi_runtime::world`.
    #[arg(long, value_name = "PATH", default_value = "::witwright::world")]
    pub(crate) module: String,
    #[command(flatten)]
    pub(crate) gates: Gates,
}

#[derive(Debug, Args)]
pub(crate) struct ComponentizeArgs {
    /// The core module.
    pub(crate) module: PathBuf,
    /// The package of the world, for a module that was built without bindings.
    #[arg(long)]
    pub(crate) wit: Option<PathBuf>,
    /// The world, with `--wit`; may be left out if there is only one.
    #[arg(short, long, requires = "wit")]
    pub(crate) world: Option<String>,
    /// An adapter module: `name=file`, or a file named after its module; or `wasi_snapshot_preview1`, the adapter from WASI
    /// 0.1 to WASI 0.2, which is built in.
    #[arg(long, value_name = "[NAME=]FILE")]
    pub(crate) adapt: Vec<String>,
    /// The file for the component.
    #[arg(short, long)]
    pub(crate) output: PathBuf,
    #[command(flatten)]
    pub(crate) gates: Gates,
}

#[derive(Debug, Args)]
pub(crate) struct ComposeArgs {
    /// The components, two or more. Imports are connected to exports of the same name or of a compatible version.
    ///
    /// The result has the exports of the component from which no other component imports, and the imports that none of them exports.
    #[arg(required = true, num_args = 2..)]
    pub(crate) components: Vec<PathBuf>,
    /// Connect an import to the export of a component, if several components export it.
    #[arg(long = "wire", value_name = "COMPONENT#IMPORT=COMPONENT", value_parser = connection)]
    pub(crate) connections: Vec<StatedConnection>,
    /// The file for the component.
    #[arg(short, long)]
    pub(crate) output: PathBuf,
}

/// An import of a component, and the component that exports it.
#[derive(Clone, Debug)]
pub(crate) struct StatedConnection {
    pub(crate) importer: String,
    pub(crate) import: String,
    pub(crate) exporter: String,
}

fn connection(text: &str) -> Result<StatedConnection, String> {
    let parts = text.split_once('#').and_then(|(importer, rest)| {
        let (import, exporter) = rest.split_once('=')?;
        Some(StatedConnection { importer: importer.into(), import: import.into(), exporter: exporter.into() })
    });
    parts.ok_or_else(|| format!("`{text}` is not of the form COMPONENT#IMPORT=COMPONENT"))
}

#[derive(Debug, Args)]
pub(crate) struct WitArgs {
    /// A package, as a directory or a `.wit` file; or a binary: a component, a core module with bindings, a WIT package.
    pub(crate) path: PathBuf,
    #[command(flatten)]
    pub(crate) turn: TurnArgs,
    /// Keep only the latest of compatible versions of each import of the world, as linkers do.
    #[arg(long)]
    pub(crate) merge_versions: bool,
    /// The world to change: `name` or `ns:package/name@version`; may be left out if there is only one.
    #[arg(short, long)]
    pub(crate) world: Option<String>,
    /// The file for the result; standard output by default. If it is called `*.wasm`, the package is written in binary
    /// form; with `--format json`, it can be called neither that nor `*.wit`.
    #[arg(short, long, conflicts_with = "out_dir")]
    pub(crate) output: Option<PathBuf>,
    /// A folder for the package as WIT, with the packages that it refers to in `deps`.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out_dir: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) gates: Gates,
}

/// The direction in which a world is turned.
#[derive(Debug, Args)]
#[group(multiple = false)]
pub(crate) struct TurnArgs {
    /// Turn the exports of the world into imports: the world of a user of its components.
    #[arg(long)]
    pub(crate) importize: bool,
    /// Turn the imports of the world into exports: the world of an implementation of them.
    #[arg(long)]
    pub(crate) exportize: bool,
}

#[derive(Debug, Args)]
pub(crate) struct TargetsArgs {
    /// The component.
    pub(crate) component: PathBuf,
    /// The world: `name` or `ns:package/name@version`; may be left out if there is only one.
    pub(crate) world: Option<String>,
    /// The package of the world: a directory or a file.
    #[arg(long, default_value = "wit")]
    pub(crate) wit: PathBuf,
    /// Accept only the same version of an interface, not a compatible one.
    #[arg(long)]
    pub(crate) exact_versions: bool,
    /// The component runs where WASI is provided too: do not compare imports of `wasi:*` that the world does not mention.
    #[arg(long)]
    pub(crate) wasi: bool,
    #[command(flatten)]
    pub(crate) gates: Gates,
}

#[derive(Debug, Args)]
pub(crate) struct RunArgs {
    /// The component.
    pub(crate) component: PathBuf,
    /// Arguments of the command, to the end: options of `run` stand before them. Write `--` before the first one if an option
    /// of the command looks like one of `run`.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, conflicts_with = "invoke")]
    pub(crate) args: Vec<String>,
    /// Call this function instead of running the command, in WAVE: `func(1, "text", {field: true})`, or
    /// `ns:package/interface#func(…)`.
    #[arg(long, value_name = "CALL")]
    pub(crate) invoke: Option<String>,
    /// The core engine that runs the component.
    #[arg(long, value_enum, default_value_t = Engine::Wasmi)]
    pub(crate) engine: Engine,
    /// Enable features of components and of core WebAssembly, separated by commas; those that are released are enabled anyway.
    #[arg(long, value_delimiter = ',', value_name = "FEATURE", value_parser = gate())]
    pub(crate) component_features: Vec<Gate>,
    #[command(flatten)]
    pub(crate) grants: Grants,
}

/// Reads the name of a feature of components, with or without `cm-`. For another name, clap lists the features.
fn gate() -> impl TypedValueParser<Value = Gate> {
    let values = Gate::names().map(|name| match name.strip_prefix("cm-") {
        Some(short) if Gate::names().all(|other| other != short) => PossibleValue::new(short).alias(name),
        Some(_) | None => PossibleValue::new(name),
    });
    PossibleValuesParser::new(values).try_map(|name| Gate::named(&name).ok_or("there is no such feature"))
}

#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    /// The component.
    pub(crate) component: PathBuf,
    /// The address to listen on; port 0 stands for any free one.
    #[arg(long, value_name = "IP:PORT", default_value = "127.0.0.1:8080", value_parser = address)]
    pub(crate) addr: SocketAddr,
    /// The core engine that runs the component.
    #[arg(long, value_enum, default_value_t = Engine::Wasmi)]
    pub(crate) engine: Engine,
    /// The number of requests that are answered at the same time; further ones wait.
    #[arg(long, value_name = "NUMBER", default_value_t = 64)]
    pub(crate) concurrency: usize,
    /// The number of requests that an instance answers, one after the other, before a new instance replaces it.
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub(crate) reuse: u64,
    /// The time from the head of a request to the end of its response, in seconds.
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    pub(crate) timeout: Duration,
    /// The fuel that the component may use for a request, about one unit for each instruction; by default it is unlimited.
    #[arg(long, value_name = "UNITS", value_parser = units)]
    pub(crate) fuel: Option<u64>,
    /// The largest body of a request: bytes, or a number with KiB, MiB or GiB.
    #[arg(long, value_name = "SIZE", default_value = "64MiB", value_parser = size)]
    pub(crate) max_body: usize,
    /// Write a line for each request to standard error.
    #[arg(long)]
    pub(crate) log: bool,
    #[command(flatten)]
    pub(crate) grants: Grants,
}

/// Reads an amount of fuel.
fn units(text: &str) -> Result<u64, &'static str> {
    text.parse().map_err(|_| "write a whole number of units, as in `1000000`")
}

/// Reads a number of seconds.
fn seconds(text: &str) -> Result<Duration, &'static str> {
    let seconds: f64 = text.parse().map_err(|_| "write a number of seconds, as in `30` or `0.5`")?;
    Duration::try_from_secs_f64(seconds).map_err(|_| "the time is out of range")
}

/// Reads an address to listen on.
fn address(text: &str) -> Result<SocketAddr, &'static str> {
    text.parse().map_err(|_| "write an address and a port, as in `127.0.0.1:8080` or `[::1]:8080`")
}

/// Reads a variable.
fn variable(text: &str) -> Result<String, &'static str> {
    if text.is_empty() || text.starts_with('=') {
        Err("the name is missing; write `NAME=VALUE`")
    } else {
        Ok(text.to_owned())
    }
}

/// The parts of the machine that a component is given.
#[derive(Debug, Args)]
pub(crate) struct Grants {
    /// Give the component a directory, under the same path or another one; with `:ro`, for reading only.
    #[arg(long, value_name = "HOST[::GUEST][:ro]")]
    pub(crate) dir: Vec<DirGrant>,
    /// Set a variable of the component's environment; without a value, to the value in this environment.
    #[arg(long, value_name = "NAME[=VALUE]", value_parser = variable)]
    pub(crate) env: Vec<String>,
    /// Give the component all variables of this environment.
    #[arg(long)]
    pub(crate) inherit_env: bool,
    /// Let the component use the whole network, and look up names.
    #[arg(long)]
    pub(crate) inherit_network: bool,
    /// Let the component connect and send to this address, and look up names; `*` stands for every port.
    #[arg(long, value_name = "IP:PORT")]
    pub(crate) connect: Vec<AddressGrant>,
    /// Let the component listen and receive on this address; `*` stands for every port.
    #[arg(long, value_name = "IP:PORT")]
    pub(crate) listen: Vec<AddressGrant>,
    /// Let the component send HTTP requests to this server, on its usual ports or on one port; `*` stands for every server, or
    /// every port.
    #[arg(long, value_name = "HOST[:PORT]")]
    pub(crate) http: Vec<HttpGrant>,
}

/// Servers that a component may send requests to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct HttpGrant {
    /// `None` for every one.
    pub(crate) host: Option<String>,
    pub(crate) ports: Ports,
}

/// The ports of a server.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Ports {
    /// The port of the scheme.
    Usual,
    One(u16),
    Every,
}

impl HttpGrant {
    /// Whether requests to a server are granted.
    pub(crate) fn has(&self, server: &Destination) -> bool {
        let is_port = match self.ports {
            Ports::Usual => server.port == if server.tls { 443 } else { 80 },
            Ports::One(port) => server.port == port,
            Ports::Every => true,
        };
        is_port && self.host.as_ref().is_none_or(|host| *host == server.host)
    }
}

impl FromStr for HttpGrant {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<HttpGrant, &'static str> {
        let help = "write a server as in `example.com`, `127.0.0.1:8080`, `[::1]:8080`, `example.com:*` or `*`";
        if text == "*" {
            return Ok(HttpGrant { host: None, ports: Ports::Every });
        }
        // The colons of an IPv6 address are within brackets.
        let (host, ports) = match text.rsplit_once(':').filter(|(_, port)| !port.contains(']')) {
            Some((host, "*")) => (host, Ports::Every),
            Some((host, port)) => (host, Ports::One(port.parse().map_err(|_| help)?)),
            None => (text, Ports::Usual),
        };
        let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
        if host.is_empty() || host.contains(['/', '@', '*']) {
            return Err(help);
        }
        Ok(HttpGrant { host: Some(host.to_ascii_lowercase()), ports })
    }
}

/// Addresses that a component may use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct AddressGrant {
    pub(crate) ip: IpAddr,
    /// `None` for every port.
    pub(crate) port: Option<u16>,
}

impl AddressGrant {
    /// Whether an address is one of them.
    pub(crate) fn has(&self, address: SocketAddr) -> bool {
        address.ip() == self.ip && self.port.is_none_or(|port| port == address.port())
    }
}

impl FromStr for AddressGrant {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<AddressGrant, &'static str> {
        let help = "write an address and a port, as in `127.0.0.1:8080`, `[::1]:8080` or `127.0.0.1:*`";
        let (ip, port) = text.rsplit_once(':').ok_or(help)?;
        let ip = ip.strip_prefix('[').and_then(|ip| ip.strip_suffix(']')).unwrap_or(ip);
        let port = if port == "*" { None } else { Some(port.parse().map_err(|_| help)?) };
        Ok(AddressGrant { ip: ip.parse().map_err(|_| help)?, port })
    }
}

/// A directory that a component is given.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct DirGrant {
    pub(crate) host: PathBuf,
    pub(crate) guest: String,
    pub(crate) read_only: bool,
}

impl FromStr for DirGrant {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<DirGrant, &'static str> {
        let (paths, read_only) = text.strip_suffix(":ro").map_or((text, false), |paths| (paths, true));
        if let Some((_, mode)) = paths.rsplit_once(':')
            && matches!(mode, "r" | "w" | "rw" | "wo" | "rwx" | "ro")
        {
            return Err("the only mode is `:ro`, for reading alone; leave it out for reading and writing");
        }
        let (host, guest) = paths.split_once("::").unwrap_or((paths, paths));
        if host.is_empty() || guest.is_empty() {
            return Err("a path is missing; write `HOST`, or `HOST::GUEST`");
        }
        Ok(DirGrant { host: host.into(), guest: guest.to_owned(), read_only })
    }
}

#[derive(Debug, Args)]
pub(crate) struct WastArgs {
    /// The scripts.
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// The core engine that runs the components.
    #[arg(long, value_enum, default_value_t = Engine::Wasmi)]
    pub(crate) engine: Engine,
    /// Features that components may use, separated by commas, in addition to those of the component model's own tests;
    /// with `-` before its name, a feature is switched off.
    #[arg(long, value_delimiter = ',', allow_hyphen_values = true)]
    pub(crate) features: Vec<String>,
    /// Only validate components; instantiate and call nothing.
    #[arg(long)]
    pub(crate) validate: bool,
    /// The largest memory of an instance with the instances that it imports: bytes, or a number with KiB, MiB or GiB.
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub(crate) max_memory: Option<usize>,
}

/// Reads a size: a number of bytes, or of the unit after it.
fn size(text: &str) -> Result<usize, &'static str> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let number: usize = number.parse().map_err(|_| "a size begins with a whole number, as in `512MiB`")?;
    let unit_bytes = match unit {
        "" => 1,
        "KiB" => 1 << 10,
        "MiB" => 1 << 20,
        "GiB" => 1 << 30,
        _ => return Err("the unit is KiB, MiB or GiB, as in `512MiB`"),
    };
    number.checked_mul(unit_bytes).ok_or("the size is too large")
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Engine {
    /// An interpreter: small, and starts at once.
    Wasmi,
    /// A compiler: fast.
    Wasmtime,
}
