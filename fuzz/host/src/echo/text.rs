//! The text of a chain of components.

use fastrand::Rng;

use super::types::{Definition, Type, Types};

/// The address of results that do not fit into one core value.
const RESULTS: u32 = 65536;

const ENCODINGS: [&str; 3] = ["utf8", "utf16", "latin1+utf16"];

/// A component that imports `host` and exports `echo`, both with a parameter and a result of the type. `echo` calls `host`
/// through one to three nested components.
pub(super) fn component(types: &Types, ty: &Type, random: &mut Rng) -> String {
    let named = named_types(types);
    let ty_text = text(ty);
    let arguments: String = (0..types.definitions.len()).map(|i| format!(" (with \"t{i}\" (type $t{i}))")).collect();
    let mut next = "(func $host)".to_owned();
    let mut links = String::new();
    for link in 0..random.usize(1..=3) {
        let encoding = random.choice(ENCODINGS).expect("the list is not empty");
        links += &format!(
            "(component $c{link} {named} {})\n(instance $i{link} (instantiate $c{link} (with \"next\" {next}){arguments}))\n",
            link_text(types, ty, &ty_text, encoding)
        );
        links += &format!("(alias export $i{link} \"echo\" (func $echo{link}))\n");
        next = format!("(func $echo{link})");
    }
    format!(
        "(component\n{named}\n(import \"host\" (func $host (param \"x\" {ty_text}) (result {ty_text})))\n{links}\
         (export \"echo\" {next}))"
    )
}

/// One component of the chain.
fn link_text(types: &Types, ty: &Type, ty_text: &str, encoding: &str) -> String {
    let flat = types.flat(ty);
    let parameters = if flat.len() > 16 { vec!["i32"] } else { flat.clone() };
    let gets: String = (0..parameters.len()).map(|index| format!(" (local.get {index})")).collect();
    let parameters = parameters.join(" ");
    let (next, result, body) = match flat[..] {
        [one] => (format!("(param {parameters}) (result {one})"), one, format!("(call $next{gets})")),
        _ => (
            format!("(param {parameters} i32)"),
            "i32",
            format!("(call $next{gets} (i32.const {RESULTS})) (i32.const {RESULTS})"),
        ),
    };
    let options = format!("(memory $memory) (realloc $realloc) string-encoding={encoding}");
    format!(
        "(import \"next\" (func $next (param \"x\" {ty_text}) (result {ty_text})))
         (core module $libc-module {LIBC})
         (core instance $libc (instantiate $libc-module))
         (alias core export $libc \"memory\" (core memory $memory))
         (alias core export $libc \"realloc\" (core func $realloc))
         (core func $next (canon lower (func $next) {options}))
         (core module $m
           (import \"\" \"next\" (func $next {next}))
           (func (export \"echo\") (param {parameters}) (result {result}) {body}))
         (core instance $m (instantiate $m (with \"\" (instance (export \"next\" (func $next))))))
         (alias core export $m \"echo\" (core func $echo))
         (func (export \"echo\") (param \"x\" {ty_text}) (result {ty_text}) (canon lift (core func $echo) {options}))"
    )
}

/// Memory, and a `realloc` that never frees.
const LIBC: &str = "
    (memory (export \"memory\") 64)
    (global $top (mut i32) (i32.const 131072))
    (func (export \"realloc\") (param $old i32) (param $old-size i32) (param $align i32) (param $size i32) (result i32)
      (local $new i32)
      (local.set $new (i32.and
        (i32.add (global.get $top) (i32.sub (local.get $align) (i32.const 1)))
        (i32.sub (i32.const 0) (local.get $align))))
      (global.set $top (i32.add (local.get $new) (local.get $size)))
      (memory.copy (local.get $new) (local.get $old)
        (select (local.get $old-size) (local.get $size) (i32.lt_u (local.get $old-size) (local.get $size))))
      (local.get $new))";

/// Definitions and imports of the named types.
fn named_types(types: &Types) -> String {
    let define = |(index, definition): (usize, &Definition)| {
        let text = match definition {
            Definition::Record(fields) => {
                let fields = fields.iter().enumerate().map(|(i, ty)| format!(" (field \"f{i}\" {})", text(ty)));
                format!("(record{})", fields.collect::<String>())
            }
            Definition::Variant(cases) => {
                let payload = |ty: &Option<Type>| ty.as_ref().map(|ty| format!(" {}", text(ty))).unwrap_or_default();
                let cases = cases.iter().enumerate().map(|(i, ty)| format!(" (case \"c{i}\"{})", payload(ty)));
                format!("(variant{})", cases.collect::<String>())
            }
            Definition::Enum(cases) => format!("(enum{})", labels(*cases)),
            Definition::Flags(flags) => format!("(flags{})", labels(*flags)),
        };
        format!("(type $d{index} {text}) (import \"t{index}\" (type $t{index} (eq $d{index})))\n")
    };
    types.definitions.iter().enumerate().map(define).collect()
}

fn labels(count: usize) -> String {
    (0..count).map(|index| format!(" \"c{index}\"")).collect()
}

fn text(ty: &Type) -> String {
    match ty {
        Type::Primitive(name) => (*name).to_owned(),
        Type::List(ty) => format!("(list {})", text(ty)),
        Type::FixedList(ty, len) => format!("(list {} {len})", text(ty)),
        Type::Map(key, value) => format!("(map {key} {})", text(value)),
        Type::Tuple(types) => format!("(tuple {})", types.iter().map(text).collect::<Vec<_>>().join(" ")),
        Type::Option(ty) => format!("(option {})", text(ty)),
        Type::Result(ok, error) => {
            let ok = ok.as_ref().map(|ty| format!(" {}", text(ty))).unwrap_or_default();
            let error = error.as_ref().map(|ty| format!(" (error {})", text(ty))).unwrap_or_default();
            format!("(result{ok}{error})")
        }
        Type::Named(index) => format!("$t{index}"),
    }
}
