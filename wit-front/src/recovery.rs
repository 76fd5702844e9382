//! Where the grammar goes on after a mistake, and what is said of tokens that are missing.

use crate::errors::{foreign, syntax as errors};
use crate::lexer::{T, TokenKind};
use crate::parser::Parser;
use crate::similar;
use crate::span::Span;

impl Parser<'_> {
    /// Whether an item or member seems to begin here.
    pub(crate) fn at_item_start(&self) -> bool {
        let next = self.nth(1);
        match self.kind() {
            T![@] => self.begins_line(),
            T![use]
            | T![type]
            | T![record]
            | T![resource]
            | T![variant]
            | T![enum]
            | T![flags]
            | T![import]
            | T![export]
            | T![include]
            | T![interface]
            | T![world]
            | T![package] => next.is_word(),
            T![constructor] => next == T!['('],
            kind if kind.is_word() => {
                next == T![:] && (self.begins_line() || matches!(self.nth(2), T![func] | T![async] | T![static]))
            }
            _ => false,
        }
    }

    /// Skips what is left of an item: up to and with its `;` or its block, or up to what begins another.
    pub(crate) fn recover(&mut self) {
        loop {
            match self.kind() {
                TokenKind::Eof | T!['}'] => return,
                T![;] => {
                    self.bump();
                    return;
                }
                T!['{'] => {
                    self.skip_block();
                    return;
                }
                _ if self.at_item_start() => return,
                _ => {
                    self.bump();
                }
            }
        }
    }

    /// Skips `{ … }` with everything nested.
    pub(crate) fn skip_block(&mut self) {
        let mut depth = 0_u32;
        loop {
            match self.kind() {
                TokenKind::Eof => return,
                T!['{'] => depth += 1,
                T!['}'] => depth = depth.saturating_sub(1),
                _ => {}
            }
            self.bump();
            if depth == 0 {
                return;
            }
        }
    }
}

impl Parser<'_> {
    /// The `;` behind an item. Where it is missing, the item ends all the same.
    pub(crate) fn semicolon(&mut self) {
        if self.eat_separator(T![;]) {
            return;
        }
        let begins_item = self.kind().is_keyword() && self.at_item_start();
        if self.begins_line() || self.at(T!['}']) || begins_item {
            self.missing_separator(errors::missing_semicolon(self.behind()));
        } else if self.at(T![,]) && self.ends_line() {
            self.error(errors::wrong_separator(self.span(), ",", ";"));
            self.bump();
        } else {
            self.unexpected("`;`");
            self.recover();
        }
    }

    /// Reports a `;` behind a block.
    pub(crate) fn no_semicolon(&mut self) {
        if self.at(T![;]) {
            self.error(errors::needless_semicolon(self.span()));
            self.bump();
        }
    }

    /// Reports a `}` that closes nothing.
    pub(crate) fn stray_brace(&mut self) {
        self.braces_suspect = true;
        self.error(errors::stray_closer(self.span()));
        self.bump();
    }

    /// The keyword of `expected` that stands here, or that is meant here: a misspelt one is reported.
    pub(crate) fn keyword_here(&mut self, expected: &[TokenKind]) -> Option<TokenKind> {
        if expected.contains(&self.kind()) {
            return Some(self.kind());
        }
        if self.kind() == TokenKind::Label && self.nth(1).is_word() && self.nth(2).is_word() {
            // A word too many: `pub record r`, `default world w`.
            let is_keyword = expected.contains(&self.nth(1));
            if is_keyword || meant_keyword(self.nth_text(1), expected.iter().copied()).is_some() {
                self.superfluous_word();
                return self.keyword_here(expected);
            }
        }
        let next = self.nth(1);
        let is_followed = next.is_word() && !matches!(next, T![as] | T![with]) || next == T!['('];
        if !is_followed || !matches!(self.kind(), TokenKind::Label | TokenKind::BadLabel) {
            return None;
        }
        let fits = |kind: &TokenKind| (*kind == T![constructor]) == (next == T!['(']);
        let meant = meant_keyword(self.token_text(), expected.iter().copied().filter(fits))?;
        self.error(errors::misspelt_keyword(self.span(), self.token_text(), meant.text().unwrap_or_default()));
        Some(meant)
    }

    /// Reports the current word, of `pub record r` and `default world w`, and passes it over.
    pub(crate) fn superfluous_word(&mut self) {
        let word = self.span();
        let removed = Span::new(word.file, word.start, self.nth_span(1).start);
        self.error(foreign::superfluous_word(word, self.token_text(), removed));
        self.bump();
        self.forget_report();
    }

    /// Whether this keyword stands here, or is meant here in front of `next`: then the misspelling is reported.
    pub(crate) fn keyword_before(&mut self, keyword: TokenKind, next: TokenKind) -> bool {
        if self.at(keyword) {
            return true;
        }
        let is_word = matches!(self.kind(), TokenKind::Label | TokenKind::BadLabel);
        let is_meant = is_word && self.nth(1) == next && meant_keyword(self.token_text(), [keyword]).is_some();
        if is_meant {
            self.error(errors::misspelt_keyword(self.span(), self.token_text(), keyword.text().unwrap_or_default()));
        }
        is_meant
    }

    /// Skips to a token of this kind; not beyond the item.
    pub(crate) fn skip_to(&mut self, kind: TokenKind) {
        while !self.at(kind) && !self.at_item_end() {
            self.bump();
        }
    }

    /// Skips what is left of an item, without its `;`.
    pub(crate) fn skip_to_item_end(&mut self) {
        while !self.at_item_end() {
            self.bump();
        }
    }

    /// Skips to behind the next `;`, at most to the end of the line, with all that is in braces.
    pub(crate) fn skip_statement(&mut self) {
        self.bump();
        while !self.begins_line() && !self.eat(T![;]) && !self.at(T!['}']) {
            if self.at(T!['{']) {
                self.skip_block();
            } else {
                self.bump();
            }
        }
    }

    /// Skips a word, and its arguments if it has any.
    pub(crate) fn skip_type(&mut self) {
        if self.kind().is_word() {
            self.bump();
        }
        if self.eat(T![<]) {
            self.skip_arguments();
        }
    }

    /// Skips what is left of `<…>`, with everything nested.
    pub(crate) fn skip_arguments(&mut self) {
        let mut depth = 1_u32;
        while depth > 0 && !self.at_item_end() && !self.at(T![')']) {
            match self.kind() {
                T![<] => depth += 1,
                T![>] => depth -= 1,
                _ => {}
            }
            self.bump();
        }
    }

    fn at_item_end(&self) -> bool {
        matches!(self.kind(), T![;] | T!['{'] | T!['}'] | TokenKind::Eof) || self.begins_line() && self.at_item_start()
    }
}

/// The keyword that someone who wrote `word` will have meant.
pub(crate) fn meant_keyword(word: &str, expected: impl IntoIterator<Item = TokenKind> + Clone) -> Option<TokenKind> {
    let foreign = match word {
        "struct" | "message" | "object" | "input" | "dictionary" => Some(T![record]),
        "union" | "oneof" => Some(T![variant]),
        "class" => Some(T![resource]),
        "trait" | "protocol" | "service" | "mod" | "module" | "namespace" => Some(T![interface]),
        "component" | "app" | "application" => Some(T![world]),
        "extends" | "inherits" => Some(T![include]),
        "requires" | "needs" => Some(T![import]),
        "provides" | "exports" => Some(T![export]),
        "alias" | "typedef" => Some(T![type]),
        "bitflags" => Some(T![flags]),
        "fn" | "function" | "method" => Some(T![func]),
        _ => None,
    };
    let texts = expected.clone().into_iter().filter_map(TokenKind::text);
    let similar = || similar::closest(word, texts);
    let mut expected_kinds = expected.clone().into_iter();
    match foreign {
        Some(kind) if expected_kinds.any(|expected| expected == kind) => Some(kind),
        Some(_) | None => {
            let text = similar()?;
            expected.into_iter().find(|kind| kind.text() == Some(text))
        }
    }
}
