//! Lints: their page is current, and published packages pass with them.

use std::fs;
use std::path::Path;

use witwright_corpora as corpora;
use witwright_resolver::lints::{Lint, Lints};
use witwright_resolver::{Disk, Input, LanguageFeatures, Options, resolve};

use crate::fixtures::golden;

/// `BLESS=1 cargo test -p witwright-resolver --test it lints` writes it.
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
            fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} is missing", path.display()))
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

/// Published packages get warnings but no errors.
#[test]
fn recommended_levels_refuse_no_published_package() {
    let options = |lints: Lints| {
        Options::default().with_lints(lints).with_all_features().with_language(LanguageFeatures::active())
    };
    let mut warnings = 0;
    for name in corpora::WIT_CRATES {
        for path in corpora::wit_packages(name) {
            let input = [Input::Path(path.display().to_string())];
            let without = resolve(&input, &Disk, &options(Lints::default()));
            let with = resolve(&input, &Disk, &options(Lints::recommended()));
            assert_eq!(without.has_errors(), with.has_errors(), "{}", path.display());
            warnings += with.diagnostics.iter().filter(|diagnostic| diagnostic.lint.is_some()).count();
        }
    }
    assert!(warnings > 0, "WASI's own packages break the rules of gates");
}
