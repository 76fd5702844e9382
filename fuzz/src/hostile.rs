//! Long inputs that repeat one thing. They show any work that takes more than linear time.

/// Inputs of about `len` bytes with their names.
#[must_use]
pub fn inputs(len: usize) -> Vec<(&'static str, Vec<u8>)> {
    let mut inputs = repeated(len);
    inputs.extend(within_items(len).into_iter().map(|(name, text)| (name, text.into_bytes())));
    inputs
}

/// One piece, repeated.
fn repeated(len: usize) -> Vec<(&'static str, Vec<u8>)> {
    let pieces: [(&str, &[u8]); 24] = [
        ("opening parentheses", b"("),
        ("closing parentheses", b")"),
        ("opening braces", b"{"),
        ("closing braces", b"}"),
        ("opening angles", b"<"),
        ("closing angles", b">"),
        ("NULs", b"\0"),
        ("bytes that are no UTF-8", b"\xff"),
        ("characters cut in half", b"\xe2\x98"),
        ("comments that never end", b"/*"),
        ("comments", b"/**/"),
        ("lines of comment", b"//\n"),
        ("quotes", b"\""),
        ("percent signs", b"%"),
        ("ats", b"@"),
        ("newlines", b"\n"),
        ("carriage returns", b"\r"),
        ("an identifier", b"a"),
        ("an identifier with hyphens", b"a-"),
        ("names and dots", b"a.b.c."),
        ("names and colons", b"a:b:c:"),
        ("mistakes, one a line", b"a;\n"),
        ("unclosed interfaces", b"interface i {\n"),
        ("attributes", b"@since(version = 1.0.0)\n"),
    ];
    pieces.into_iter().map(|(name, piece)| (name, piece.repeat(len / piece.len()))).collect()
}

/// A first line, a line for each number, and a last line.
fn within_items(len: usize) -> Vec<(&'static str, String)> {
    let lines = |head: &str, line: &dyn Fn(usize) -> String, tail: &str| {
        let mut text = head.to_owned();
        let mut number = 0;
        while text.len() < len {
            text += &line(number);
            number += 1;
        }
        text + tail
    };
    let interface = "package a:b;\ninterface i {\n";
    vec![
        ("an enum of many cases", lines("package a:b;\ninterface i { enum e {\n", &|i| format!("c{i},\n"), "} }")),
        (
            "a record of many fields",
            lines("package a:b;\ninterface i { record r {\n", &|i| format!("f{i}: u8,\n"), "} }"),
        ),
        ("many functions", lines(interface, &|i| format!("f{i}: func(a: u8) -> u8;\n"), "}")),
        ("many unknown types", lines(interface, &|i| format!("f{i}: func(a: t{i});\n"), "}")),
        ("many duplicates", lines(interface, &|_| "f: func();\n".to_owned(), "}")),
        (
            "a chain of aliases",
            lines(&format!("{interface}type t0 = u8;\n"), &|i| format!("type t{} = t{i};\n", i + 1), "}"),
        ),
        (
            "a chain of records",
            lines(&format!("{interface}type t0 = u8;\n"), &|i| format!("record t{} {{ f: t{i} }}\n", i + 1), "}"),
        ),
        ("many interfaces", lines("package a:b;\n", &|i| format!("interface i{i} {{ type t = u8; }}\n"), "")),
        ("many worlds", lines("package a:b;\n", &|i| format!("world w{i} {{ import f: func(); }}\n"), "")),
        ("many imports", lines("package a:b;\nworld w {\n", &|i| format!("import f{i}: func();\n"), "}")),
        ("types that never end", lines(&format!("{interface}type t = "), &|_| "option<".to_owned(), "")),
        ("types that nest deeply", {
            let depth = len / "option<>".len();
            format!("{interface}type t = {}u8{};\n}}", "option<".repeat(depth), ">".repeat(depth))
        }),
        ("two long names that are alike", {
            let name = "a".repeat(len / 2);
            format!("{interface}type {name}b = u8; f: func(a: {name}c); }}")
        }),
    ]
}
