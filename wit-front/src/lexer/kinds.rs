//! The texts of token kinds, and their sorts: trivia, mistakes, keywords, words.

use super::texts::T;
use super::tokens::TokenKind;

impl TokenKind {
    /// Every keyword.
    pub const KEYWORDS: [TokenKind; 42] = [
        T![as],
        T![async],
        T![bool],
        T![borrow],
        T![char],
        T![constructor],
        T![enum],
        T![export],
        T![f32],
        T![f64],
        T![flags],
        T![from],
        T![func],
        T![future],
        T![import],
        T![include],
        T![interface],
        T![list],
        T![map],
        T![option],
        T![own],
        T![package],
        T![record],
        T![resource],
        T![result],
        T![s16],
        T![s32],
        T![s64],
        T![s8],
        T![static],
        T![stream],
        T![string],
        T![tuple],
        T![type],
        T![u16],
        T![u32],
        T![u64],
        T![u8],
        T![use],
        T![variant],
        T![with],
        T![world],
    ];

    /// Whether the grammar skips this token: whitespace, a comment, or a character that has been reported.
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

    /// Whether a token of this kind can be meant as a name.
    #[must_use]
    pub(crate) const fn is_word(self) -> bool {
        self.is_keyword() || matches!(self, TokenKind::Label | TokenKind::EscapedLabel | TokenKind::BadLabel)
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
