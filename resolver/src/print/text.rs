//! Lines, indentation, blank lines, and the spelling of names and strings (`WIT.md#lexical-structure`).

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use semver::Version;

use crate::model::{Gate, Stability};

/// The text so far.
#[derive(Default)]
pub(super) struct Text {
    out: String,
    /// The version of the package that is being written.
    version: Option<Version>,
    /// The latest item of each open block, the outermost first.
    latest: Vec<Option<Latest>>,
    /// The latest item outside of all blocks.
    outermost: Option<Latest>,
}

#[derive(Clone, Copy)]
struct Latest {
    kind: Kind,
    large: bool,
}

/// Kinds of items; a blank line sets neighbours of different kinds apart.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Package,
    Interface,
    World,
    Use,
    Import,
    Export,
    Type,
    Func,
    /// A field, case or flag; no blank lines between these.
    Part,
}

/// The lines before an item: documentation, gate and external id.
#[derive(Clone, Copy, Default)]
pub(super) struct Head<'a> {
    pub(super) docs: Option<&'a str>,
    pub(super) gate: Option<&'a Gate>,
    pub(super) external_id: Option<&'a str>,
}

impl Text {
    pub(super) fn finish(self) -> String {
        self.out
    }

    /// Sets the version of the package of the following items.
    pub(super) fn enter(&mut self, version: Option<&Version>) {
        self.version = version.cloned();
    }

    /// Adds an item of one line.
    pub(super) fn item(&mut self, kind: Kind, head: Head<'_>, line: &str) {
        self.begin(kind, &head, false);
        self.line(line);
    }

    /// Opens a block.
    pub(super) fn block(&mut self, kind: Kind, head: Head<'_>, line: &str) {
        self.begin(kind, &head, true);
        self.line(&format!("{line} {{"));
        self.latest.push(None);
    }

    /// Closes a block; an empty one on the line that opens it.
    pub(super) fn end(&mut self) {
        if let Some(None) = self.latest.pop() {
            self.out.truncate(self.out.trim_end().len());
            self.out.push_str("}\n");
        } else {
            self.line("}");
        }
    }

    /// Adds the lines before an item, and a blank line between two large items or items of different kinds.
    fn begin(&mut self, kind: Kind, head: &Head<'_>, block: bool) {
        let head = head_lines(head, self.version.as_ref());
        let now = Latest { kind, large: block || !head.is_empty() };
        let latest = self.latest.last_mut().unwrap_or(&mut self.outermost).replace(now);
        if kind != Kind::Part && latest.is_some_and(|latest| latest.kind != kind || latest.large || now.large) {
            self.out.push('\n');
        }
        for line in head {
            self.line(&line);
        }
    }

    fn line(&mut self, line: &str) {
        for _ in 0..self.latest.len() {
            self.out.push_str("  ");
        }
        self.out.push_str(line);
        self.out.push('\n');
    }
}

fn head_lines(head: &Head<'_>, package: Option<&Version>) -> Vec<String> {
    let docs = head.docs.iter().flat_map(|docs| docs.split('\n'));
    let docs = docs.map(|line| if line.is_empty() { "///".to_string() } else { format!("/// {line}") });
    docs.chain(attributes(head.gate, head.external_id, package)).collect()
}

/// The attributes before an item of a package of this version, one a line. A gate of a later version is another package's,
/// from which a world includes the item, and cannot be stated.
#[must_use]
pub fn attributes(gate: Option<&Gate>, external_id: Option<&str>, package: Option<&Version>) -> Vec<String> {
    let mut lines = Vec::new();
    let is_foreign = |gate: &Gate| match &gate.stability {
        Some(Stability::Since(since)) => package.is_none_or(|version| since > version),
        Some(Stability::Unstable(_)) | None => false,
    };
    if let Some(gate) = gate.filter(|gate| !is_foreign(gate)) {
        match &gate.stability {
            Some(Stability::Since(version)) => lines.push(format!("@since(version = {version})")),
            Some(Stability::Unstable(feature)) => lines.push(format!("@unstable(feature = {})", escaped(feature))),
            None => {}
        }
        if let Some(version) = &gate.deprecated {
            lines.push(format!("@deprecated(version = {version})"));
        }
    }
    if let Some(id) = external_id {
        lines.push(format!("@external-id({})", string_literal(id)));
    }
    lines
}

/// Whether a name is written with `%` before it. `error-context` is not a keyword, but as a type it means the gated type, and
/// other tools reserve it.
#[must_use]
pub fn is_escaped(name: &str) -> bool {
    witwright_front::lexer::is_keyword(name) || name == "error-context"
}

/// A name as it is written.
pub(super) fn escaped(name: &str) -> String {
    if is_escaped(name) { format!("%{name}") } else { name.to_string() }
}

/// Names joined with `:` or `/`, as in packages with nested namespaces.
pub(super) fn path(names: &str) -> String {
    names
        .split_inclusive([':', '/'])
        .map(|name| {
            let end = name.trim_end_matches([':', '/']).len();
            format!("{}{}", escaped(&name[..end]), &name[end..])
        })
        .collect()
}

/// A `string-literal`.
fn string_literal(text: &str) -> String {
    let mut literal = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            c if c.is_control() => literal.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            c => literal.push(c),
        }
    }
    literal.push('"');
    literal
}
