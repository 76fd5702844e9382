//! The names of the lints, their levels, and the recommended levels.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use core::fmt;
use core::str::FromStr;

use witwright_front::similar::closest;

/// A lint.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[non_exhaustive]
pub enum Lint {
    /// An item uses a `@deprecated` one.
    Deprecated,
    /// An item in a gated one has a weaker gate.
    GateContainment,
    /// An item refers to a gated one and has a weaker gate.
    GateReference,
    /// A package has gates but no version.
    GateVersion,
    /// An item has no documentation.
    MissingDocs,
    /// An item of a package with a version has no gate.
    MissingSince,
    /// A name breaks WIT's conventions.
    Naming,
    /// A type that no item refers to.
    UnusedType,
    /// A `use` brings in a name that no item refers to.
    UnusedUse,
}

/// The level of a lint.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Level {
    /// The lint does not report.
    Allow,
    /// The lint reports warnings.
    Warn,
    /// The lint reports errors.
    Deny,
}

impl Lint {
    /// Every lint, in the order of names.
    pub const ALL: [Lint; 9] = [
        Lint::Deprecated,
        Lint::GateContainment,
        Lint::GateReference,
        Lint::GateVersion,
        Lint::MissingDocs,
        Lint::MissingSince,
        Lint::Naming,
        Lint::UnusedType,
        Lint::UnusedUse,
    ];

    /// Its name on command lines and in manifests.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Lint::Deprecated => "deprecated",
            Lint::GateContainment => "gate-containment",
            Lint::GateReference => "gate-reference",
            Lint::GateVersion => "gate-version",
            Lint::MissingDocs => "missing-docs",
            Lint::MissingSince => "missing-since",
            Lint::Naming => "naming",
            Lint::UnusedType => "unused-type",
            Lint::UnusedUse => "unused-use",
        }
    }

    /// Its recommended level, judged by 104 packages of WASI and Spin with all lints on. `missing-docs` fires in 103
    /// and `missing-since` in 63 of them, so that both are allowed; `unused-type` cannot see the packages that depend
    /// on one. The others fire, and rightly, in 22 (`gate-containment`, an error in the specification), 7 (`unused-use`), 4
    /// (`deprecated`, `gate-reference`), 1 and 1.
    #[must_use]
    pub const fn recommended(self) -> Level {
        match self {
            Lint::Deprecated
            | Lint::GateContainment
            | Lint::GateReference
            | Lint::GateVersion
            | Lint::Naming
            | Lint::UnusedUse => Level::Warn,
            Lint::MissingDocs | Lint::MissingSince | Lint::UnusedType => Level::Allow,
        }
    }

    /// One paragraph: what it reports, why that matters, and what to do.
    #[must_use]
    pub const fn explanation(self) -> &'static str {
        match self {
            Lint::Deprecated => {
                "An item uses one that is `@deprecated` in the current version and may be removed in the next major version. Use \
                 the replacement that its documentation names. Deprecated items may use it."
            }
            Lint::GateContainment => {
                "An item is in a gated one, and has no gate or a weaker one. `WIT.md` requires it to be compatibly gated: it cannot \
                 exist before the item around it. Add the gate of the outer item, or a later `@since`."
            }
            Lint::GateReference => {
                "An item refers to a gated one, and has no gate or a weaker one. `WIT.md` requires it to be compatibly gated: as of \
                 an earlier version, or without the feature, the other item would be missing. Add the gate of the \
                 other item. Of the gates in other packages, only `@unstable` counts; versions of other packages are not \
                 compared."
            }
            Lint::GateVersion => {
                "A package has a gate but no version, which `WIT.md` forbids. Without a version, `@since` is an error. `@unstable` is \
                 only reported here: it is common in unpublished packages, and the reference implementation accepts it. Add a \
                 version to the package's name."
            }
            Lint::MissingDocs => {
                "A package, interface, world, type, function, field, case or flag has no documentation."
            }
            Lint::MissingSince => {
                "An item of a package with a version has neither `@since` nor `@unstable`, so a target version cannot leave it \
                 out."
            }
            Lint::Naming => {
                "A name breaks WIT's conventions: it is all in upper case without being an acronym, or it repeats the name of its \
                 type or resource, as in `color.color-red`. Bindings join the two names anyway."
            }
            Lint::UnusedType => {
                "No function, no other type and no `use` refers to a type. In a published package it may be intended for others."
            }
            Lint::UnusedUse => {
                "No item refers to a name that a `use` brings in. In a world, such a `use` still makes its interface an import."
            }
        }
    }
}

impl Level {
    /// Its name on command lines and in manifests.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Level::Allow => "allow",
            Level::Warn => "warn",
            Level::Deny => "deny",
        }
    }
}

/// The levels of the lints. The default allows all.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Lints {
    levels: BTreeMap<Lint, Level>,
}

impl Lints {
    /// Every lint at its recommended level.
    #[must_use]
    pub fn recommended() -> Lints {
        Lints { levels: Lint::ALL.iter().map(|lint| (*lint, lint.recommended())).collect() }
    }

    /// Sets the level of a lint.
    pub fn set(&mut self, lint: Lint, level: Level) {
        self.levels.insert(lint, level);
    }

    /// The level of a lint.
    #[must_use]
    pub fn level(&self, lint: Lint) -> Level {
        self.levels.get(&lint).copied().unwrap_or(Level::Allow)
    }

    pub(crate) fn allow_all(&self) -> bool {
        self.levels.values().all(|level| *level == Level::Allow)
    }
}

impl fmt::Display for Lint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Lint {
    type Err = UnknownLint;

    fn from_str(name: &str) -> Result<Lint, UnknownLint> {
        let lint = Lint::ALL.into_iter().find(|lint| lint.name() == name);
        lint.ok_or_else(|| UnknownLint { name: name.to_string() })
    }
}

/// No lint has this name.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct UnknownLint {
    name: String,
}

impl fmt::Display for UnknownLint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no lint `{}`", self.name)?;
        match closest(&self.name, Lint::ALL.iter().map(|lint| lint.name())) {
            Some(nearest) => write!(f, "; did you mean `{nearest}`?"),
            None => {
                let names = Lint::ALL.map(Lint::name);
                write!(f, "; the lints are {}", names.join(", "))
            }
        }
    }
}

impl core::error::Error for UnknownLint {}
