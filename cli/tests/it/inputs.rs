//! Input of all forms: standard input, and files of another form than the one that a command reads.

use std::fs;

use crate::{adder, fed, temporary, witwright};

const WIT: &[u8] = b"package a:b; world w { export add: func(a: u32, b: u32) -> u32; }";

#[test]
fn a_dash_is_standard_input() {
    let component = fs::read(adder("dash.wasm")).unwrap();
    let module = wat::parse_str("(module (func (export \"add\") (param i32 i32) (result i32) (i32.const 0)))").unwrap();
    let (wit, made) = (temporary("dash.wit"), temporary("dash-made.wasm"));
    fs::write(&wit, WIT).unwrap();
    let [wit, made] = [&wit, &made].map(|path| path.to_str().unwrap());
    let cases: [(&[&str], &[u8], &str); 9] = [
        (&["check", "-"], WIT, ""),
        (&["wit", "-"], WIT, "export add"),
        (&["wit", "-"], &component, "export add"),
        (&["bindgen", "guest", "-"], WIT, "trait Guest"),
        (&["precompile", "-"], WIT, "pub static W"),
        (&["run", "-", "--invoke", "add(40, 2)"], &component, "42"),
        (&["targets", "-", "--wit", wit], &component, ""),
        (&["componentize", "-", "--wit", wit, "-o", made], &module, ""),
        (&["wast", "-"], b"(component)", "1 passed"),
    ];
    for (args, input, says) in cases {
        let ran = fed(args, input);
        assert!(ran.code == Some(0) && ran.out.contains(says), "{args:?}: {}{}", ran.out, ran.err);
    }
    let wrong = fed(&["check", "-"], b"package a:b; world w { import f: func(a: u9); }");
    assert!(wrong.code == Some(1) && wrong.err.contains("<stdin>:1:42"), "{}", wrong.err);
    let fix = fed(&["check", "--fix", "-"], WIT);
    assert!(fix.code == Some(2) && fix.err.contains("`-` is standard input"), "{}", fix.err);
}

#[test]
fn input_of_another_form_is_named() {
    let component = adder("form.wasm");
    let (empty, utf16) = (temporary("empty.wasm"), temporary("utf16.wit"));
    fs::write(&empty, "").unwrap();
    fs::write(&utf16, b"\xff\xfep\0").unwrap();
    let [empty, utf16] = [&empty, &utf16].map(|path| path.to_str().unwrap());
    for (args, says) in [
        (&["run", empty][..], "empty.wasm: it is empty\n"),
        (&["fmt", utf16], "its text is not UTF-8, at byte 0; it is UTF-16\n  help: save it as UTF-8\n"),
        (&["fmt", "--check", &component], "is a WebAssembly binary, not text; `witwright wit` prints its WIT"),
        (&["wast", &component], "is a WebAssembly binary, not text"),
        (&["run", "adder.wat"], "it may be WebAssembly as text"),
        (&["wit", "adder.wat"], "it may be WebAssembly as text"),
        (&["run", "text.wit"], "it may be WIT, which `witwright check`"),
        (&["bindgen", "guest", &component], "`witwright wit"),
        (&["run", "."], "cannot read .: it is a folder\n  help: name a file in it\n"),
    ] {
        let ran = witwright(args);
        assert!(ran.code == Some(1) && ran.err.contains(says), "{args:?}: {}", ran.err);
        assert!(ran.err.lines().count() < 5, "{args:?}: {}", ran.err);
    }
    let ran = witwright(&["wast", "text.wit"]);
    assert!(ran.out.starts_with("text.wit:1:1: expected `(`; it may be WIT, which"), "{}", ran.out);
}

#[test]
fn output_into_a_folder_that_does_not_exist_fails() {
    let ran = witwright(&["bindgen", "guest", "bindings.wit", "-o", "nowhere/a.rs"]);
    assert_eq!((ran.code, ran.err.trim()), (Some(1), "error: cannot write nowhere/a.rs: its folder does not exist"));
    let ran = witwright(&["bindgen", "guest", "bindings.wit", "-o", "components"]);
    assert!(ran.code == Some(1) && ran.err.contains("cannot write components: it is a folder"), "{}", ran.err);
}

#[test]
fn paths_may_have_spaces_and_any_letters() {
    let folder = temporary("a folder/mit Größe/文");
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("ø x.wit");
    fs::write(&file, "package a:b; world w { import f: func(a: u9); }").unwrap();
    let ran = witwright(&["check", folder.to_str().unwrap()]);
    assert!(ran.code == Some(1) && ran.err.contains("文/ø x.wit:1:42"), "{}", ran.err);
}

#[test]
fn a_path_that_does_not_exist_has_help() {
    let ran = witwright(&["check", "text.witt"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("cannot read `text.witt`") && ran.err.contains("did you mean `text.wit`?"), "{}", ran.err);
    let ran = witwright(&["check", "nowhere-at-all"]);
    assert!(ran.err.contains("help: name a directory with `.wit` files in it"), "{}", ran.err);
    let component = adder("near-by.wasm");
    fs::write(temporary("near-by.toml"), "").unwrap();
    for (wrong, args) in [
        (component.replace("near-by", "nearby"), &["run"][..]),
        (component.replace("near-by.wasm", "near-by"), &["run"]),
        (component.replace("near-by", "near-bye"), &["wit"]),
        (component.replace("near-by", "nearby"), &["targets", "--wit", "text.wit"]),
    ] {
        let ran = witwright(&[args, &[&wrong]].concat());
        let says = format!("cannot read {wrong}: no such file or directory\n  help: did you mean `{component}`?\n");
        assert!(ran.code == Some(1) && ran.err.ends_with(&says), "{}", ran.err);
    }
    let ran = witwright(&["run", "nowhere-at-all.wasm"]);
    assert!(ran.err.contains("help: `cargo build --target wasm32-wasip2` builds a component"), "{}", ran.err);
    let ran = witwright(&["run", &component, "--dir", "nowhere-at-all"]);
    let says = "error: cannot open the directory nowhere-at-all: no such file or directory\n";
    assert_eq!((ran.code, ran.err.as_str()), (Some(1), says));
    let ran = witwright(&["fmt", "text.witt"]);
    assert!(ran.err.ends_with("help: did you mean `text.wit`?\n"), "{}", ran.err);
    let ran = witwright(&["targets", "x.wasm"]);
    assert!(ran.err.contains("cannot read `wit`") && ran.err.contains("`--wit` names the package"), "{}", ran.err);
}

#[test]
fn a_feature_that_no_item_has_is_said() {
    let folder = temporary("unknown-features");
    fs::create_dir_all(&folder).unwrap();
    let write = |name: &str, feature: &str| {
        let path = folder.join(name);
        let text = format!("package a:b@1.0.0;\nworld w {{ @unstable(feature = {feature}) import f: func(); }}\n");
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (one, other) = (write("one.wit", "swift"), write("other.wit", "slow"));
    let says = "no `@unstable` item has the feature `swif`\n = help: did you mean `swift`?";
    for command in [&["check", &one][..], &["wit", &one], &["bindgen", "guest", &one]] {
        let ran = witwright(&[command, &["--features", "swif"]].concat());
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert!(ran.err.contains(says), "{}", ran.err);
        let ran = witwright(&[command, &["--features", "swift"]].concat());
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    }
    // Each path is a package of its own.
    let ran = witwright(&["check", &one, &other, "--features", "swift,slow"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let ran = witwright(&["check", &one, &other, "--features", "fast"]);
    assert_eq!(ran.err.matches("the feature `fast`").count(), 1, "{}", ran.err);
}
