//! The options of a resolution (`WIT.md#feature-gates`).

mod lints;

use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};
use core::fmt;
use core::str::FromStr;

use semver::Version;
use witwright_front::LanguageFeatures;

use crate::model::PackageName;
pub use lints::{Level, Lint, Lints, UnknownLint};

/// The options of [`resolve`](crate::resolve).
///
/// ```
/// use witwright_resolver::{LanguageFeatures, Options};
///
/// let options = Options::default().with_feature("sockets").with_language(LanguageFeatures::active());
/// assert!(options.enables("sockets"));
/// ```
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// The features whose `@unstable` items are enabled.
    pub features: BTreeSet<String>,
    /// Whether every `@unstable` item is enabled.
    pub all_features: bool,
    /// Packages to treat as an earlier version: their items `@since` a later one are left out.
    pub target_versions: BTreeSet<TargetVersion>,
    /// Whether a reference to a missing version may resolve to a later compatible one.
    pub compatible_versions: bool,
    /// The levels of the lints. By default all are allowed.
    pub lints: Lints,
    /// The gated parts of the language that are enabled.
    pub language: LanguageFeatures,
}

impl Options {
    /// Enables the `@unstable` items of a feature.
    #[must_use]
    pub fn with_feature(mut self, name: impl Into<String>) -> Options {
        self.features.insert(name.into());
        self
    }

    /// Enables every `@unstable` item.
    #[must_use]
    pub fn with_all_features(mut self) -> Options {
        self.all_features = true;
        self
    }

    /// Treats a package as an earlier version of it.
    #[must_use]
    pub fn with_target_version(mut self, target: TargetVersion) -> Options {
        self.target_versions.insert(target);
        self
    }

    /// Lets a reference to a missing version resolve to a later compatible one.
    #[must_use]
    pub fn with_compatible_versions(mut self) -> Options {
        self.compatible_versions = true;
        self
    }

    /// Sets the levels of the lints.
    #[must_use]
    pub fn with_lints(mut self, lints: Lints) -> Options {
        self.lints = lints;
        self
    }

    /// Enables gated parts of the language.
    #[must_use]
    pub fn with_language(mut self, language: LanguageFeatures) -> Options {
        self.language = language;
        self
    }

    /// Whether the `@unstable` items of a feature are enabled.
    #[must_use]
    pub fn enables(&self, feature: &str) -> bool {
        self.all_features || self.features.contains(feature)
    }
}

/// A package and the version to treat it as, `ns:name@version` (`WIT.md#package-format`, target version).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct TargetVersion {
    /// `wasi` in `wasi:io@0.2.1`.
    pub namespace: String,
    /// `io` in `wasi:io@0.2.1`.
    pub name: String,
    /// `0.2.1` in `wasi:io@0.2.1`.
    pub version: Version,
}

impl TargetVersion {
    /// Whether a package has this name, in any version.
    pub(crate) fn is_for(&self, package: &PackageName) -> bool {
        self.namespace == package.namespace && self.name == package.name
    }
}

impl fmt::Display for TargetVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}@{}", self.namespace, self.name, self.version)
    }
}

impl FromStr for TargetVersion {
    type Err = TargetVersionError;

    fn from_str(text: &str) -> Result<TargetVersion, TargetVersionError> {
        let (package, version) = text.split_once('@').ok_or(TargetVersionError::Form)?;
        let (namespace, name) = package.rsplit_once(':').ok_or(TargetVersionError::Form)?;
        if namespace.is_empty() || name.is_empty() {
            return Err(TargetVersionError::Form);
        }
        let version = Version::parse(version).map_err(|_| TargetVersionError::Version)?;
        Ok(TargetVersion { namespace: namespace.to_string(), name: name.to_string(), version })
    }
}

/// The reason why a text is not a [`TargetVersion`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum TargetVersionError {
    /// It does not have the form `ns:name@version`.
    Form,
    /// The text after the `@` is not a version.
    Version,
}

impl fmt::Display for TargetVersionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TargetVersionError::Form => "a target version has the form `ns:name@version`, such as `wasi:io@0.2.1`",
            TargetVersionError::Version => "a version has three numbers, as in `0.2.1`",
        })
    }
}

impl core::error::Error for TargetVersionError {}
