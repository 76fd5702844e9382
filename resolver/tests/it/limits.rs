//! No input makes the resolver panic, overflow the stack of a thread, or take long.

use core::fmt::Write as _;

use fastrand::Rng;
use witwright_corpora as corpora;
use witwright_front::{LanguageFeatures, MAX_DIAGNOSTICS};
use witwright_resolver::load::Memory;
use witwright_resolver::{Input, Options, Resolution, resolve};

fn run(text: &str) -> Resolution {
    let input = Input::Inline { name: "<text>".to_owned(), text: text.to_owned() };
    let options = Options::default().with_language(LanguageFeatures::active());
    resolve(&[input], &Memory::default(), &options)
}

fn codes(resolution: &Resolution) -> Vec<&'static str> {
    resolution.diagnostics.iter().map(|diagnostic| diagnostic.code.0).collect()
}

/// A text with a line for each number.
fn lines(head: &str, count: usize, line: impl Fn(usize) -> String, tail: &str) -> String {
    let mut text = head.to_owned();
    for i in 0..count {
        writeln!(text, "{}", line(i)).unwrap();
    }
    text + tail
}

#[test]
fn long_chains_of_types() {
    let chain = |i: usize| format!("type t{} = list<t{i}>;", i + 1);
    let text = lines("package a:b; interface i { type t0 = u8;\n", 20_000, chain, "f: func(x: t20000) -> t20000; }");
    assert!(codes(&run(&text)).is_empty());
    let world = text.replace("interface i", "world w").replace("f: func", "import f: func");
    assert!(codes(&run(&(world + " world v { include w; }"))).is_empty());
}

#[test]
fn long_chains_of_aliases() {
    let chain = |i: usize| format!("type t{} = t{i};", i + 1);
    let text =
        lines("package a:b; interface i { resource t0;\n", 20_000, chain, "f: func(x: t20000) -> borrow<t20000>; }");
    assert_eq!(codes(&run(&text)), ["E0405"]);
}

#[test]
fn long_cycles_of_types() {
    let chain = |i: usize| format!("type t{} = list<t{i}>;", i + 1);
    let text = lines("package a:b; interface i { type t0 = t20000;\n", 20_000, chain, "}");
    assert_eq!(codes(&run(&text)), ["E0403"]);
}

#[test]
fn long_chains_of_interfaces() {
    let chain = |i: usize| format!("interface i{} {{ use i{i}.{{t}}; }}", i + 1);
    let tail = "world w { import i5000; } world v { export i5000; } world u { export i0; export i5000; }";
    let text = lines("package a:b; interface i0 { resource t; }\n", 5_000, chain, tail);
    assert_eq!(codes(&run(&text)), ["E0605"]);
}

#[test]
fn long_chains_of_worlds_and_packages() {
    let chain = |i: usize| format!("world w{} {{ include w{i}; import call{i}: func(); }}", i + 1);
    let text = lines("package a:b; world w0 {}\n", 300, chain, "");
    assert!(codes(&run(&text)).is_empty());
    let chain = |i: usize| format!("package p:p{} {{ interface i {{ use p:p{i}/i.{{t}}; }} }}", i + 1);
    let text = lines("package a:b; package p:p0 { interface i { type t = u8; } }\n", 5_000, chain, "");
    assert!(codes(&run(&text)).is_empty());
}

#[test]
fn many_mistakes() {
    let unknown = |i: usize| format!("call{i}: func(x: not-there-{i});");
    let text = lines("package a:b; interface i {\n", 2_000, unknown, "}");
    assert_eq!(run(&text).diagnostics.len(), MAX_DIAGNOSTICS + 1);
    let text = lines("package a:b; interface i {\n", 2_000, |_| "f: func();".to_owned(), "}");
    assert_eq!(run(&text).diagnostics.len(), MAX_DIAGNOSTICS + 1);
}

/// Every input has a result, which is the same each time.
#[test]
fn mutated_packages_do_not_panic() {
    let folder = corpora::folder("wit-parser").join("tests/ui");
    let texts = corpora::files(&folder, "wit").into_iter().filter_map(|path| std::fs::read_to_string(path).ok());
    let texts: Vec<String> = texts.filter(|text| text.len() < 4_000).collect();
    assert!(texts.len() > 200, "only {} texts found", texts.len());
    let mut random = Rng::with_seed(0x5eed_5eed_5eed_5eed);
    let mut rejected = 0;
    for text in &texts {
        for _ in 0..8 {
            let mutated = mutate(text, &mut random);
            let (first, second) = (run(&mutated), run(&mutated));
            assert_eq!(first.diagnostics, second.diagnostics, "{mutated}");
            rejected += usize::from(first.has_errors());
        }
    }
    assert!(rejected > texts.len(), "mutations do too little: {rejected}");
}

/// The text with one of its words removed, doubled, or replaced by another.
fn mutate(text: &str, random: &mut Rng) -> String {
    let mut words: Vec<&str> =
        text.split_inclusive([' ', '\n', '.', '<', '>', '{', '}', '(', ')', ';', ',', '/', ':']).collect();
    for _ in 0..=random.usize(..3) {
        if words.is_empty() {
            break;
        }
        let (i, j) = (random.usize(..words.len()), random.usize(..words.len()));
        match random.usize(..4) {
            0 => drop(words.remove(i)),
            1 => words.insert(i, words[j]),
            2 => words[i] = words[j],
            _ => words.swap(i, j),
        }
    }
    words.concat()
}
