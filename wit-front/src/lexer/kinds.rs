//! What token kinds are called, and which of them mean nothing to the grammar.

use super::tokens::TokenKind;

impl TokenKind {
    /// Every keyword.
    pub const KEYWORDS: [TokenKind; 42] = [
        TokenKind::As,
        TokenKind::Async,
        TokenKind::Bool,
        TokenKind::Borrow,
        TokenKind::Char,
        TokenKind::Constructor,
        TokenKind::Enum,
        TokenKind::Export,
        TokenKind::F32,
        TokenKind::F64,
        TokenKind::Flags,
        TokenKind::From,
        TokenKind::Func,
        TokenKind::Future,
        TokenKind::Import,
        TokenKind::Include,
        TokenKind::Interface,
        TokenKind::List,
        TokenKind::Map,
        TokenKind::Option,
        TokenKind::Own,
        TokenKind::Package,
        TokenKind::Record,
        TokenKind::Resource,
        TokenKind::Result,
        TokenKind::S16,
        TokenKind::S32,
        TokenKind::S64,
        TokenKind::S8,
        TokenKind::Static,
        TokenKind::Stream,
        TokenKind::StringType,
        TokenKind::Tuple,
        TokenKind::Type,
        TokenKind::U16,
        TokenKind::U32,
        TokenKind::U64,
        TokenKind::U8,
        TokenKind::Use,
        TokenKind::Variant,
        TokenKind::With,
        TokenKind::World,
    ];

    /// Whether the grammar passes over this token: whitespace, comments, and characters that have been reported.
    #[must_use]
    pub const fn is_trivia(self) -> bool {
        matches!(
            self,
            TokenKind::Whitespace
                | TokenKind::LineComment
                | TokenKind::BlockComment
                | TokenKind::ByteOrderMark
                | TokenKind::UnknownCharacter
                | TokenKind::ForbiddenCharacter
                | TokenKind::UnterminatedComment
        )
    }

    /// Whether this is a comment.
    #[must_use]
    pub const fn is_comment(self) -> bool {
        matches!(self, TokenKind::LineComment | TokenKind::BlockComment)
    }

    /// Whether this token is a mistake in itself.
    #[must_use]
    pub const fn is_error(self) -> bool {
        matches!(
            self,
            TokenKind::BadLabel
                | TokenKind::UnknownCharacter
                | TokenKind::ForbiddenCharacter
                | TokenKind::UnterminatedString
                | TokenKind::BadString
                | TokenKind::UnterminatedComment
        )
    }

    /// Whether this is a keyword.
    #[must_use]
    pub const fn is_keyword(self) -> bool {
        self as u8 >= TokenKind::As as u8 && self as u8 <= TokenKind::World as u8
    }

    /// The text, for kinds that have only one.
    #[must_use]
    pub const fn text(self) -> Option<&'static str> {
        if self.is_keyword() {
            return Some(KEYWORD_TEXTS[self as usize - TokenKind::As as usize]);
        }
        if self as u8 >= TokenKind::Equals as u8 && self as u8 <= TokenKind::Underscore as u8 {
            return Some(PUNCTUATION[self as usize - TokenKind::Equals as usize]);
        }
        None
    }
}

/// The texts of the kinds from `Equals` to `Underscore`, in their order.
const PUNCTUATION: [&str; 16] = ["=", ",", ":", ";", "(", ")", "{", "}", "<", ">", "*", "->", "/", ".", "@", "_"];

/// The texts of the keywords, in the order of their kinds.
const KEYWORD_TEXTS: [&str; TokenKind::KEYWORDS.len()] = [
    "as",
    "async",
    "bool",
    "borrow",
    "char",
    "constructor",
    "enum",
    "export",
    "f32",
    "f64",
    "flags",
    "from",
    "func",
    "future",
    "import",
    "include",
    "interface",
    "list",
    "map",
    "option",
    "own",
    "package",
    "record",
    "resource",
    "result",
    "s16",
    "s32",
    "s64",
    "s8",
    "static",
    "stream",
    "string",
    "tuple",
    "type",
    "u16",
    "u32",
    "u64",
    "u8",
    "use",
    "variant",
    "with",
    "world",
];
