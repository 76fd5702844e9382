//! Commands that run components: `run`, `serve`, `wast`.

use core::net::SocketAddr;
use core::time::Duration;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use witwright_host::Gate;

use super::grants::Grants;

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
    #[command(flatten)]
    pub(crate) features: ComponentFeatures,
    #[command(flatten)]
    pub(crate) grants: Grants,
}

/// The features of components and of core WebAssembly.
#[derive(Debug, Args)]
pub(crate) struct ComponentFeatures {
    /// Enable features of components and of core WebAssembly, separated by commas; those that are released are enabled anyway.
    #[arg(long = "component-features", value_delimiter = ',', value_name = "FEATURE", value_parser = gate())]
    pub(crate) gates: Vec<Gate>,
}

/// Reads the name of a feature of components, with or without `cm-`. For another name, clap lists the features.
fn gate() -> impl TypedValueParser<Value = Gate> {
    let values = Gate::names().map(|name| PossibleValue::new(feature_name(name)).alias(name));
    PossibleValuesParser::new(values).try_map(|name| Gate::named(&name).ok_or("there is no such feature"))
}

/// The name of a gate as a user writes it: without `cm-`, if no other gate has this name.
pub(crate) fn feature_name(gate: &'static str) -> &'static str {
    let short = gate.strip_prefix("cm-").filter(|short| Gate::names().all(|other| other != *short));
    short.unwrap_or(gate)
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
    #[arg(long, value_name = "NUMBER", default_value = "64", value_parser = count, allow_negative_numbers = true)]
    pub(crate) concurrency: usize,
    /// The number of requests that an instance answers, one after the other, before a new instance replaces it.
    #[arg(long, value_name = "NUMBER", default_value = "1", value_parser = count, allow_negative_numbers = true)]
    pub(crate) reuse: usize,
    /// The time from the head of a request to the end of its response, in seconds.
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds, allow_negative_numbers = true)]
    pub(crate) timeout: Duration,
    /// The fuel that the component may use for a request, about one unit for each instruction; by default it is unlimited.
    #[arg(long, value_name = "UNITS", value_parser = units, allow_negative_numbers = true)]
    pub(crate) fuel: Option<u64>,
    /// The largest body of a request: bytes, or a number with KiB, MiB or GiB.
    #[arg(long, value_name = "SIZE", default_value = "64MiB", value_parser = size)]
    pub(crate) max_body: usize,
    /// Write a line for each request to standard error.
    #[arg(long)]
    pub(crate) log: bool,
    #[command(flatten)]
    pub(crate) features: ComponentFeatures,
    #[command(flatten)]
    pub(crate) grants: Grants,
}

/// Reads a number of things, of which there is one at least.
fn count(text: &str) -> Result<usize, &'static str> {
    let number = text.parse().ok().filter(|number| *number > 0);
    number.ok_or("write a whole number, 1 or more")
}

/// Reads an amount of fuel.
fn units(text: &str) -> Result<u64, &'static str> {
    text.parse().map_err(|_| "write a whole number of units, as in `1000000`")
}

/// Reads a number of seconds.
fn seconds(text: &str) -> Result<Duration, &'static str> {
    let seconds: f64 = text.parse().map_err(|_| "write a number of seconds, as in `30` or `0.5`")?;
    let time = Duration::try_from_secs_f64(seconds).ok().filter(|time| !time.is_zero());
    time.ok_or("write more than 0 seconds, and less than 10^19, as in `30` or `0.5`")
}

/// Reads an address to listen on.
fn address(text: &str) -> Result<SocketAddr, &'static str> {
    text.parse().map_err(|_| "write an address and a port, as in `127.0.0.1:8080` or `[::1]:8080`")
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
