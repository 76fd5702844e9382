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
        Some(match self {
            TokenKind::Equals => "=",
            TokenKind::Comma => ",",
            TokenKind::Colon => ":",
            TokenKind::Semicolon => ";",
            TokenKind::OpenParen => "(",
            TokenKind::CloseParen => ")",
            TokenKind::OpenBrace => "{",
            TokenKind::CloseBrace => "}",
            TokenKind::Less => "<",
            TokenKind::Greater => ">",
            TokenKind::Star => "*",
            TokenKind::Arrow => "->",
            TokenKind::Slash => "/",
            TokenKind::Dot => ".",
            TokenKind::At => "@",
            TokenKind::Underscore => "_",
            TokenKind::As => "as",
            TokenKind::Async => "async",
            TokenKind::Bool => "bool",
            TokenKind::Borrow => "borrow",
            TokenKind::Char => "char",
            TokenKind::Constructor => "constructor",
            TokenKind::Enum => "enum",
            TokenKind::Export => "export",
            TokenKind::F32 => "f32",
            TokenKind::F64 => "f64",
            TokenKind::Flags => "flags",
            TokenKind::From => "from",
            TokenKind::Func => "func",
            TokenKind::Future => "future",
            TokenKind::Import => "import",
            TokenKind::Include => "include",
            TokenKind::Interface => "interface",
            TokenKind::List => "list",
            TokenKind::Map => "map",
            TokenKind::Option => "option",
            TokenKind::Own => "own",
            TokenKind::Package => "package",
            TokenKind::Record => "record",
            TokenKind::Resource => "resource",
            TokenKind::Result => "result",
            TokenKind::S16 => "s16",
            TokenKind::S32 => "s32",
            TokenKind::S64 => "s64",
            TokenKind::S8 => "s8",
            TokenKind::Static => "static",
            TokenKind::Stream => "stream",
            TokenKind::StringType => "string",
            TokenKind::Tuple => "tuple",
            TokenKind::Type => "type",
            TokenKind::U16 => "u16",
            TokenKind::U32 => "u32",
            TokenKind::U64 => "u64",
            TokenKind::U8 => "u8",
            TokenKind::Use => "use",
            TokenKind::Variant => "variant",
            TokenKind::With => "with",
            TokenKind::World => "world",
            TokenKind::Whitespace
            | TokenKind::LineComment
            | TokenKind::BlockComment
            | TokenKind::ByteOrderMark
            | TokenKind::Eof
            | TokenKind::Integer
            | TokenKind::Version
            | TokenKind::String
            | TokenKind::Label
            | TokenKind::EscapedLabel
            | TokenKind::BadLabel
            | TokenKind::UnknownCharacter
            | TokenKind::ForbiddenCharacter
            | TokenKind::UnterminatedString
            | TokenKind::BadString
            | TokenKind::UnterminatedComment => return None,
        })
    }
}
