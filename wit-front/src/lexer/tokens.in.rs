//! The kinds of tokens and their patterns (`WIT.md#lexical-structure`). The input of `logos`, expanded into `tokens.rs`.
//!
//! Patterns are wider than the specification where a mistake is likely: whatever looks like a word is one token, so
//! that `my_iface` is one mistake and not three. Words are told apart by `words.rs`: with a pattern for each keyword the
//! expansion would have 60 000 lines.

use logos::Logos;

/// The kinds of tokens.
#[derive(Logos, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum TokenKind {
    /// Spaces, tabs, newlines and carriage returns.
    #[regex(r"[ \t\r\n]+")]
    Whitespace,
    /// `// …` up to the end of the line.
    #[token("//", super::scan::line_comment)]
    LineComment,
    /// `/* … */`, nested.
    #[token("/*", super::scan::block_comment)]
    BlockComment,
    /// A byte order mark at the start of the text.
    ByteOrderMark,
    /// The end of the text; never in a token list.
    Eof,

    /// `=`
    #[token("=")]
    Equals,
    /// `,`
    #[token(",")]
    Comma,
    /// `:`
    #[token(":")]
    Colon,
    /// `;`
    #[token(";")]
    Semicolon,
    /// `(`
    #[token("(")]
    OpenParen,
    /// `)`
    #[token(")")]
    CloseParen,
    /// `{`
    #[token("{")]
    OpenBrace,
    /// `}`
    #[token("}")]
    CloseBrace,
    /// `<`
    #[token("<")]
    Less,
    /// `>`
    #[token(">")]
    Greater,
    /// `*`
    #[token("*")]
    Star,
    /// `->`
    #[token("->")]
    Arrow,
    /// `/`
    #[token("/")]
    Slash,
    /// `.`
    #[token(".")]
    Dot,
    /// `@`
    #[token("@")]
    At,
    /// `_`
    Underscore,

    /// `[0-9]+`
    #[regex("[0-9]+")]
    Integer,
    /// Something that begins like a version: `0.2.0-rc.1+build`. The parser decides whether it is one.
    #[regex(r"[0-9]+(\.[0-9A-Za-z+-]+)+")]
    Version,
    /// `"…"`, with valid escapes.
    #[token("\"", super::scan::string)]
    String,
    /// A name in kebab case. The pattern accepts every word; the function decides its kind.
    #[regex("%?[A-Za-z_]([A-Za-z0-9_]|-+[A-Za-z0-9_])*", super::words::word)]
    Label,
    /// A name after a `%`.
    EscapedLabel,

    /// `as`
    As,
    /// `async`
    Async,
    /// `bool`
    Bool,
    /// `borrow`
    Borrow,
    /// `char`
    Char,
    /// `constructor`
    Constructor,
    /// `enum`
    Enum,
    /// `export`
    Export,
    /// `f32`
    F32,
    /// `f64`
    F64,
    /// `flags`
    Flags,
    /// `from`
    From,
    /// `func`
    Func,
    /// `future`
    Future,
    /// `import`
    Import,
    /// `include`
    Include,
    /// `interface`
    Interface,
    /// `list`
    List,
    /// `map`
    Map,
    /// `option`
    Option,
    /// `own`
    Own,
    /// `package`
    Package,
    /// `record`
    Record,
    /// `resource`
    Resource,
    /// `result`
    Result,
    /// `s16`
    S16,
    /// `s32`
    S32,
    /// `s64`
    S64,
    /// `s8`
    S8,
    /// `static`
    Static,
    /// `stream`
    Stream,
    /// `string`
    StringType,
    /// `tuple`
    Tuple,
    /// `type`
    Type,
    /// `u16`
    U16,
    /// `u32`
    U32,
    /// `u64`
    U64,
    /// `u8`
    U8,
    /// `use`
    Use,
    /// `variant`
    Variant,
    /// `with`
    With,
    /// `world`
    World,

    /// Error: a word, perhaps after a `%`, that is not in kebab case.
    #[regex("%?[0-9]+[A-Za-z_]([A-Za-z0-9_]|-+[A-Za-z0-9_])*", super::words::bad_word)]
    #[regex("%[0-9]*", super::words::bad_word)]
    BadLabel,
    /// Error: a character that has no place in WIT.
    UnknownCharacter,
    /// Error: a character that the specification forbids.
    ForbiddenCharacter,
    /// Error: `"…` without its closing quote.
    UnterminatedString,
    /// Error: `"…"` with an escape or a character that a string cannot have.
    BadString,
    /// Error: `/* …` without its `*/`.
    UnterminatedComment,
}
