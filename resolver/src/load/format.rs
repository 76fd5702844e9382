//! Formats of files that are taken for WIT by mistake.

/// The first bytes of files, and their formats.
const STARTS: &[(&[u8], &str)] = &[
    (b"\x7fELF", "a program or a library in machine code (ELF)"),
    (b"MZ\x90\0", "a program or a library in machine code (Windows)"),
    (b"\xcf\xfa\xed\xfe", "a program or a library in machine code (Mach-O)"),
    (b"\xca\xfe\xba\xbe", "a program or a library in machine code (Mach-O), or a class of Java"),
    (b"!<arch>\n", "a static library"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "an image (PNG)"),
];

/// Extensions of files, and their formats.
const EXTENSIONS: &[(&[&str], &str)] = &[
    (&["rs"], "a file of Rust"),
    (&["c", "h", "cc", "cpp", "hpp"], "a file of C or C++"),
    (&["go"], "a file of Go"),
    (&["js", "mjs", "ts", "jsx", "tsx"], "a file of JavaScript or TypeScript"),
    (&["java", "kt", "cs", "swift", "py", "rb"], "a file of another language"),
    (&["proto"], "a file of Protocol Buffers"),
    (&["graphql", "gql"], "a file of GraphQL"),
    (&["witx"], "a file of WITX, the language before WIT"),
    (&["webidl"], "a file of Web IDL"),
    (&["wast"], "a script of WebAssembly"),
    (&["toml", "lock"], "a file of TOML"),
    (&["json"], "a file of JSON"),
    (&["yaml", "yml"], "a file of YAML"),
    (&["md"], "a file of Markdown"),
];

/// The format of a file that is not WIT by its first bytes, or by its name.
pub(super) fn other_format(path: &str, contents: &[u8]) -> Option<&'static str> {
    // No text of WIT begins so.
    if let Some((_, format)) = STARTS.iter().find(|(start, _)| contents.starts_with(start)) {
        return Some(format);
    }
    let extension = super::extension(path)?;
    EXTENSIONS.iter().find(|(extensions, _)| extensions.contains(&extension)).map(|(_, format)| *format)
}
