//! Worlds in which all words stand in each position that takes a name.

use core::fmt::Write;

/// Keywords of Rust, strict, reserved and weak ones, of all editions, and keywords of WIT.
const KEYWORDS: &str = "abstract as async await become box break const continue crate do dyn else enum extern false final \
    fn for gen if impl in let loop macro macro-rules match mod move mut override priv pub raw ref return safe self static \
    struct super trait true try type typeof union unsafe unsized use virtual where while yield \
    bool borrow char constructor error-context export f32 f64 flags from func future import include interface list map \
    option own package record resource result s16 s32 s64 s8 stream string tuple u16 u32 u64 u8 variant with world";

/// Names of the prelude, of primitive types and of what derives implement.
const RUST: &str = "alloc any arc as-mut as-ref bitflags clone clone-from cmp copy core debug default display drop eq err \
    error extend fmt fn-mut fn-once hash i8 i16 i32 i64 i128 into into-iter into-iterator isize iter iterator lift lower \
    none ok ord partial-eq partial-ord rc send sized some std str sync test to-owned to-string try-from try-into u128 \
    unpin usize vec";

/// Names that the bindings have themselves, or had once.
const BINDINGS: &str = "a add-to-linker addr all answer area arg0 args as-context-mut as-linker at bits body c cabi call \
    call-constructor call-f call-new case cases component component-type contains context cx d data desc discriminant \
    dtor e empty engine entry exports f field find flag flat from-bits from-handle func-desc get get-export get-mut guest \
    guest-borrow guest-res guest-t handle has-data host host-borrow host-res host-t imports indices insert instance \
    instantiate instantiate-async interfaces into-inner is-empty k lend linker link load load-case loads message name \
    named native new no-op other-imports output param params payload post-return pre r reader remove rep res res-borrow \
    resource-kind resource-new rest rt s scope self-borrow set slots state store store-case stub t take take-handle \
    this ty type-desc v val value with-imports words words-imports write writer x";

/// Names that meet one another when prefixes are put before them.
const ALIKE: &str = "get-x set-x x-y x-y-z method-r-f static-r-f constructor-r call-x call-constructor \
    HTTP-url x1";

/// Names of types that the bindings mention without a path, or might.
const TYPES: &str = "a box clone copy d debug err error e fn-mut fn-once from guest guest-t host host-t i into into-iterator \
    iterator none ok option partial-eq r result s self sized some string t t-borrow to-owned type u8 vec";

fn words() -> Vec<&'static str> {
    let mut words: Vec<&str> =
        [KEYWORDS, RUST, BINDINGS, ALIKE].iter().flat_map(|text| text.split_whitespace()).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// For each word, a line of WIT.
fn each(line: impl Fn(&str) -> String) -> String {
    lines(&words(), line)
}

/// For each word that is a type in bindings or in Rust, a line of WIT.
fn each_type(line: impl Fn(&str) -> String) -> String {
    lines(&TYPES.split_whitespace().collect::<Vec<_>>(), line)
}

fn lines(words: &[&str], line: impl Fn(&str) -> String) -> String {
    words.iter().fold(String::new(), |mut text, word| {
        writeln!(text, "  {}", line(&format!("%{word}"))).unwrap();
        text
    })
}

/// The same for as many words as flags have room for.
fn few(line: impl Fn(&str) -> String, part: usize) -> String {
    words().chunks(30).nth(part).unwrap_or_default().iter().map(|word| line(&format!("%{word}"))).collect()
}

pub(crate) fn worlds() -> Vec<String> {
    vec![names(), types(), at_the_root(), types_at_the_root(), interfaces_at_the_root()]
}

/// Functions, parameters, fields, cases, flags and methods of each name.
fn names() -> String {
    let flags: String = (0..words().len().div_ceil(30))
        .map(|part| format!("  flags flags-{part} {{ {} }}\n", few(|word| format!("{word}, "), part)))
        .collect();
    // A parameter of a method may not be called `self`.
    let of_method = |word: &str| if word == "%self" { "%oneself".to_owned() } else { word.to_owned() };
    format!(
        "package odd:names;

interface functions {{
{}}}

interface members {{
  record fields {{ {} }}
  variant cases {{ {} }}
  enum labels {{ {} }}
{flags}  f: func(r: fields, c: cases, l: labels) -> result<fields, labels>;
}}

interface methods {{
  resource held {{
    constructor(t: u32);
{}  }}
}}

interface statics {{
  resource held {{
    constructor(t: u32) -> result<held, string>;
{}  }}
  get: func(r: borrow<held>) -> held;
}}

world words {{
  import functions;
  import members;
  import methods;
  import statics;
  export functions;
  export members;
  export methods;
  export statics;
}}
",
        each(|word| format!("{word}: func({word}: string) -> list<u8>;")),
        each(|word| format!("{word}: string,")),
        each(|word| format!("{word}(string),")),
        each(|word| format!("{word},")),
        each(|word| format!("{word}: func({}: string) -> list<u8>;", of_method(word))),
        each(|word| format!("{word}: static func({word}: string) -> option<held>;")),
    )
}

/// Types of each name and each kind.
fn types() -> String {
    let record =
        |word: &str| format!("record {word} {{ a: list<u8> }} f-of-{0}: func(a: {word}) -> list<{word}>;", &word[1..]);
    let variant = |word: &str| {
        format!("variant {word} {{ a(string), b }} f-of-{0}: func(a: option<{word}>) -> result<_, {word}>;", &word[1..])
    };
    let alias = |word: &str| format!("type {word} = list<u8>; f-of-{0}: func(a: {word}) -> list<{word}>;", &word[1..]);
    let resource = |word: &str| {
        // A function of a resource may not have its name.
        let functions = ["new: func();", "drop: func();", "handle: func();", "rep: static func();"];
        let functions = functions.into_iter().filter(|function| !function.starts_with(&format!("{}:", &word[1..])));
        format!(
            "resource {word} {{ constructor(); {} get-of: static func(a: borrow<{word}>) -> list<{word}>; }}
  f-of-{}: func(a: {word}, b: borrow<{word}>, c: list<borrow<{word}>>);",
            functions.collect::<String>(),
            &word[1..],
        )
    };
    let flags = |word: &str| format!("flags {word} {{ a, b }} f-of-{0}: func(a: {word}) -> list<{word}>;", &word[1..]);
    let cases =
        |word: &str| format!("enum {word} {{ a, b }} f-of-{0}: func(a: {word}) -> result<{word}, {word}>;", &word[1..]);
    let lent = |word: &str| {
        format!(
            "record {word} {{ a: borrow<of-all>, b: option<string> }} f-of-{0}: func(a: {word}, b: list<{word}>);",
            &word[1..]
        )
    };
    let interfaces = [
        ("records", each_type(record)),
        ("variants", each_type(variant)),
        ("aliases", each_type(alias)),
        ("resources", each_type(resource)),
        ("flag-types", each_type(flags)),
        ("enums", each_type(cases)),
        ("lents", format!("  resource of-all;\n{}", each_type(lent))),
    ];
    let mut text = "package odd:types;\n".to_owned();
    let mut world = "world all-types {\n".to_owned();
    for (name, items) in interfaces {
        write!(text, "interface {name} {{\n{items}}}\n").unwrap();
        write!(world, "  import {name};\n  export {name};\n").unwrap();
    }
    text + &world + "}\n"
}

/// Functions and interfaces of each name in the world itself.
fn at_the_root() -> String {
    let functions = each(|word| {
        format!("import {word}: func({word}: string) -> string; export {word}: func({word}: string) -> u32;")
    });
    format!("package odd:odd;\n\nworld entry {{\n{functions}}}\n")
}

/// The same for types, in a world that has the name of one of them.
fn types_at_the_root() -> String {
    let types = each(|word| format!("record {word} {{ a: u32, b: string }}"));
    let functions = each(|word| format!("import f-{}: func({word}: {word}) -> {word};", &word[1..]));
    format!("package odd:odd-types;\n\nworld entry {{\n{types}  record entry-imports {{ a: u32 }}\n{functions}}}\n")
}

/// The same for interfaces: modules at the root.
fn interfaces_at_the_root() -> String {
    let functions = |direction: &str| {
        each(|word| format!("{direction} {word}: interface {{ {word}: func(a: option<string>); resource held; }}"))
    };
    let (imports, exports) = (functions("import"), functions("export"));
    format!(
        "package odd:%exports;\n\nworld %export {{\n{imports}{exports}  import f-of-all: func(a: u8, b: string);\n}}\n"
    )
}
