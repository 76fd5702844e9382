//! What the types of other languages are called in WIT.

/// What people write who know other languages, and what it is called in WIT.
const FOREIGN_TYPES: &[(&str, &str)] = &[
    ("boolean", "bool"),
    ("byte", "u8"),
    ("bytes", "list<u8>"),
    ("double", "f64"),
    ("either", "result"),
    ("error", "error-context"),
    ("float", "f32"),
    ("float32", "f32"),
    ("float64", "f64"),
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
    ("long", "s64"),
    ("maybe", "option"),
    ("optional", "option"),
    ("short", "s16"),
    ("str", "string"),
    ("text", "string"),
    ("uint", "u32"),
    ("uint16", "u16"),
    ("uint32", "u32"),
    ("uint64", "u64"),
    ("uint8", "u8"),
    ("usize", "u32"),
    ("vec", "list"),
];

/// The WIT type that a type of another language is called.
pub(crate) fn wit_type(name: &str) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase().replace(['_', '-'], "");
    FOREIGN_TYPES.iter().find(|(foreign, _)| *foreign == lower).map(|(_, wit)| *wit)
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
