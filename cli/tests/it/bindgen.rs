//! `bindgen`: its flags are the options of the macros.

use witwright_codegen::{KNOWN, KnownOption, OptionScope, Setter, Target, flag};

use crate::{Ran, temporary, witwright};

#[test]
fn bindgen_writes_rust() {
    for (side, mentions) in [("guest", "macro_rules"), ("host", "add_to_linker")] {
        let out = temporary(&format!("{side}.rs"));
        let ran = witwright(&["bindgen", side, "--world", "plugin", "text.wit", "-o", out.to_str().unwrap()]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        let code = std::fs::read_to_string(out).unwrap();
        assert!(code.contains("pub struct Word") && code.contains(mentions), "{code}");
    }
    let options = ["--derive", "PartialEq,Eq", "--type-attribute", "acme:text/shout/word=#[must_use]", "--stubs"];
    let ran = witwright(&[&["bindgen", "guest", "--world", "plugin", "text.wit"], &options[..]].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    for part in ["PartialEq, Eq", "#[must_use]", "is not implemented"] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
    // Cargo's variables are not set when another tool compiles the code.
    assert!(!ran.out.contains("CARGO_"), "{}", ran.out);
    for (option, value, code, says) in [
        ("--with", "acme:text/nothing=a", 1, "in `--with` matches nothing"),
        ("--crate", "a b", 2, "is not a Rust path"),
    ] {
        let ran = witwright(&["bindgen", "guest", "--world", "plugin", "text.wit", option, value]);
        assert_eq!(ran.code, Some(code));
        assert!(ran.err.contains(says), "{}", ran.err);
    }
    let ran = witwright(&["bindgen", "guest", "--world", "plugn", "text.wit"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("plugin"), "{}", ran.err);
}

/// An option in use: its arguments, and those without it.
struct Use {
    with: Vec<String>,
    without: Vec<String>,
}

/// An option that changes the code of `bindings.wit`.
fn example(known: &KnownOption) -> Use {
    let flag = flag(known.name);
    let value = match (known.name, known.setter) {
        ("generate_all", _) => "=false",
        (_, Setter::Flag(_)) => "",
        ("inline", _) => "=package a:b; world plugin {}",
        ("interfaces", _) => "=import f: func();",
        ("features", _) => "=later",
        ("skip", _) => "=newer",
        ("additional_derives_ignore", _) => "=word",
        (_, Setter::Text(_) | Setter::Identifier(_) | Setter::Texts(_) | Setter::TextOrTexts(_)) => "=a",
        (_, Setter::Filters(_)) => "=all",
        (_, Setter::Path(_) | Setter::Paths(_)) => "=a::B",
        (_, Setter::With(_)) => "=acme:odd/things/word=a::B",
        (_, Setter::Types(_)) => "=acme:odd/things.failure=a::B",
        ("additional_member_attributes", _) => "=acme:odd/things/word.text=#[a]",
        (_, Setter::Attributes(_)) => "=acme:odd/things/word=#[a]",
        (_, Setter::Rules(_)) => "=default=async|tracing",
        (_, Setter::Ownership(_)) => "=borrowing-duplicate-if-necessary",
        (_, Setter::TargetVersions(_)) => "=acme:odd@1.0.0",
        (_, Setter::LanguageFeatures(_)) => "=accessors",
        (_, Setter::Absent(_)) => unreachable!("it has no flag"),
    };
    let side = if known.scope == OptionScope::Side(Target::Host) { "host" } else { "guest" };
    let (mut with, mut without) = (vec!["bindgen", side], vec!["bindgen", side, "bindings.wit"]);
    match known.name {
        "inline" | "interfaces" => {}
        "additional_derives_ignore" => {
            with.extend(["bindings.wit", "--derive=A"]);
            without.push("--derive=A");
        }
        _ => with.push("bindings.wit"),
    }
    let mut with: Vec<String> = with.into_iter().map(str::to_owned).collect();
    with.push(format!("--{flag}{value}"));
    Use { with, without: without.into_iter().map(str::to_owned).collect() }
}

fn ran(args: &[String]) -> Ran {
    witwright(&args.iter().map(String::as_str).collect::<Vec<_>>())
}

/// A macro's option without a flag, or with one that is read and forgotten, fails this test.
#[test]
fn every_option_of_the_macros_is_a_flag_with_its_effect() {
    // The world and the paths have arguments of other forms, and all parts of the language are enabled.
    let elsewhere = ["world", "path", "language_features", "generate_all"];
    let has_flag = |known: &&KnownOption| !matches!(known.setter, Setter::Absent(_));
    for known in KNOWN.iter().filter(has_flag).filter(|known| !elsewhere.contains(&known.name)) {
        let Use { with, without } = example(known);
        let (with, without) = (ran(&with), ran(&without));
        assert_eq!((with.code, without.code), (Some(0), Some(0)), "{}: {}{}", known.name, with.err, without.err);
        let has_effect = with.out != without.out;
        assert_eq!(has_effect, known.is_listed || known.name == "wasmtime_crate", "{}", known.name);
    }
}

#[test]
fn every_option_of_the_macros_is_documented() {
    let page = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/guide/options.md");
    let page = std::fs::read_to_string(page).unwrap();
    for known in KNOWN {
        assert!(page.contains(&format!("`{}`", known.name)), "`{}` is not in docs/guide/options.md", known.name);
    }
}

#[test]
fn names_of_flags_of_wit_bindgen_are_known() {
    for (flag, value) in [
        ("--additional-derive-attributes", "PartialEq"),
        ("--additional-derive-ignore", "word"),
        ("--additional-type-attributes", "acme:odd/things/word=#[a]"),
        ("--additional-member-attributes", "acme:odd/things/word.text=#[a]"),
    ] {
        let ran = witwright(&["bindgen", "guest", "bindings.wit", "-d", "Eq", flag, value]);
        assert_eq!(ran.code, Some(0), "{flag}: {}", ran.err);
    }
    for value in ["true", "false"] {
        let merge = format!("--merge-structurally-equal-types={value}");
        let ran = witwright(&["bindgen", "guest", "bindings.wit", &merge]);
        assert_eq!((ran.code, ran.out.contains("type Same = Word")), (Some(0), value == "true"), "{}", ran.err);
    }
}

/// As the macros take them.
#[test]
fn gated_parts_of_wit_need_no_option() {
    for command in [&["bindgen", "guest"][..], &["bindgen", "host"], &["precompile"]] {
        let ran = witwright(&[command, &["bindings.wit"]].concat());
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{command:?}");
    }
}

#[test]
fn unused_types_are_those_of_the_macros() {
    for (side, flag, has_them) in [
        ("guest", "--debug", false),
        ("guest", "--generate-unused-types", true),
        ("host", "--debug", true),
        ("host", "--generate-unused-types=false", false),
    ] {
        let ran = witwright(&["bindgen", side, "bindings.wit", flag]);
        assert_eq!(ran.out.contains("struct Idle"), has_them, "{side} {flag}: {}", ran.err);
    }
}

#[test]
fn options_that_cannot_be_are_explained() {
    for (side, args, code, says) in [
        ("guest", "--export-macro-name=a b", 2, "`--export-macro-name`: `a b` is not a Rust identifier"),
        ("guest", "--export-macro-name=fn", 2, "`fn` is not a Rust identifier"),
        ("host", "--anyhow", 2, "unexpected argument '--anyhow'"),
        ("guest", "--generate-all=false", 1, "generate them with `--with other:stuff/io=generate` or `--generate-all`"),
        ("guest", "--imports=default=async", 2, "is for bindings of hosts"),
        ("host", "--interfaces=import f: func();", 0, ""),
        ("guest", "--target-version=acme:odd", 2, "ns:name@version"),
        ("guest", "--map-type=a b", 2, "`--map-type`: `a b` is not a Rust path"),
        ("guest", "--type-attribute=word", 2, "`--type-attribute`: `word` is not of the form KEY=ATTRIBUTE"),
        ("guest", "--with=acme:odd/things/wrd=a::B", 1, "in `--with` matches nothing"),
        ("guest", "--additional-derives-ignore=wrd", 1, "in `--derive-ignore` matches nothing"),
        ("guest", "--skip=newr", 1, "in `--skip` matches nothing"),
    ] {
        let ran = witwright(&["bindgen", side, "bindings.wit", args]);
        assert_eq!(ran.code, Some(code), "{args}: {}", ran.err);
        assert!(ran.err.contains(says), "{args}: {}", ran.err);
    }
}

#[test]
fn keys_are_given_once() {
    for (first, second, code, says) in [
        ("--imports=default=async", "--imports=default=tracing", 2, "`--imports`: `default` is given twice"),
        ("--with=acme:odd/things=a", "--with=acme:odd/things=b", 1, "`acme:odd/things` in `--with` is given twice"),
    ] {
        let ran = witwright(&["bindgen", "host", "bindings.wit", first, second]);
        assert_eq!(ran.code, Some(code), "{first}: {}", ran.err);
        assert!(ran.err.contains(says), "{first}: {}", ran.err);
    }
}

#[test]
fn a_resource_of_the_world_has_no_rust_type() {
    let wit = "--inline=package a:b; world w { resource r { constructor(); } }";
    let ran = witwright(&["bindgen", "guest", wit, "--with=r=a::R"]);
    assert!(ran.code == Some(1) && ran.err.contains("help: leave it out of `--with`"), "{}", ran.err);
}

#[test]
fn a_folder_is_written_and_checked() {
    let folder = temporary("bindings/of/worlds");
    let _ = std::fs::remove_dir_all(&folder);
    let bindgen = |more: &[&str]| {
        let args = ["bindgen", "guest", "bindings.wit", "--out-dir", folder.to_str().unwrap()];
        witwright(&[&args[..], more].concat())
    };
    let missing = bindgen(&["--check"]);
    assert!(
        missing.code == Some(1) && missing.err.contains("plugin.rs does not exist: write it, without `--check`"),
        "{}",
        missing.err
    );
    assert!(!folder.exists());
    assert_eq!(bindgen(&[]).code, Some(0));
    assert!(folder.join("plugin.rs").is_file());
    assert_eq!(bindgen(&["--check"]).code, Some(0));
    let stale = bindgen(&["--check", "--stubs"]);
    assert_eq!(stale.code, Some(1));
    assert!(stale.err.contains("plugin.rs is not up to date"), "{}", stale.err);
    assert!(!std::fs::read_to_string(folder.join("plugin.rs")).unwrap().contains("is not implemented"));
    assert_eq!(witwright(&["bindgen", "guest", "bindings.wit", "--check"]).code, Some(2));
}

/// As in a macro without `path`.
#[test]
fn the_folder_wit_is_the_default() {
    let folder = temporary("default-wit");
    std::fs::create_dir_all(folder.join("wit")).unwrap();
    std::fs::write(folder.join("wit/a.wit"), "package a:b; world w { import f: func(); }").unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_witwright"))
        .current_dir(&folder)
        .args(["bindgen", "guest"])
        .output()
        .unwrap();
    assert!(output.status.success() && String::from_utf8(output.stdout).unwrap().contains("pub fn f()"));
}

#[test]
fn mistakes_in_interfaces_show_their_lines_alone() {
    let bindgen = |items: &str| witwright(&["bindgen", "host", "text.wit", "--interfaces", items]);
    let ran = bindgen("acme:text/shout");
    assert_eq!(ran.code, Some(2));
    let says = "`acme:text/shout` is no item of a world; write the items of a world, as in `import wasi:clocks/";
    assert!(ran.err.contains(says), "{}", ran.err);
    let ran = bindgen("import acme:text/shut@1.0.0;");
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.err.contains("--> <interfaces>:2:") && ran.err.contains("| import acme:text/shut@1.0.0;\n"),
        "{}",
        ran.err
    );
    assert!(!ran.err.contains("witwright:interfaces"), "{}", ran.err);
    assert_eq!(bindgen("import acme:text/shout@1.0.0;").code, Some(0));
}
