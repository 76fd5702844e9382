//! Commands about WIT: `check`, `fmt`, `explain`, `wit`, `targets`; and the options that others of them share.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use witwright_front::{LanguageFeature, LanguageFeatures};
use witwright_resolver::TargetVersion;
use witwright_resolver::lints::Level;

use crate::lints::LintName;

/// The gated items that are enabled.
#[derive(Debug, Args)]
pub(crate) struct Gates {
    /// Enable the `@unstable` items of these features, separated by commas.
    #[arg(long, value_delimiter = ',')]
    pub(crate) features: Vec<String>,
    /// Enable all `@unstable` items.
    #[arg(long)]
    pub(crate) all_features: bool,
    /// Enable parts of WIT that are not released yet, separated by commas. Commands that write Rust enable all of them.
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
    /// Files, directories, or `-` for standard input, whose text is printed; by default the current directory. In a directory,
    /// all `*.wit` files at any depth are formatted, except those in `deps`, `target` and hidden directories.
    pub(crate) paths: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// The code, such as `E0101`.
    pub(crate) code: Option<String>,
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
    /// The world, as the other commands name it.
    #[arg(short = 'w', long = "world", value_name = "WORLD", conflicts_with = "world", hide = true)]
    pub(crate) named_world: Option<String>,
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
