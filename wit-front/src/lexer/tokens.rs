//! The kinds of tokens (`WIT.md#lexical-structure`), @generated from `tokens.in.rs` by logos; not to be edited.

use logos::Logos;

/// The kinds of tokens.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum TokenKind {
    /// Spaces, tabs, newlines and carriage returns.
    Whitespace,
    /// `// …` up to the end of the line.
    LineComment,
    /// `/* … */`, nested.
    BlockComment,
    /// A byte order mark at the start of the text.
    ByteOrderMark,
    /// The end of the text; never in a token list.
    Eof,
    /// `=`
    Equals,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// `;`
    Semicolon,
    /// `(`
    OpenParen,
    /// `)`
    CloseParen,
    /// `{`
    OpenBrace,
    /// `}`
    CloseBrace,
    /// `<`
    Less,
    /// `>`
    Greater,
    /// `*`
    Star,
    /// `->`
    Arrow,
    /// `/`
    Slash,
    /// `.`
    Dot,
    /// `@`
    At,
    /// `_`
    Underscore,
    /// `[0-9]+`
    Integer,
    /// Something that begins like a version: `0.2.0-rc.1+build`. The parser decides whether it is one.
    Version,
    /// `"…"`, with valid escapes.
    String,
    /// A name in kebab case. The pattern accepts every word; the function decides its kind.
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
impl<'s> ::logos::Logos<'s> for TokenKind {
    type Error = ();
    type Extras = ();
    type Source = str;
    fn lex(
        lex: &mut ::logos::Lexer<'s, Self>,
    ) -> core::option::Option<
        core::result::Result<Self, <Self as ::logos::Logos<'s>>::Error>,
    > {
        use ::logos::internal::{
            LexerInternal, CallbackRetVal, CallbackResult, SkipRetVal, SkipResult,
        };
        use core::result::Result as _Result;
        use core::option::Option as _Option;
        use ::logos::Logos;
        type _Lexer<'s> = ::logos::Lexer<'s, TokenKind>;
        macro_rules! _fast_loop {
            ($lex:ident, $test:ident, $offset:ident) => {
                'fast_loop : { while let Some(arr) = $lex .read:: < & [u8; 8usize] >
                ($offset) { if $test (arr[0usize]) { $offset += 0usize; break 'fast_loop;
                } if $test (arr[1usize]) { $offset += 1usize; break 'fast_loop; } if
                $test (arr[2usize]) { $offset += 2usize; break 'fast_loop; } if $test
                (arr[3usize]) { $offset += 3usize; break 'fast_loop; } if $test
                (arr[4usize]) { $offset += 4usize; break 'fast_loop; } if $test
                (arr[5usize]) { $offset += 5usize; break 'fast_loop; } if $test
                (arr[6usize]) { $offset += 6usize; break 'fast_loop; } if $test
                (arr[7usize]) { $offset += 7usize; break 'fast_loop; } $offset += 8usize;
                } while let Some(byte) = $lex .read:: < u8 > ($offset) { if $test (byte)
                { break 'fast_loop; } $offset += 1; } }
            };
        }
        macro_rules! _take_action {
            ($lex:ident, $offset:ident, $context:ident, $state:ident) => {
                { let action = _get_action($lex, $offset, $context); match action {
                CallbackResult::Emit(tok) => { return Some(Ok(tok)); },
                CallbackResult::Skip => { $lex .trivia(); $offset = $lex .offset();
                $context = None; $state = LogosState::State11; continue; },
                CallbackResult::Error(err) => { return Some(Err(err)); },
                CallbackResult::DefaultError => { return Some(Err(_make_error($lex))); },
                } }
            };
        }
        const _TABLE_0: [u8; 256] = [
            0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 32u8, 32u8, 0u8, 0u8, 32u8, 0u8,
            0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
            0u8, 0u8, 32u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 4u8, 0u8,
            5u8, 0u8, 0u8, 14u8, 14u8, 14u8, 14u8, 14u8, 14u8, 14u8, 14u8, 14u8, 14u8,
            0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 22u8, 22u8, 22u8, 22u8, 22u8, 22u8, 22u8,
            22u8, 22u8, 22u8, 22u8, 22u8, 22u8, 22u8, 22u8, 22u8, 22u8, 22u8, 22u8, 22u8,
            22u8, 22u8, 22u8, 22u8, 22u8, 22u8, 0u8, 0u8, 0u8, 0u8, 18u8, 0u8, 22u8,
            22u8, 22u8, 22u8, 22u8, 22u8, 22u8, 22u8, 22u8, 22u8, 22u8, 22u8, 22u8, 22u8,
            22u8, 22u8, 22u8, 22u8, 22u8, 22u8, 22u8, 22u8, 22u8, 22u8, 22u8, 22u8, 0u8,
            0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
            0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
            0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
            0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
            0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
            0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
            0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
            0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
            0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        ];
        #[inline]
        fn _make_error<'s>(lex: &mut _Lexer<'s>) -> <TokenKind as Logos<'s>>::Error {
            <TokenKind as Logos<'s>>::Error::default()
        }
        #[inline]
        fn _get_action<'s>(
            lex: &mut _Lexer<'s>,
            offset: usize,
            context: _Option<LogosLeaf>,
        ) -> CallbackResult<'s, TokenKind> {
            match context {
                None => {
                    lex.end_to_boundary(offset.max(lex.offset() + 1));
                    CallbackResult::Error(_make_error(lex))
                }
                Some(LogosLeaf::Leaf0) => CallbackResult::Emit(TokenKind::Whitespace),
                Some(LogosLeaf::Leaf1) => {
                    let cb_result = super::scan::line_comment(lex);
                    CallbackRetVal::<
                        's,
                        (),
                        TokenKind,
                    >::construct(cb_result, |()| TokenKind::LineComment)
                }
                Some(LogosLeaf::Leaf2) => {
                    let cb_result = super::scan::block_comment(lex);
                    CallbackRetVal::<
                        's,
                        (),
                        TokenKind,
                    >::construct(cb_result, |()| TokenKind::BlockComment)
                }
                Some(LogosLeaf::Leaf3) => CallbackResult::Emit(TokenKind::Equals),
                Some(LogosLeaf::Leaf4) => CallbackResult::Emit(TokenKind::Comma),
                Some(LogosLeaf::Leaf5) => CallbackResult::Emit(TokenKind::Colon),
                Some(LogosLeaf::Leaf6) => CallbackResult::Emit(TokenKind::Semicolon),
                Some(LogosLeaf::Leaf7) => CallbackResult::Emit(TokenKind::OpenParen),
                Some(LogosLeaf::Leaf8) => CallbackResult::Emit(TokenKind::CloseParen),
                Some(LogosLeaf::Leaf9) => CallbackResult::Emit(TokenKind::OpenBrace),
                Some(LogosLeaf::Leaf10) => CallbackResult::Emit(TokenKind::CloseBrace),
                Some(LogosLeaf::Leaf11) => CallbackResult::Emit(TokenKind::Less),
                Some(LogosLeaf::Leaf12) => CallbackResult::Emit(TokenKind::Greater),
                Some(LogosLeaf::Leaf13) => CallbackResult::Emit(TokenKind::Star),
                Some(LogosLeaf::Leaf14) => CallbackResult::Emit(TokenKind::Arrow),
                Some(LogosLeaf::Leaf15) => CallbackResult::Emit(TokenKind::Slash),
                Some(LogosLeaf::Leaf16) => CallbackResult::Emit(TokenKind::Dot),
                Some(LogosLeaf::Leaf17) => CallbackResult::Emit(TokenKind::At),
                Some(LogosLeaf::Leaf18) => CallbackResult::Emit(TokenKind::Integer),
                Some(LogosLeaf::Leaf19) => CallbackResult::Emit(TokenKind::Version),
                Some(LogosLeaf::Leaf20) => {
                    let cb_result = super::scan::string(lex);
                    CallbackRetVal::<
                        's,
                        (),
                        TokenKind,
                    >::construct(cb_result, |()| TokenKind::String)
                }
                Some(LogosLeaf::Leaf21) => {
                    let cb_result = super::words::word(lex);
                    CallbackRetVal::<
                        's,
                        (),
                        TokenKind,
                    >::construct(cb_result, |()| TokenKind::Label)
                }
                Some(LogosLeaf::Leaf22) => {
                    let cb_result = super::words::bad_word(lex);
                    CallbackRetVal::<
                        's,
                        (),
                        TokenKind,
                    >::construct(cb_result, |()| TokenKind::BadLabel)
                }
                Some(LogosLeaf::Leaf23) => {
                    let cb_result = super::words::bad_word(lex);
                    CallbackRetVal::<
                        's,
                        (),
                        TokenKind,
                    >::construct(cb_result, |()| TokenKind::BadLabel)
                }
            }
        }
        #[derive(Clone, Copy)]
        enum LogosLeaf {
            Leaf0 = 0isize,
            Leaf1 = 1isize,
            Leaf2 = 2isize,
            Leaf3 = 3isize,
            Leaf4 = 4isize,
            Leaf5 = 5isize,
            Leaf6 = 6isize,
            Leaf7 = 7isize,
            Leaf8 = 8isize,
            Leaf9 = 9isize,
            Leaf10 = 10isize,
            Leaf11 = 11isize,
            Leaf12 = 12isize,
            Leaf13 = 13isize,
            Leaf14 = 14isize,
            Leaf15 = 15isize,
            Leaf16 = 16isize,
            Leaf17 = 17isize,
            Leaf18 = 18isize,
            Leaf19 = 19isize,
            Leaf20 = 20isize,
            Leaf21 = 21isize,
            Leaf22 = 22isize,
            Leaf23 = 23isize,
        }
        #[derive(Clone, Copy)]
        enum LogosState {
            State0,
            State1,
            State10,
            State11,
            State12,
            State13,
            State14,
            State15,
            State16,
            State17,
            State18,
            State19,
            State2,
            State20,
            State21,
            State22,
            State23,
            State24,
            State25,
            State26,
            State27,
            State28,
            State29,
            State3,
            State4,
            State5,
            State6,
            State7,
            State8,
            State9,
        }
        let mut state = LogosState::State11;
        let mut offset = lex.offset();
        let mut context: _Option<LogosLeaf> = None;
        loop {
            match state {
                LogosState::State0 => {
                    #[inline]
                    fn loop_test(byte: u8) -> bool {
                        _TABLE_0[byte as usize] & 1u8 == 0
                    }
                    _fast_loop!(lex, loop_test, offset);
                    let other = lex.read::<u8>(offset);
                    if let Some(byte) = other {
                        if _TABLE_0[byte as usize] & 2u8 != 0 {
                            offset += 1;
                            state = LogosState::State1;
                            continue;
                        }
                    } else {}
                    _take_action!(lex, offset, context, state)
                }
                LogosState::State1 => {
                    #[inline]
                    fn loop_test(byte: u8) -> bool {
                        _TABLE_0[byte as usize] & 2u8 == 0
                    }
                    _fast_loop!(lex, loop_test, offset);
                    lex.end(offset);
                    context = Some(LogosLeaf::Leaf21);
                    let other = lex.read::<u8>(offset);
                    if let Some(byte) = other {
                        if (byte == b'-') {
                            offset += 1;
                            state = LogosState::State0;
                            continue;
                        }
                    } else {}
                    _take_action!(lex, offset, context, state)
                }
                LogosState::State2 => {
                    let other = lex.read::<u8>(offset);
                    if let Some(byte) = other {
                        if _TABLE_0[byte as usize] & 4u8 != 0 {
                            offset += 1;
                            state = LogosState::State6;
                            continue;
                        }
                    } else {}
                    _take_action!(lex, offset, context, state)
                }
                LogosState::State3 => {
                    #[inline]
                    fn loop_test(byte: u8) -> bool {
                        _TABLE_0[byte as usize] & 8u8 == 0
                    }
                    _fast_loop!(lex, loop_test, offset);
                    lex.end(offset);
                    context = Some(LogosLeaf::Leaf18);
                    let other = lex.read::<u8>(offset);
                    if let Some(byte) = other {
                        const TABLE: [_Option<LogosState>; 256] = [
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            Some(LogosState::State2),
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            None,
                            None,
                            None,
                            None,
                            Some(LogosState::State4),
                            None,
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            Some(LogosState::State4),
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                        ];
                        let next_state = TABLE[byte as usize];
                        if let Some(next_state) = next_state {
                            offset += 1;
                            state = next_state;
                            continue;
                        }
                    } else {}
                    _take_action!(lex, offset, context, state)
                }
                LogosState::State4 => {
                    #[inline]
                    fn loop_test(byte: u8) -> bool {
                        _TABLE_0[byte as usize] & 2u8 == 0
                    }
                    _fast_loop!(lex, loop_test, offset);
                    lex.end(offset);
                    context = Some(LogosLeaf::Leaf22);
                    let other = lex.read::<u8>(offset);
                    if let Some(byte) = other {
                        if (byte == b'-') {
                            offset += 1;
                            state = LogosState::State5;
                            continue;
                        }
                    } else {}
                    _take_action!(lex, offset, context, state)
                }
                LogosState::State5 => {
                    #[inline]
                    fn loop_test(byte: u8) -> bool {
                        _TABLE_0[byte as usize] & 1u8 == 0
                    }
                    _fast_loop!(lex, loop_test, offset);
                    let other = lex.read::<u8>(offset);
                    if let Some(byte) = other {
                        if _TABLE_0[byte as usize] & 2u8 != 0 {
                            offset += 1;
                            state = LogosState::State4;
                            continue;
                        }
                    } else {}
                    _take_action!(lex, offset, context, state)
                }
                LogosState::State6 => {
                    #[inline]
                    fn loop_test(byte: u8) -> bool {
                        _TABLE_0[byte as usize] & 4u8 == 0
                    }
                    _fast_loop!(lex, loop_test, offset);
                    lex.end(offset);
                    context = Some(LogosLeaf::Leaf19);
                    let other = lex.read::<u8>(offset);
                    if let Some(byte) = other {
                        if (byte == b'.') {
                            offset += 1;
                            state = LogosState::State2;
                            continue;
                        }
                    } else {}
                    _take_action!(lex, offset, context, state)
                }
                LogosState::State7 => {
                    lex.end(offset);
                    context = Some(LogosLeaf::Leaf2);
                    let other = lex.read::<u8>(offset);
                    if let Some(byte) = other {} else {}
                    _take_action!(lex, offset, context, state)
                }
                LogosState::State8 => {
                    lex.end(offset);
                    context = Some(LogosLeaf::Leaf1);
                    let other = lex.read::<u8>(offset);
                    if let Some(byte) = other {} else {}
                    _take_action!(lex, offset, context, state)
                }
                LogosState::State9 => {
                    #[inline]
                    fn loop_test(byte: u8) -> bool {
                        _TABLE_0[byte as usize] & 8u8 == 0
                    }
                    _fast_loop!(lex, loop_test, offset);
                    lex.end(offset);
                    context = Some(LogosLeaf::Leaf23);
                    let other = lex.read::<u8>(offset);
                    if let Some(byte) = other {
                        if _TABLE_0[byte as usize] & 16u8 != 0 {
                            offset += 1;
                            state = LogosState::State4;
                            continue;
                        }
                    } else {}
                    _take_action!(lex, offset, context, state)
                }
                LogosState::State10 => {
                    #[inline]
                    fn loop_test(byte: u8) -> bool {
                        _TABLE_0[byte as usize] & 32u8 == 0
                    }
                    _fast_loop!(lex, loop_test, offset);
                    lex.end(offset);
                    context = Some(LogosLeaf::Leaf0);
                    let other = lex.read::<u8>(offset);
                    if let Some(byte) = other {} else {}
                    _take_action!(lex, offset, context, state)
                }
                LogosState::State11 => {
                    let other = lex.read::<u8>(offset);
                    if let Some(byte) = other {
                        const TABLE: [_Option<LogosState>; 256] = [
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            Some(LogosState::State10),
                            Some(LogosState::State10),
                            None,
                            None,
                            Some(LogosState::State10),
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            Some(LogosState::State10),
                            None,
                            Some(LogosState::State15),
                            None,
                            None,
                            Some(LogosState::State16),
                            None,
                            None,
                            Some(LogosState::State17),
                            Some(LogosState::State19),
                            Some(LogosState::State20),
                            None,
                            Some(LogosState::State21),
                            Some(LogosState::State22),
                            Some(LogosState::State23),
                            Some(LogosState::State24),
                            Some(LogosState::State3),
                            Some(LogosState::State3),
                            Some(LogosState::State3),
                            Some(LogosState::State3),
                            Some(LogosState::State3),
                            Some(LogosState::State3),
                            Some(LogosState::State3),
                            Some(LogosState::State3),
                            Some(LogosState::State3),
                            Some(LogosState::State3),
                            Some(LogosState::State25),
                            Some(LogosState::State26),
                            Some(LogosState::State27),
                            Some(LogosState::State28),
                            Some(LogosState::State29),
                            None,
                            Some(LogosState::State14),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            None,
                            None,
                            None,
                            None,
                            Some(LogosState::State1),
                            None,
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State1),
                            Some(LogosState::State12),
                            None,
                            Some(LogosState::State13),
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                            None,
                        ];
                        let next_state = TABLE[byte as usize];
                        if let Some(next_state) = next_state {
                            offset += 1;
                            state = next_state;
                            continue;
                        }
                    } else {
                        if lex.offset() == offset {
                            return None;
                        }
                    }
                    _take_action!(lex, offset, context, state)
                }
                LogosState::State12 => {
                    lex.end(offset);
                    context = Some(LogosLeaf::Leaf9);
                    let other = lex.read::<u8>(offset);
                    if let Some(byte) = other {} else {}
                    _take_action!(lex, offset, context, state)
                }
                LogosState::State13 => {
                    lex.end(offset);
                    context = Some(LogosLeaf::Leaf10);
                    let other = lex.read::<u8>(offset);
                    if let Some(byte) = other {} else {}
                    _take_action!(lex, offset, context, state)
                }
                LogosState::State14 => {
                    lex.end(offset);
                    context = Some(LogosLeaf::Leaf17);
                    let other = lex.read::<u8>(offset);
                    if let Some(byte) = other {} else {}
                    _take_action!(lex, offset, context, state)
                }
                LogosState::State15 => {
                    lex.end(offset);
                    context = Some(LogosLeaf::Leaf20);
                    let other = lex.read::<u8>(offset);
                    if let Some(byte) = other {} else {}
                    _take_action!(lex, offset, context, state)
                }
                LogosState::State16 => {
                    lex.end(offset);
                    context = Some(LogosLeaf::Leaf23);
                    let other = lex.read::<u8>(offset);
                    if let Some(byte) = other {
                        if _TABLE_0[byte as usize] & 16u8 != 0 {
                            offset += 1;
                            state = LogosState::State1;
                            continue;
                        }
                        if (matches!(byte, b'0'..= b'9')) {
                            offset += 1;
                            state = LogosState::State9;
                            continue;
                        }
                    } else {}
                    _take_action!(lex, offset, context, state)
                }
                LogosState::State17 => {
                    lex.end(offset);
                    context = Some(LogosLeaf::Leaf7);
                    let other = lex.read::<u8>(offset);
                    if let Some(byte) = other {} else {}
                    _take_action!(lex, offset, context, state)
                }
                LogosState::State18 => {
                    lex.end(offset);
                    context = Some(LogosLeaf::Leaf14);
                    let other = lex.read::<u8>(offset);
                    if let Some(byte) = other {} else {}
                    _take_action!(lex, offset, context, state)
                }
                LogosState::State19 => {
                    lex.end(offset);
                    context = Some(LogosLeaf::Leaf8);
                    let other = lex.read::<u8>(offset);
                    if let Some(byte) = other {} else {}
                    _take_action!(lex, offset, context, state)
                }
                LogosState::State20 => {
                    lex.end(offset);
                    context = Some(LogosLeaf::Leaf13);
                    let other = lex.read::<u8>(offset);
                    if let Some(byte) = other {} else {}
                    _take_action!(lex, offset, context, state)
                }
                LogosState::State21 => {
                    lex.end(offset);
                    context = Some(LogosLeaf::Leaf4);
                    let other = lex.read::<u8>(offset);
                    if let Some(byte) = other {} else {}
                    _take_action!(lex, offset, context, state)
                }
                LogosState::State22 => {
                    let other = lex.read::<u8>(offset);
                    if let Some(byte) = other {
                        if (byte == b'>') {
                            offset += 1;
                            state = LogosState::State18;
                            continue;
                        }
                    } else {}
                    _take_action!(lex, offset, context, state)
                }
                LogosState::State23 => {
                    lex.end(offset);
                    context = Some(LogosLeaf::Leaf16);
                    let other = lex.read::<u8>(offset);
                    if let Some(byte) = other {} else {}
                    _take_action!(lex, offset, context, state)
                }
                LogosState::State24 => {
                    lex.end(offset);
                    context = Some(LogosLeaf::Leaf15);
                    let other = lex.read::<u8>(offset);
                    if let Some(byte) = other {
                        if (byte == b'*') {
                            offset += 1;
                            state = LogosState::State7;
                            continue;
                        }
                        if (byte == b'/') {
                            offset += 1;
                            state = LogosState::State8;
                            continue;
                        }
                    } else {}
                    _take_action!(lex, offset, context, state)
                }
                LogosState::State25 => {
                    lex.end(offset);
                    context = Some(LogosLeaf::Leaf5);
                    let other = lex.read::<u8>(offset);
                    if let Some(byte) = other {} else {}
                    _take_action!(lex, offset, context, state)
                }
                LogosState::State26 => {
                    lex.end(offset);
                    context = Some(LogosLeaf::Leaf6);
                    let other = lex.read::<u8>(offset);
                    if let Some(byte) = other {} else {}
                    _take_action!(lex, offset, context, state)
                }
                LogosState::State27 => {
                    lex.end(offset);
                    context = Some(LogosLeaf::Leaf11);
                    let other = lex.read::<u8>(offset);
                    if let Some(byte) = other {} else {}
                    _take_action!(lex, offset, context, state)
                }
                LogosState::State28 => {
                    lex.end(offset);
                    context = Some(LogosLeaf::Leaf3);
                    let other = lex.read::<u8>(offset);
                    if let Some(byte) = other {} else {}
                    _take_action!(lex, offset, context, state)
                }
                LogosState::State29 => {
                    lex.end(offset);
                    context = Some(LogosLeaf::Leaf12);
                    let other = lex.read::<u8>(offset);
                    if let Some(byte) = other {} else {}
                    _take_action!(lex, offset, context, state)
                }
            }
        }
    }
}
