//! The levels of lints: the recommended ones, then those of the manifest `witwright.toml`, then those of the command line.
//!
//! A manifest is the nearest one in the folder that holds the packages' folder or file, or above. It has one table:
//!
//! ```toml
//! [lints]
//! all = "warn"
//! missing-docs = "deny"
//! ```

use core::str::FromStr;
use std::fs;
use std::path::{Path, PathBuf};

use toml::{Table, Value};
use witwright_resolver::lints::{Level, Lint, Lints, UnknownLint};

use crate::failure::Failure;

/// The name of manifests.
const MANIFEST: &str = "witwright.toml";

/// A lint, or all of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum LintName {
    /// `all`
    All,
    /// A lint's name.
    One(Lint),
}

impl FromStr for LintName {
    type Err = UnknownLint;

    fn from_str(name: &str) -> Result<LintName, UnknownLint> {
        if name == "all" { Ok(LintName::All) } else { name.parse().map(LintName::One) }
    }
}

/// The levels of the lints for a package.
///
/// `chosen` are the levels of the command line.
pub(crate) fn levels(package: &Path, chosen: &[(LintName, Level)]) -> Result<Lints, Failure> {
    let mut lints = Lints::recommended();
    if let Some((path, text)) = manifest(package)? {
        set(&mut lints, &parse(&text).map_err(|reason| Failure::Manifest(path, reason))?);
    }
    set(&mut lints, chosen);
    Ok(lints)
}

/// Sets levels: first that of `all`, then those of lints; the stricter one last.
fn set(lints: &mut Lints, chosen: &[(LintName, Level)]) {
    let mut chosen = chosen.to_vec();
    chosen.sort_by_key(|(name, level)| (*name != LintName::All, *level));
    for (name, level) in chosen {
        match name {
            LintName::All => Lint::ALL.into_iter().for_each(|lint| lints.set(lint, level)),
            LintName::One(lint) => lints.set(lint, level),
        }
    }
}

/// The nearest manifest beside a package or above, with its text.
fn manifest(package: &Path) -> Result<Option<(PathBuf, String)>, Failure> {
    // A missing package is reported when it is read.
    let Ok(package) = package.canonicalize() else { return Ok(None) };
    let Some(path) = package.ancestors().skip(1).map(|folder| folder.join(MANIFEST)).find(|path| path.is_file()) else {
        return Ok(None);
    };
    let text = fs::read_to_string(&path).map_err(Failure::read(&path))?;
    Ok(Some((path, text)))
}

/// The levels that a manifest states.
fn parse(text: &str) -> Result<Vec<(LintName, Level)>, String> {
    let table: Table = text.parse().map_err(|error: toml::de::Error| error.to_string().trim_end().to_owned())?;
    let mut chosen = Vec::new();
    for (key, value) in &table {
        let Value::Table(lints) = value else { return Err(unknown_key(key)) };
        if key != "lints" {
            return Err(unknown_key(key));
        }
        for (name, level) in lints {
            let lint = name.parse().map_err(|error: UnknownLint| error.to_string())?;
            let level = self::level(level).ok_or_else(|| bad_level(name))?;
            chosen.push((lint, level));
        }
    }
    Ok(chosen)
}

fn unknown_key(key: &str) -> String {
    format!("`{key}` is not known here; there is the table `[lints]`")
}

fn bad_level(name: &str) -> String {
    format!("the level of `{name}` is \"allow\", \"warn\" or \"deny\"")
}

fn level(value: &Value) -> Option<Level> {
    let name = value.as_str()?;
    [Level::Allow, Level::Warn, Level::Deny].into_iter().find(|level| level.name() == name)
}
