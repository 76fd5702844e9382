//! The command line.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use witwright_front::{LanguageFeature, LanguageFeatures};
use witwright_resolver::TargetVersion;
use witwright_resolver::lints::Level;

use crate::lints::LintName;

/// The toolchain for WIT, the interface language of WebAssembly components.
#[derive(Debug, Parser)]
#[command(name = "witwright", version, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// How diagnostics, and packages by `wit`, are written: text for people, or JSON, one object a line.
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Finds every mistake in WIT packages and says how to mend it.
    Check(CheckArgs),
    /// Formats WIT files in the one style.
    Fmt(FmtArgs),
    /// Says what a diagnostic's code means, with an example; without a code, lists them.
    Explain(ExplainArgs),
    /// Writes the Rust bindings of a world.
    Bindgen(BindgenArgs),
    /// Makes a component from a core module.
    Componentize(ComponentizeArgs),
    /// Plugs components into one another and makes one component of them.
    Compose(ComposeArgs),
    /// Prints what WIT packages, components and modules with bindings say, as WIT or as JSON.
    Wit(WitArgs),
    /// Says whether a component runs where a world is offered, and if not, why.
    Targets(TargetsArgs),
    /// Runs a function that a component exports.
    Run(RunArgs),
    /// Runs test scripts for components (`*.wast`).
    ///
    /// A directive that expects a trap or an invalid component passes only if the message has the expected text, or is
    /// listed as a synonym of it. That a construct is not supported is never the expected trap.
    Wast(WastArgs),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Format {
    /// With the lines of the source, coloured on a terminal.
    Text,
    /// One object a line, as `docs/json.md` describes.
    Json,
    /// One SARIF log, for code scanning; of `check` only.
    Sarif,
}

/// Which gated items are there.
#[derive(Debug, Args)]
pub(crate) struct Gates {
    /// Features whose `@unstable` items are there, separated by commas.
    #[arg(long, value_delimiter = ',')]
    pub(crate) features: Vec<String>,
    /// Take every `@unstable` item.
    #[arg(long)]
    pub(crate) all_features: bool,
    /// Parts of WIT that are not released yet, separated by commas.
    #[arg(long, value_delimiter = ',', value_parser = language_feature())]
    pub(crate) language_features: Vec<LanguageFeature>,
    /// Packages that are seen as of an earlier version, separated by commas: what is `@since` a later one is not there.
    #[arg(long, value_delimiter = ',', value_name = "NS:NAME@VERSION")]
    pub(crate) target: Vec<TargetVersion>,
    /// Let a reference to a version that is not there lead to a later compatible one.
    #[arg(long)]
    pub(crate) compatible_versions: bool,
}

impl Gates {
    pub(crate) fn language(&self) -> LanguageFeatures {
        self.language_features.iter().copied().fold(LanguageFeatures::default(), LanguageFeatures::with)
    }
}

/// Reads the name of a language feature; of others, clap lists those that there are.
fn language_feature() -> impl TypedValueParser<Value = LanguageFeature> {
    PossibleValuesParser::new(LanguageFeature::ALL.map(LanguageFeature::name))
        .try_map(|name| LanguageFeature::from_name(&name).ok_or("there is no such language feature"))
}

/// The levels of lints. A lint's own name counts more than `all`, and of two levels the stricter one counts.
#[derive(Debug, Args)]
pub(crate) struct LintArgs {
    /// Say nothing of what these lints find, separated by commas; `all` stands for every lint.
    #[arg(long, value_delimiter = ',', value_name = "LINT")]
    pub(crate) allow: Vec<LintName>,
    /// Warn of what these lints find.
    #[arg(long, value_delimiter = ',', value_name = "LINT")]
    pub(crate) warn: Vec<LintName>,
    /// Take what these lints find for errors.
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
    /// Packages: directories with `*.wit` files and `deps/`, or single files.
    #[arg(required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// Apply the suggestions to the files, but to none in a folder `deps`, and report what is left.
    #[arg(long)]
    pub(crate) fix: bool,
    #[command(flatten)]
    pub(crate) gates: Gates,
    #[command(flatten)]
    pub(crate) lints: LintArgs,
}

#[derive(Debug, Args)]
pub(crate) struct FmtArgs {
    /// Write nothing; show as a diff what would change, and fail if anything would.
    #[arg(long)]
    pub(crate) check: bool,
    /// Files; directories with `*.wit` files at any depth, but not in `deps`, `target` and hidden directories; `-` for
    /// standard input. Without any, the current directory.
    pub(crate) paths: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// The code, such as `E0101`.
    pub(crate) code: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct BindgenArgs {
    /// Which side the bindings are for.
    #[arg(value_enum)]
    pub(crate) side: Side,
    /// The package that has the world: a directory or a file.
    pub(crate) path: PathBuf,
    /// The world: `name` or `ns:package/name@version`; may be left out when there is only one.
    #[arg(short, long)]
    pub(crate) world: Option<String>,
    /// Where the code goes; without it, to standard output.
    #[arg(short, long)]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) gates: Gates,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Side {
    /// For the component itself: what `witwright::generate!` expands to.
    Guest,
    /// For the program that runs it: what `witwright::host!` expands to.
    Host,
}

#[derive(Debug, Args)]
pub(crate) struct ComponentizeArgs {
    /// The core module.
    pub(crate) module: PathBuf,
    /// The package with the world, for a module that was built without witwright's or another tool's bindings.
    #[arg(long)]
    pub(crate) wit: Option<PathBuf>,
    /// The world, with `--wit`; may be left out when there is only one.
    #[arg(short, long, requires = "wit")]
    pub(crate) world: Option<String>,
    /// An adapter module, such as the one from WASI 0.1 to WASI 0.2: `name=file`, or a file named after its module.
    #[arg(long, value_name = "[NAME=]FILE")]
    pub(crate) adapt: Vec<String>,
    /// Where the component goes.
    #[arg(short, long)]
    pub(crate) output: PathBuf,
    #[command(flatten)]
    pub(crate) gates: Gates,
}

#[derive(Debug, Args)]
pub(crate) struct ComposeArgs {
    /// The component that the others are plugged into; what it exports, the result exports.
    pub(crate) socket: PathBuf,
    /// Components whose exports stand for imports of the components before them, also in another compatible version. What
    /// none of them exports, the result imports.
    #[arg(required = true)]
    pub(crate) plugs: Vec<PathBuf>,
    /// Where the component goes.
    #[arg(short, long)]
    pub(crate) output: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct WitArgs {
    /// A package: a directory or a `.wit` file; or a binary: a component, a core module with bindings, a WIT package.
    pub(crate) path: PathBuf,
    #[command(flatten)]
    pub(crate) turn: TurnArgs,
    /// Leave of the world's imports only the latest of compatible versions, as linkers do.
    #[arg(long)]
    pub(crate) merge_versions: bool,
    /// The world that this is done to: `name` or `ns:package/name@version`; may be left out when there is only one.
    #[arg(short, long)]
    pub(crate) world: Option<String>,
    /// Where it goes; without it, to standard output. With `.wasm` at the end it is the package in binary form.
    #[arg(short, long, conflicts_with = "out_dir")]
    pub(crate) output: Option<PathBuf>,
    /// A folder for the package, with those that it refers to in `deps`.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out_dir: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) gates: Gates,
}

/// A world turned around.
#[derive(Debug, Args)]
#[group(multiple = false)]
pub(crate) struct TurnArgs {
    /// Make the world's exports its imports: the world of those who use its components.
    #[arg(long)]
    pub(crate) importize: bool,
    /// Make the world's imports its exports: the world of those who implement them.
    #[arg(long)]
    pub(crate) exportize: bool,
}

#[derive(Debug, Args)]
pub(crate) struct TargetsArgs {
    /// The component.
    pub(crate) component: PathBuf,
    /// The world: `name` or `ns:package/name@version`; may be left out when there is only one.
    pub(crate) world: Option<String>,
    /// The package that has the world: a directory or a file.
    #[arg(long, default_value = "wit")]
    pub(crate) wit: PathBuf,
    /// Let only the same version of an interface fit, not a compatible one, as hosts do.
    #[arg(long)]
    pub(crate) exact_versions: bool,
    #[command(flatten)]
    pub(crate) gates: Gates,
}

#[derive(Debug, Args)]
pub(crate) struct RunArgs {
    /// The component.
    pub(crate) component: PathBuf,
    /// The call, in WAVE: `func(1, "text", {field: true})`, or `ns:package/interface#func(…)`.
    #[arg(long, value_name = "CALL")]
    pub(crate) invoke: String,
    /// What runs the component.
    #[arg(long, value_enum, default_value_t = Engine::Wasmi)]
    pub(crate) engine: Engine,
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
    /// Memory that an instance may have, with the instances that it imports: bytes, or a number with KiB, MiB or GiB.
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
    /// An interpreter: small, starts at once.
    Wasmi,
    /// A compiler: fast.
    Wasmtime,
}
