//! Uses of `@deprecated` items (`WIT.md#feature-gates`).

use super::mentions::Mention;
use super::{Lint, Linter};
use crate::errors::lints as errors;

pub(super) fn check(cx: &mut Linter<'_>, mentions: &[Mention<'_>]) {
    for mention in mentions {
        let to = mention.to.facts(cx.model);
        let Some(deprecated) = &to.gate.deprecated else { continue };
        let version = to.package.and_then(|package| cx.model.packages[package].name.version.as_ref());
        // A deprecation announced for a later version does not hold yet.
        let is_announced = version.is_some_and(|version| deprecated > version);
        let is_deprecated_too = [mention.from.gate, mention.from.outer].iter().any(|gate| gate.deprecated.is_some());
        if is_announced || is_deprecated_too {
            continue;
        }
        let replacement = to.docs.and_then(replacement);
        let diagnostic = errors::deprecated(mention.span, to.name, deprecated, to.span, replacement);
        cx.report(Lint::Deprecated, diagnostic);
    }
}

/// The sentence in documentation that names the replacement.
fn replacement(docs: &str) -> Option<&str> {
    const SIGNS: [&str; 6] = ["instead", "replaced by", "superseded by", "in favor of", "in favour of", "prefer "];
    let says_so = |sentence: &&str| {
        let lower = sentence.to_ascii_lowercase();
        SIGNS.iter().any(|sign| lower.contains(sign)) || lower.trim_start().starts_with("use ")
    };
    docs.lines().flat_map(|line| line.split(". ")).find(says_so).map(|sentence| sentence.trim().trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::replacement;

    #[test]
    fn the_sentence_that_names_a_replacement_is_found() {
        assert_eq!(replacement("Opens it.\n\nUse `open-at` instead. It is safe."), Some("Use `open-at` instead"));
        assert_eq!(replacement("Superseded by [`b`]."), Some("Superseded by [`b`]"));
        assert_eq!(replacement("Opens it."), None);
    }
}
