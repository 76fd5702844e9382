//! The gated parts of the language (`Explainer.md#gated-features`), each with a name.

/// A part of the language that is not released yet.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum LanguageFeature {
    /// `list<T, N>` (🔧).
    FixedLengthLists,
    /// Nested namespaces and packages: `a:b:c/d` (🪺).
    NestedPackages,
    /// Getters and setters: `name: get() -> T` (📡).
    Accessors,
    /// The type `error-context` (📝).
    ErrorContext,
}

impl LanguageFeature {
    /// Every feature, in the order of declaration.
    pub const ALL: [LanguageFeature; 4] = [
        LanguageFeature::FixedLengthLists,
        LanguageFeature::NestedPackages,
        LanguageFeature::Accessors,
        LanguageFeature::ErrorContext,
    ];

    /// The name by which users enable it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            LanguageFeature::FixedLengthLists => "fixed-length-lists",
            LanguageFeature::NestedPackages => "nested-packages",
            LanguageFeature::Accessors => "accessors",
            LanguageFeature::ErrorContext => "error-context",
        }
    }

    /// The feature with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<LanguageFeature> {
        LanguageFeature::ALL.into_iter().find(|feature| feature.name() == name)
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// A set of language features; empty by default.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct LanguageFeatures {
    bits: u8,
}

impl LanguageFeatures {
    /// The features that other tools enable by default.
    #[must_use]
    pub fn active() -> LanguageFeatures {
        LanguageFeature::ALL.into_iter().fold(LanguageFeatures::default(), LanguageFeatures::with)
    }

    /// This set, with one more feature.
    #[must_use]
    pub const fn with(self, feature: LanguageFeature) -> LanguageFeatures {
        LanguageFeatures { bits: self.bits | feature.bit() }
    }

    /// Whether the feature is enabled.
    #[must_use]
    pub const fn contains(self, feature: LanguageFeature) -> bool {
        self.bits & feature.bit() != 0
    }
}
