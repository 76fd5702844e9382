//! Diagnostics as a SARIF 2.1.0 log, for code scanning.

use std::collections::BTreeSet;

use serde_json::json;
use serde_sarif::sarif::{
    ArtifactChange, ArtifactContent, ArtifactLocation, Fix, Location, Message, MultiformatMessageString,
    PhysicalLocation, Region, Replacement, ReportingDescriptor, Result as Finding, ResultLevel, Run, SCHEMA_URL, Sarif,
    Tool, ToolComponent,
};
use witwright_front::diagnostic::{Edit, Label, Suggestion};
use witwright_front::{Diagnostic, Severity, SourceMap, Span};
use witwright_resolver::Resolution;

use crate::codes;

/// The log of a run over some packages, as JSON.
pub(crate) fn log(resolutions: &[Resolution]) -> String {
    let mut findings = Vec::new();
    let mut reported = BTreeSet::new();
    for resolution in resolutions {
        reported.extend(resolution.diagnostics.iter().map(|diagnostic| diagnostic.code.0));
        let sources = &resolution.sources;
        findings.extend(resolution.diagnostics.iter().map(|diagnostic| finding(sources, diagnostic)));
    }
    let rules: Vec<ReportingDescriptor> = reported.into_iter().map(rule).collect();
    let driver = ToolComponent::builder().name("witwright").version(env!("CARGO_PKG_VERSION")).rules(rules).build();
    let run = Run::builder()
        .tool(Tool::builder().driver(driver).build())
        .column_kind(json!("unicodeCodePoints"))
        .results(findings)
        .build();
    let log = Sarif::builder().schema(SCHEMA_URL).version(json!("2.1.0")).runs(vec![run]).build();
    json!(log).to_string()
}

/// The meaning of a code.
fn rule(code: &'static str) -> ReportingDescriptor {
    let Some(entry) = codes::find(code).pop() else { return ReportingDescriptor::builder().id(code).build() };
    ReportingDescriptor::builder()
        .id(code)
        .short_description(text(entry.title))
        .full_description(text(entry.explanation))
        .build()
}

fn text(text: &str) -> MultiformatMessageString {
    MultiformatMessageString::builder().text(text).build()
}

/// A diagnostic: the primary label is the location, the others are related ones; notes and help follow the message.
fn finding(sources: &SourceMap, diagnostic: &Diagnostic) -> Finding {
    let level = match diagnostic.severity {
        Severity::Error => ResultLevel::Error,
        Severity::Warning => ResultLevel::Warning,
    };
    let mut message = diagnostic.message.clone();
    for note in &diagnostic.notes {
        message += &format!("\nnote: {note}");
    }
    if let Some(help) = &diagnostic.help {
        message += &format!("\nhelp: {help}");
    }
    let locations: Vec<Location> = diagnostic.labels.iter().take(1).map(|label| location(sources, label)).collect();
    let related: Vec<Location> = diagnostic.labels.iter().skip(1).map(|label| location(sources, label)).collect();
    let fixes: Vec<Fix> = diagnostic.suggestions.iter().map(|suggestion| fix(sources, suggestion)).collect();
    let finding = Finding::builder()
        .rule_id(diagnostic.code.0)
        .level(level)
        .message(Message::builder().text(message).build())
        .locations(locations);
    match (related.is_empty(), fixes.is_empty()) {
        (true, true) => finding.build(),
        (true, false) => finding.fixes(fixes).build(),
        (false, true) => finding.related_locations(related).build(),
        (false, false) => finding.related_locations(related).fixes(fixes).build(),
    }
}

fn location(sources: &SourceMap, label: &Label) -> Location {
    let place = PhysicalLocation::builder()
        .artifact_location(artifact(sources, label.span))
        .region(region(sources, label.span))
        .build();
    Location::builder()
        .physical_location(place)
        .message(Message::builder().text(label.message.as_ref()).build())
        .build()
}

/// Paths are URIs relative to the current directory, so blanks and the like are escaped.
fn artifact(sources: &SourceMap, span: Span) -> ArtifactLocation {
    let mut uri = String::new();
    for byte in sources.file(span.file).name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' | b'@' | b'+' | b':' => {
                uri.push(char::from(byte));
            }
            _ => uri += &format!("%{byte:02X}"),
        }
    }
    ArtifactLocation::builder().uri(uri).build()
}

fn region(sources: &SourceMap, span: Span) -> Region {
    let (line, column) = sources.line_column(span);
    let (end_line, end_column) = sources.line_column(span.after());
    Region::builder()
        .start_line(number(line))
        .start_column(number(column))
        .end_line(number(end_line))
        .end_column(number(end_column))
        .build()
}

/// Texts are at most 64 MiB long.
fn number(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn fix(sources: &SourceMap, suggestion: &Suggestion) -> Fix {
    let changes: Vec<ArtifactChange> =
        suggestion.edits.first().map(|first| change(sources, first, suggestion)).into_iter().collect();
    Fix::builder().artifact_changes(changes).build()
}

/// The edits of a suggestion lie in one file.
fn change(sources: &SourceMap, first: &Edit, suggestion: &Suggestion) -> ArtifactChange {
    let replacement = |edit: &Edit| {
        Replacement::builder()
            .deleted_region(region(sources, edit.span))
            .inserted_content(ArtifactContent::builder().text(edit.replacement.as_str()).build())
            .build()
    };
    let replacements: Vec<Replacement> = suggestion.edits.iter().map(replacement).collect();
    ArtifactChange::builder().artifact_location(artifact(sources, first.span)).replacements(replacements).build()
}
