//! Where links lead on this site, and how far a job has come.

/// What the site does with a link.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Decision {
    Keep,
    Rewrite(String),
    Unlink,
}

/// Decides about a link: files of this repository become pages, pages of other sites stay, links to nowhere go.
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

/// What the component asked and told.
#[derive(Clone, Debug, Default)]
pub(crate) struct Site {
    /// Links asked about.
    pub(crate) resolved: u32,
    /// Links that lead elsewhere now.
    pub(crate) rewritten: u32,
    /// Links of which only the text remains.
    pub(crate) removed: u32,
    /// Reports of progress.
    pub(crate) reported: u32,
}
