//! The grammar of `WIT.md` as a program, and the means to compare the hand-written parser with it.
//!
//! `wit.lalrpop` is the specification's grammar, production by production. It has a lexer of its own, because most mistakes
//! are in the rules on identifiers, versions, strings and forbidden characters. With the parser's tokens, the comparison
//! would find none of them.

pub mod agreement;
pub mod lexer;
pub mod mutation;
mod unreported;

use core::fmt;

use lalrpop_util::{ParseError, lalrpop_mod};

use crate::lexer::Token;

lalrpop_mod!(
    #[allow(
        clippy::all,
        clippy::pedantic,
        clippy::restriction,
        missing_docs,
        unreachable_pub,
        reason = "expanded by LALRPOP"
    )]
    wit
);

/// The reason why a text is not WIT.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rejection {
    /// Offset of the first byte that does not fit.
    pub at: usize,
    /// The rule that it breaks.
    pub why: Why,
}

/// The rule that a text breaks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Why {
    /// A rule on characters and tokens.
    Lexical(&'static str),
    /// No production continues with this token.
    Token(Token),
    /// The text ends within a production.
    End,
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at {}: ", self.at)?;
        match self.why {
            Why::Lexical(rule) => f.write_str(rule),
            Why::Token(token) => write!(f, "no production goes on with {token:?}"),
            Why::End => f.write_str("the text ends within a production"),
        }
    }
}

/// Whether a text is a `wit-file`.
///
/// # Errors
///
/// If it is not, with the first position that does not fit.
pub fn judge(text: &str) -> Result<(), Rejection> {
    let tokens = lexer::tokens(text)?;
    let end = text.len();
    wit::WitFileParser::new().parse(tokens).map_err(|error| match error {
        ParseError::UnrecognizedToken { token: (at, token, _), .. }
        | ParseError::ExtraToken { token: (at, token, _) } => Rejection { at, why: Why::Token(token) },
        ParseError::InvalidToken { .. } | ParseError::UnrecognizedEof { .. } | ParseError::User { .. } => {
            Rejection { at: end, why: Why::End }
        }
    })
}
