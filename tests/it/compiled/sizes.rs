//! A world of types at the limits of their sizes: of discriminants, of the words of flags, of flat parameters, of Rust's tuples.

use core::fmt::Write;

pub(crate) fn world() -> String {
    let list = |count: usize, item: fn(usize) -> String| (0..count).map(item).collect::<Vec<_>>().join(", ");
    let mut text = "package odd:sizes;\n\ninterface sizes {\n".to_owned();
    let mut add = |keyword: &str, count: usize, definition: String| {
        let name = format!("{keyword}-{count}");
        let sign = if keyword == "type" { " = " } else { " " };
        writeln!(text, "  {keyword} {name}{sign}{definition}").unwrap();
        let nested =
            format!("b: list<{name}>, c: option<option<{name}>>, d: result<option<{name}>, result<_, {name}>>");
        writeln!(text, "  take-{name}: func(a: {name}, {nested}) -> result<result<{name}>, {name}>;").unwrap();
    };
    for count in [1, 8, 9, 16, 17, 32] {
        add("flags", count, format!("{{ {} }}", list(count, |i| format!("c{i}"))));
    }
    for count in [1, 2, 256, 257] {
        add("enum", count, format!("{{ {} }}", list(count, |i| format!("c{i}"))));
        add("variant", count, format!("{{ {} }}", list(count, |i| format!("c{i}(tuple<u8, string>)"))));
    }
    for count in 1..=20 {
        add("type", count, format!("tuple<{}>;", list(count, |_| "u8".to_owned())));
        add("record", count, format!("{{ {} }}", list(count, |i| format!("f{i}: u8"))));
    }
    for count in [16, 17] {
        let params = list(count, |i| format!("p{i}: u64"));
        writeln!(text, "  take-{count}: func({params}) -> u64;\n  wait-{count}: async func({params}) -> u64;").unwrap();
    }
    text + "}\n\nworld of-sizes {\n  import sizes;\n  export sizes;\n}\n"
}
