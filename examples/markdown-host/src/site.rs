//! The rules for links on this site, and a count of what the component called.

/// The decision about a link.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Decision {
    Keep,
    Rewrite(String),
    Unlink,
}

/// Decides about a link: links to files of this repository lead to pages, links to other sites stay, empty links are removed.
pub(crate) fn decide(href: &str) -> Decision {
    if href.is_empty() {
        Decision::Unlink
    } else if href.contains("://") || href.starts_with('#') {
        Decision::Keep
    } else if let Some(page) = href.strip_suffix(".md") {
        Decision::Rewrite(format!("/pages/{}.html", page.to_lowercase()))
    } else {
        Decision::Rewrite(format!("/files/{href}"))
    }
}

/// Counts of the calls that the component made.
#[derive(Clone, Debug, Default)]
pub(crate) struct Site {
    /// Links that the component asked about.
    pub(crate) resolved: u32,
    /// Links with a new target.
    pub(crate) rewritten: u32,
    /// Links that were reduced to their text.
    pub(crate) removed: u32,
    /// Reports of progress.
    pub(crate) reported: u32,
}
