//! The WIT types for types of other languages, and advice where WIT has none.

/// Names of types in other languages, each with the type in WIT.
const FOREIGN_TYPES: &[(&str, &str)] = &[
    ("array", "list"),
    ("boolean", "bool"),
    ("btreemap", "map"),
    ("byte", "u8"),
    ("bytes", "list<u8>"),
    ("dict", "map"),
    ("double", "f64"),
    ("either", "result"),
    ("fixed32", "u32"),
    ("fixed64", "u64"),
    ("float", "f32"),
    ("float32", "f32"),
    ("float64", "f64"),
    ("hashmap", "map"),
    ("hashset", "list"),
    ("i16", "s16"),
    ("i32", "s32"),
    ("i64", "s64"),
    ("i8", "s8"),
    ("int", "s32"),
    ("int16", "s16"),
    ("int32", "s32"),
    ("int64", "s64"),
    ("int8", "s8"),
    ("integer", "s32"),
    ("isize", "s32"),
    ("long", "s64"),
    ("maybe", "option"),
    ("nullable", "option"),
    ("number", "f64"),
    ("optional", "option"),
    ("promise", "future"),
    ("readonlyarray", "list"),
    ("seq", "list"),
    ("sequence", "list"),
    ("sfixed32", "s32"),
    ("sfixed64", "s64"),
    ("short", "s16"),
    ("sint32", "s32"),
    ("sint64", "s64"),
    ("slice", "list"),
    ("str", "string"),
    ("text", "string"),
    ("uint", "u32"),
    ("uint16", "u16"),
    ("uint32", "u32"),
    ("uint64", "u64"),
    ("uint8", "u8"),
    ("uint8array", "list<u8>"),
    ("usize", "u32"),
    ("vec", "list"),
];

/// Names of types in other languages for which WIT has no type, each with advice.
const WITHOUT_TYPE: &[(&str, &str)] = &[
    ("any", "say which types are possible, as the cases of a `variant`"),
    ("date", "pass the time as a number, or as a type of `wasi:clocks`"),
    ("datetime", "pass the time as a number, or as a type of `wasi:clocks`"),
    ("dyn", "say which types are possible, as the cases of a `variant`"),
    ("error", "define it: a `variant` or an `enum` of the possible errors"),
    ("f16", "the smallest type of this sort is `f32`"),
    ("f128", "the largest type of this sort is `f64`"),
    ("i128", "the largest integer is `s64`; two of them fit into a `tuple<s64, u64>`"),
    ("impl", "say which type it is: WIT has no type parameters"),
    ("int128", "the largest integer is `s64`; two of them fit into a `tuple<s64, u64>`"),
    ("never", "leave the result out; a function that does not return traps"),
    ("null", "a value that may be missing is an `option<T>`"),
    ("object", "define a `record` with its fields, or a `resource` with its methods"),
    ("self", "write the name of the resource"),
    ("u128", "the largest integer is `u64`; two of them fit into a `tuple<u64, u64>`"),
    ("uint128", "the largest integer is `u64`; two of them fit into a `tuple<u64, u64>`"),
    ("undefined", "a value that may be missing is an `option<T>`"),
    ("unit", "leave it out: a function without a result has no `->`"),
    ("unknown", "say which types are possible, as the cases of a `variant`"),
    ("void", "leave it out: a function without a result has no `->`"),
];

/// Advice for a type of another language that WIT does not have.
#[must_use]
pub fn advice(name: &str) -> Option<&'static str> {
    find(WITHOUT_TYPE, name)
}

/// The WIT type for a type of another language.
#[must_use]
pub fn wit_type(name: &str) -> Option<&'static str> {
    find(FOREIGN_TYPES, name)
}

fn find(table: &[(&str, &'static str)], name: &str) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase().replace(['_', '-'], "");
    table.iter().find(|(foreign, _)| *foreign == lower).map(|(_, found)| *found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_other_languages() {
        assert_eq!(wit_type("uint32"), Some("u32"));
        assert_eq!(wit_type("bytes"), Some("list<u8>"));
        assert_eq!(wit_type("f32"), None);
    }
}
