//! Links from the documentation of generated items to the places in WIT where they are declared.

use core::fmt::Write;

use witwright_front::{SourceMap, Span};
use witwright_resolver::{Disk, Model};

/// The name of WIT that is given as text, in diagnostics.
pub const INLINE: &str = "<inline>";

/// Adds a link to the documentation of every item.
pub(crate) fn add(model: &mut Model, sources: &SourceMap) {
    model.edit_docs(|docs, span| {
        let docs = docs.get_or_insert_default();
        if !docs.is_empty() {
            docs.push_str("\n\n");
        }
        docs.push_str(&link(sources, span));
    });
}

/// ``[`wit/shop.wit:12`](file:///projects/shop/wit/shop.wit#L12)``
fn link(sources: &SourceMap, span: Span) -> String {
    let name = &sources.file(span.file).name;
    let (line, _) = sources.line_column(span);
    // A text that is no file has a name in angle brackets, as [`INLINE`].
    if name.starts_with('<') {
        return format!("Line {line} of the inline WIT");
    }
    format!("[`{name}:{line}`]({}#L{line})", url(&Disk.absolute(name).to_string_lossy()))
}

/// The URL of an absolute path.
fn url(path: &str) -> String {
    let mut url = "file://".to_owned();
    if !path.starts_with('/') {
        url.push('/');
    }
    for byte in path.bytes() {
        match byte {
            b'\\' => url.push('/'),
            b'/' | b':' | b'.' | b'-' | b'_' | b'~' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => url.push(byte.into()),
            _ => write!(url, "%{byte:02X}").unwrap_or_else(|_| unreachable!("a `String` takes every text")),
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::url;

    #[test]
    fn paths_are_urls() {
        assert_eq!(url("/projects/a b/é.wit"), "file:///projects/a%20b/%C3%A9.wit");
        assert_eq!(url(r"C:\shop\wit"), "file:///C:/shop/wit");
    }
}
