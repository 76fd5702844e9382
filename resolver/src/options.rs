//! What a resolution may be told (`WIT.md#feature-gates`).

use alloc::collections::BTreeSet;
use alloc::string::String;

use witwright_front::LanguageFeatures;

/// What [`resolve`](crate::resolve) is told beside its sources.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The features whose `@unstable` items are there.
    pub features: BTreeSet<String>,
    /// Whether every `@unstable` item is there.
    pub all_features: bool,
    /// The gated parts of the language that are understood.
    pub language: LanguageFeatures,
}

impl Options {
    /// Whether the `@unstable` items of a feature are there.
    #[must_use]
    pub fn enables(&self, feature: &str) -> bool {
        self.all_features || self.features.contains(feature)
    }
}
