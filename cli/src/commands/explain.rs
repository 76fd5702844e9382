//! `witwright explain`

use serde_json::json;
use witwright_front::similar;
use witwright_resolver::lints::Lint;

use crate::args::{ExplainArgs, Format};
use crate::codes::{self, Entry};
use crate::failure::Failure;
use crate::report;

pub(crate) fn run(args: &ExplainArgs, format: Format) -> Result<(), Failure> {
    let Some(name) = &args.code else {
        for entry in codes::entries() {
            report::output(&match format {
                Format::Json => json(&entry),
                Format::Text | Format::Sarif => format!("{}  {}", entry.code, entry.title),
            })?;
        }
        return Ok(());
    };
    let found = codes::find(name);
    if found.is_empty() {
        let names = || codes::entries().map(|entry| entry.code).chain(Lint::ALL.map(Lint::name));
        // A number may be written without the letter and the zeros of its code.
        let number = |code: &'static str| code.trim_start_matches(['E', 'W']).trim_start_matches('0');
        let numbered = names().find(|code| number(code) == name.trim_start_matches('0'));
        let meant = numbered.or_else(|| similar::closest(name, names()));
        return Err(Failure::UnknownCode(name.clone(), meant));
    }
    let of_format = match format {
        Format::Json => json,
        Format::Text | Format::Sarif => text,
    };
    report::output(&found.iter().map(of_format).collect::<Vec<_>>().join("\n"))
}

fn text(entry: &Entry) -> String {
    let mut text = format!("{}: {}\n\n{}\n", entry.code, entry.title, entry.explanation);
    if let Some(example) = &entry.example {
        text += &format!("\nWrong:\n\n{}\nRight:\n\n{}", indented(example.wrong), indented(example.right));
    }
    text
}

fn indented(code: &str) -> String {
    code.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") }).collect()
}

fn json(entry: &Entry) -> String {
    let object = json!({
        "code": entry.code,
        "title": entry.title,
        "explanation": entry.explanation,
        "wrong": entry.example.map(|example| example.wrong),
        "right": entry.example.map(|example| example.right),
    });
    object.to_string()
}
