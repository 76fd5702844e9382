//! Scalar types: their values are one number, which is neither a pointer nor a handle (`CanonicalABI.md#flattening`).

use witwright_abi_runtime::desc::TypeDesc;
use witwright_abi_runtime::trap::Trap;

/// A type whose values are one number each.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Scalar {
    Bool,
    S8,
    U8,
    S16,
    U16,
    S32,
    U32,
    S64,
    U64,
    F32,
    F64,
    Char,
}

impl Scalar {
    pub(crate) fn desc(self) -> &'static TypeDesc {
        match self {
            Scalar::Bool => &TypeDesc::Bool,
            Scalar::S8 => &TypeDesc::S8,
            Scalar::U8 => &TypeDesc::U8,
            Scalar::S16 => &TypeDesc::S16,
            Scalar::U16 => &TypeDesc::U16,
            Scalar::S32 => &TypeDesc::S32,
            Scalar::U32 => &TypeDesc::U32,
            Scalar::S64 => &TypeDesc::S64,
            Scalar::U64 => &TypeDesc::U64,
            Scalar::F32 => &TypeDesc::F32,
            Scalar::F64 => &TypeDesc::F64,
            Scalar::Char => &TypeDesc::Char,
        }
    }

    /// Its name in WIT.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Scalar::Bool => "bool",
            Scalar::S8 => "s8",
            Scalar::U8 => "u8",
            Scalar::S16 => "s16",
            Scalar::U16 => "u16",
            Scalar::S32 => "s32",
            Scalar::U32 => "u32",
            Scalar::S64 => "s64",
            Scalar::U64 => "u64",
            Scalar::F32 => "f32",
            Scalar::F64 => "f64",
            Scalar::Char => "char",
        }
    }

    /// Whether it is a number, so that every bit pattern of its bytes is a value.
    pub(crate) fn is_number(self) -> bool {
        !matches!(self, Scalar::Bool | Scalar::Char)
    }

    /// The bits of a value as it is lowered, from those that were read, of which a slot may have more than its size
    /// (`CanonicalABI.md#lifting-and-lowering-values`).
    ///
    /// # Errors
    /// If they are not a value.
    #[inline]
    pub(crate) fn convert(self, bits: u64) -> Result<u64, Trap> {
        Ok(match self {
            Scalar::Bool => u64::from(bits as u32 != 0),
            Scalar::S8 => u64::from(bits as i8 as i32 as u32),
            Scalar::U8 => u64::from(bits as u8),
            Scalar::S16 => u64::from(bits as i16 as i32 as u32),
            Scalar::U16 => u64::from(bits as u16),
            Scalar::S32 | Scalar::U32 | Scalar::F32 => u64::from(bits as u32),
            Scalar::S64 | Scalar::U64 | Scalar::F64 => bits,
            Scalar::Char => {
                let bits = bits as u32;
                u64::from(u32::from(char::from_u32(bits).ok_or(Trap::InvalidChar(bits))?))
            }
        })
    }
}
