//! The tokens with which productions begin.

use crate::ast::PrimTy;
use crate::lexer::{T, TokenKind};
use crate::parser::Parser;

/// The keywords that begin an item of a file or a package.
pub(super) const TOP_LEVEL: [TokenKind; 4] = [T![package], T![interface], T![world], T![use]];

/// The keywords that begin a member of an interface; functions begin with their names.
pub(super) const INTERFACE: [TokenKind; 7] =
    [T![use], T![type], T![record], T![variant], T![enum], T![flags], T![resource]];

/// The keywords that begin a member of a world.
pub(super) const WORLD: [TokenKind; 10] = [
    T![import],
    T![export],
    T![include],
    T![use],
    T![type],
    T![record],
    T![variant],
    T![enum],
    T![flags],
    T![resource],
];

/// The keywords of types with a block.
pub(super) const BLOCK_TYPES: [TokenKind; 5] = [T![record], T![variant], T![enum], T![flags], T![resource]];

/// The keywords of types with arguments.
const TYPE_CONSTRUCTORS: [TokenKind; 9] =
    [T![tuple], T![list], T![option], T![result], T![map], T![future], T![stream], T![borrow], T![own]];

/// Whether the current token is a name with a `:` after it.
pub(super) fn at_named(p: &Parser<'_>) -> bool {
    p.kind().is_word() && p.nth(1) == T![:]
}

/// Whether the current token can begin a type.
pub(super) fn begins_type(p: &Parser<'_>) -> bool {
    let kind = p.kind();
    is_type_keyword(kind)
        || matches!(kind, TokenKind::Label | TokenKind::EscapedLabel | TokenKind::BadLabel)
        || is_name_of_type(p)
}

/// Whether the current token is a keyword that the file gives to a type as its name, and that is no type by itself.
pub(super) fn is_name_of_type(p: &Parser<'_>) -> bool {
    let is_type = is_primitive(p.kind()) || matches!(p.kind(), T![result] | T![future] | T![stream]);
    p.kind().is_keyword() && !is_type && p.nth(1) != T![<] && p.type_names().contains(p.token_text())
}

/// Whether this is the keyword of a type.
pub(super) fn is_type_keyword(kind: TokenKind) -> bool {
    is_primitive(kind) || TYPE_CONSTRUCTORS.contains(&kind)
}

/// Whether this is the keyword of a type without arguments.
pub(super) fn is_primitive(kind: TokenKind) -> bool {
    prim(kind).is_some()
}

/// The type of this keyword, if it is one without arguments.
pub(super) fn prim(kind: TokenKind) -> Option<PrimTy> {
    Some(match kind {
        T![bool] => PrimTy::Bool,
        T![s8] => PrimTy::S8,
        T![u8] => PrimTy::U8,
        T![s16] => PrimTy::S16,
        T![u16] => PrimTy::U16,
        T![s32] => PrimTy::S32,
        T![u32] => PrimTy::U32,
        T![s64] => PrimTy::S64,
        T![u64] => PrimTy::U64,
        T![f32] => PrimTy::F32,
        T![f64] => PrimTy::F64,
        T![char] => PrimTy::Char,
        T![string] => PrimTy::String,
        _ => return None,
    })
}
