//! Diagnostics of the generator: `errors/NAME.wit` beside `NAME.stderr`. A first line `// options: key=value …` states options, and `// options of a host: …` those of a host; `BLESS=1` writes the results anew.

use std::fs;
use std::path::Path;

use quote::quote;
use witwright_codegen::{FunctionFlags, Options, Request, Target, With};

use crate::golden;

#[test]
fn mistakes_are_said_as_blessed() {
    golden::check_all("tests/errors", |wit| vec![("stderr", said(wit))]);
}

fn said(wit: &Path) -> String {
    let text = fs::read_to_string(wit).unwrap();
    let target = if text.starts_with("// options of a host:") { Target::Host } else { Target::Guest };
    let mut request = Request::new(target, env!("CARGO_MANIFEST_DIR").into());
    request.paths.push(wit.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().display().to_string());
    request.options = options(&text);
    let response = request.run();
    assert!(response.code.is_none(), "{} has no mistake", wit.display());
    response.diagnostics.iter().map(|diagnostic| response.render(diagnostic)).collect::<Vec<_>>().concat()
}

fn options(text: &str) -> Options {
    let mut options = Options::default().with_generate_all();
    let first = text.lines().next().unwrap_or_default();
    let Some(stated) = first.strip_prefix("// options:").or(first.strip_prefix("// options of a host:")) else {
        return options;
    };
    options.generate_all = false;
    let flags = FunctionFlags { async_: true, ..FunctionFlags::default() };
    for (key, value) in stated.split_whitespace().filter_map(|option| option.split_once('=')) {
        let value = value.to_owned();
        match key {
            "additional_type_attributes" => options.type_attributes.push((value, vec![quote!(#[must_use])])),
            "additional_member_attributes" => options.member_attributes.push((value, vec![quote!(#[must_use])])),
            "chainable_methods" => options.chainable_methods.push(value),
            "skip" => options.skip.push(value),
            "with" => options.with.push((value, With::Path(quote!(crate::there)))),
            "async" => options.async_functions.push(value),
            "imports" => options.imports.rules.push((value, flags)),
            "exports" => options.exports.rules.push((value, flags)),
            "trappable_error_type" => options.trappable_error_types.push((value, quote!(crate::Error))),
            "additional_derives" => options.additional_derives.push(value.parse().unwrap()),
            "additional_derives_ignore" => options.additional_derives_ignore.push(value),
            other => panic!("there is no option {other}"),
        }
    }
    options
}
