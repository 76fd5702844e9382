//! Lints: the page about them is current, and published packages are not drowned in them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use witwright_resolver::lints::{Level, Lint, Lints};
use witwright_resolver::{Disk, Input, LanguageFeatures, Options, resolve};
use witwright_tests::suites;

use crate::fixtures::golden;

/// `BLESS=1 cargo test -p witwright-resolver --test it lints` writes it anew.
#[test]
fn the_page_about_lints_is_current() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut page = String::from(HEAD);
    page += "\n| lint | unless chosen |\n|---|---|\n";
    for lint in Lint::ALL {
        page += &format!("| [`{lint}`](#{lint}) | {} |\n", lint.recommended().name());
    }
    for lint in Lint::ALL {
        let fixture = |extension: &str| {
            let path = root.join(format!("tests/ui/lints/{lint}.{extension}"));
            fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} is not there", path.display()))
        };
        let first = fixture("stderr");
        let first = first.split("\n\n").next().unwrap_or_default().trim_end();
        page += &format!("\n## {lint}\n\n{}\n\n```text\n{first}\n```\n", lint.explanation());
    }
    let problem = golden(&root.join("../docs/lints.md"), &page);
    assert_eq!(problem, None);
}

const HEAD: &str = "# Lints

`witwright check` lints the packages that it is given, not those in their `deps/`, when they have no errors. Each lint has a
level: `allow` says nothing, `warn` warns, `deny` makes an error of what it finds.

Levels are chosen on the command line, `witwright check --deny unused-use --warn missing-docs,missing-since wit`, or in a
manifest `witwright.toml` beside the folder of the package or in a folder above, the nearest one:

```toml
[lints]
all = \"warn\"
missing-docs = \"allow\"
unused-use = \"deny\"
```

`all` stands for every lint. A lint's own name counts more than `all`, of two levels the stricter one counts, and the command
line counts more than the manifest. In JSON a diagnostic has the lint's name beside its code. Libraries choose levels in
`Options::lints`; without any, nothing is linted.
";

#[test]
fn published_packages_are_not_drowned() {
    let mut counts: BTreeMap<(Lint, &str), usize> = BTreeMap::new();
    let mut lints = Lints::default();
    Lint::ALL.into_iter().for_each(|lint| lints.set(lint, Level::Warn));
    let options = Options { lints, all_features: true, language: LanguageFeatures::active(), ..Options::default() };
    for name in suites::WIT_CRATES {
        for path in suites::wit_packages(name) {
            let resolution = resolve(&[Input::Path(path.display().to_string())], &Disk, &options);
            for diagnostic in resolution.diagnostics.iter().filter(|diagnostic| !diagnostic.is_error()) {
                let lint = diagnostic.lint.map(|lint| lint.parse::<Lint>().unwrap());
                lint.into_iter().for_each(|lint| *counts.entry((lint, name)).or_default() += 1);
            }
        }
    }
    let of = |lint: Lint| counts.iter().filter(|((other, _), _)| *other == lint).map(|(_, count)| count).sum::<usize>();
    for lint in Lint::ALL {
        let count = of(lint);
        match lint.recommended() {
            Level::Allow => {}
            Level::Warn => assert!(count <= MOST, "{lint} warns {count} times: {counts:?}"),
            Level::Deny => panic!("{lint}: no lint is denied unless users choose so"),
        }
    }
    assert!(of(Lint::MissingDocs) > MOST, "{counts:?}");
}

/// How often a lint that warns may do so over all of the crates' packages, of which there are several hundred interfaces.
const MOST: usize = 250;
