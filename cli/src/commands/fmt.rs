//! `witwright fmt`

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::builder::styling::{AnsiColor, Style};
use serde_json::json;
use similar::TextDiff;
use witwright_front::SourceMap;
use witwright_front::fmt;

use crate::args::{FmtArgs, Format};
use crate::failure::Failure;
use crate::files::{self, WitText, is_stdin};
use crate::report;

/// If one file cannot be read or formatted, the others are formatted all the same.
pub(crate) fn run(args: &FmtArgs, output: Format) -> Result<(), Failure> {
    let here = [PathBuf::from(".")];
    let paths = if args.paths.is_empty() { &here[..] } else { &args.paths[..] };
    let mut outcome = Ok(());
    for path in files::wit_files(paths)? {
        if let Err(failure) = file(&path, args.check, output) {
            report::failure(&failure, output);
            outcome = Err(Failure::Reported);
        }
    }
    outcome
}

fn file(path: &Path, is_check: bool, output: Format) -> Result<(), Failure> {
    let source = WitText::read(path)?;
    let mut sources = SourceMap::default();
    let id = sources.add(source.name.as_str(), source.text.as_str());
    let formatted = match fmt::format(id, &source.text) {
        Ok(formatted) => formatted,
        Err(diagnostics) => {
            let reported = report::diagnostics(&sources, &diagnostics, output);
            report::note(&format!("{} is not changed; fix the mistakes first", source.name), output);
            return reported;
        }
    };
    if is_check {
        return if formatted == source.text { Ok(()) } else { differs(&source, &formatted, output) };
    }
    if is_stdin(path) {
        return print(&formatted);
    }
    if formatted == source.text { Ok(()) } else { files::replace(path, &formatted) }
}

/// Shows the changes that formatting would make.
fn differs(source: &WitText, formatted: &str, output: Format) -> Result<(), Failure> {
    let diff = TextDiff::from_lines(source.text.as_str(), formatted);
    let diff = diff.unified_diff().header(&source.name, &format!("{} (formatted)", source.name)).to_string();
    match output {
        Format::Text if io::stdout().is_terminal() => print(&coloured(&diff))?,
        Format::Text => print(&diff)?,
        Format::Json | Format::Sarif => {
            let same = source.text.lines().zip(formatted.lines()).take_while(|(before, after)| before == after).count();
            let object = json!({
                "severity": "error",
                "code": null,
                "message": format!("`{}` is not formatted", source.name),
                "labels": [{ "file": source.name, "line": same + 1, "column": 1 }],
                "help": "run `witwright fmt`",
                "diff": diff,
            });
            print(&format!("{object}\n"))?;
        }
    }
    Err(Failure::Reported)
}

fn coloured(diff: &str) -> String {
    let line = |line: &str| {
        let style = match line.as_bytes().first() {
            Some(b'+') => AnsiColor::Green.on_default(),
            Some(b'-') => AnsiColor::Red.on_default(),
            Some(b'@') => AnsiColor::Cyan.on_default(),
            Some(_) | None => Style::new(),
        };
        format!("{style}{}{style:#}\n", line.trim_end_matches(['\n', '\r']))
    };
    diff.split_inclusive('\n').map(line).collect()
}

fn print(text: &str) -> Result<(), Failure> {
    files::write_stdout(text)
}
