//! The body of flags types as generated code has them: the interface of the crate `bitflags`.

use core::ops::{BitAnd, BitOr};

/// The methods, operators and impls of a flags type with a field `bits`. The macro is passed its type, the names of its
/// constants, and for a type of WIT its name there and those of its labels. Only such a type has `Debug` and `Default`; a user of
/// `bitflags!` derives them.
#[doc(hidden)]
#[macro_export]
macro_rules! __flags {
    ($name:ident: $bits:ident, [$($constant:ident),*], $wit_name:tt, [$($label:tt),*]) => {
        $crate::flags::flags!($name: $bits, [$($constant),*]);
        $crate::flags::flags!(@transfer $name, $wit_name, [$($label),*]);
    };
    ($name:ident: $bits:ident, [$($constant:ident),*]) => {
        impl $name {
            const __ALL: $bits = 0 $(| Self::$constant.bits)*;

            /// No flags.
            pub const fn empty() -> Self {
                Self { bits: 0 }
            }

            /// Every flag.
            pub const fn all() -> Self {
                Self { bits: Self::__ALL }
            }

            /// The bits.
            pub const fn bits(&self) -> $bits {
                self.bits
            }

            /// The flags of these bits. `None` if a bit belongs to no flag.
            pub const fn from_bits(bits: $bits) -> ::core::option::Option<Self> {
                if bits & !Self::__ALL == 0 { Some(Self { bits }) } else { None }
            }

            /// The flags of these bits, without bits that belong to no flag.
            pub const fn from_bits_truncate(bits: $bits) -> Self {
                Self { bits: bits & Self::__ALL }
            }

            /// The flags of these bits, with bits that belong to no flag.
            pub const fn from_bits_retain(bits: $bits) -> Self {
                Self { bits }
            }

            /// The flag of this name.
            pub fn from_name(name: &str) -> ::core::option::Option<Self> {
                let mut flags = <Self as $crate::flags::Flags>::FLAGS.iter();
                flags.find(|flag| flag.name() == name).map(|flag| *flag.value())
            }

            /// Whether no flag is set.
            pub const fn is_empty(&self) -> bool {
                self.bits == 0
            }

            /// Whether every flag is set.
            pub const fn is_all(&self) -> bool {
                self.bits & Self::__ALL == Self::__ALL
            }

            /// Whether both have a flag in common.
            pub const fn intersects(&self, other: Self) -> bool {
                self.bits & other.bits != 0
            }

            /// Whether all flags of `other` are set.
            pub const fn contains(&self, other: Self) -> bool {
                self.bits & other.bits == other.bits
            }

            /// Adds flags.
            pub fn insert(&mut self, other: Self) {
                self.bits |= other.bits;
            }

            /// Removes flags.
            pub fn remove(&mut self, other: Self) {
                self.bits &= !other.bits;
            }

            /// Adds the flags of `other` that are not set, and removes those that are.
            pub fn toggle(&mut self, other: Self) {
                self.bits ^= other.bits;
            }

            /// Adds flags, or removes them.
            pub fn set(&mut self, other: Self, value: bool) {
                if value { self.insert(other) } else { self.remove(other) }
            }

            /// The flags that are in both.
            pub const fn intersection(self, other: Self) -> Self {
                Self { bits: self.bits & other.bits }
            }

            /// The flags that are in either.
            pub const fn union(self, other: Self) -> Self {
                Self { bits: self.bits | other.bits }
            }

            /// The flags that are not in `other`.
            pub const fn difference(self, other: Self) -> Self {
                Self { bits: self.bits & !other.bits }
            }

            /// The flags that are in one of the two.
            pub const fn symmetric_difference(self, other: Self) -> Self {
                Self { bits: self.bits ^ other.bits }
            }

            /// The flags that are not set.
            pub const fn complement(self) -> Self {
                Self { bits: !self.bits & Self::__ALL }
            }

            /// The flags that are set, one by one.
            pub fn iter(&self) -> $crate::flags::Iter<Self> {
                $crate::flags::Iter::new(*self)
            }

            /// The flags that are set, one by one, with their names.
            pub fn iter_names(&self) -> impl ::core::iter::Iterator<Item = (&'static str, Self)> + use<> {
                let flags = *self;
                let all = <Self as $crate::flags::Flags>::FLAGS.iter().map(|flag| (flag.name(), *flag.value()));
                all.filter(move |(_, flag)| flags.contains(*flag))
            }
        }

        impl $crate::flags::Flags for $name {
            const FLAGS: &'static [$crate::flags::Flag<Self>] =
                &[$($crate::flags::Flag::new(stringify!($constant), Self::$constant)),*];
            type Bits = $bits;

            fn bits(&self) -> $bits {
                self.bits
            }

            fn from_bits_retain(bits: $bits) -> Self {
                Self { bits }
            }

            fn all() -> Self {
                Self { bits: Self::__ALL }
            }
        }

        $crate::flags::flags!(@format $name, Binary);
        $crate::flags::flags!(@format $name, Octal);
        $crate::flags::flags!(@format $name, LowerHex);
        $crate::flags::flags!(@format $name, UpperHex);

        impl ::core::iter::IntoIterator for $name {
            type Item = Self;
            type IntoIter = $crate::flags::Iter<Self>;

            fn into_iter(self) -> Self::IntoIter {
                $crate::flags::Iter::new(self)
            }
        }

        $crate::flags::flags!(@operator $name, BitOr, bitor, BitOrAssign, bitor_assign, union);
        $crate::flags::flags!(@operator $name, BitAnd, bitand, BitAndAssign, bitand_assign, intersection);
        $crate::flags::flags!(@operator $name, BitXor, bitxor, BitXorAssign, bitxor_assign, symmetric_difference);
        $crate::flags::flags!(@operator $name, Sub, sub, SubAssign, sub_assign, difference);

        impl ::core::ops::Not for $name {
            type Output = Self;

            fn not(self) -> Self {
                self.complement()
            }
        }

        impl ::core::iter::Extend<Self> for $name {
            fn extend<T: ::core::iter::IntoIterator<Item = Self>>(&mut self, flags: T) {
                for flag in flags {
                    self.insert(flag);
                }
            }
        }

        impl ::core::iter::FromIterator<Self> for $name {
            fn from_iter<T: ::core::iter::IntoIterator<Item = Self>>(flags: T) -> Self {
                flags.into_iter().fold(Self::empty(), Self::union)
            }
        }
    };
    (@transfer $name:ident, $wit_name:tt, [$($label:tt),*]) => {
        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                let unknown = self.bits & !Self::__ALL;
                let names = &mut self.iter_names().map(|(name, _)| name);
                $crate::flags::write(f, stringify!($name), names, u64::from(unknown))
            }
        }

        impl ::core::default::Default for $name {
            fn default() -> Self {
                Self::empty()
            }
        }

        impl $crate::transfer::ComponentType for $name {
            const DESC: &'static $crate::desc::TypeDesc = &$crate::desc::TypeDesc::Flags(
                &$crate::desc::LabelsDesc { name: $wit_name, labels: &[$($label),*] },
            );
        }

        impl $crate::transfer::Lower for $name {
            fn lower<_C: $crate::transfer::LowerCx>(
                &self,
                cx: &mut _C,
                flat: &mut $crate::flat::FlatWriter<'_>,
            ) -> ::core::result::Result<(), _C::Error> {
                $crate::transfer::Lower::lower(&self.bits, cx, flat)
            }

            fn store<_C: $crate::transfer::LowerCx>(&self, cx: &mut _C, addr: u32) -> ::core::result::Result<(), _C::Error> {
                $crate::transfer::Lower::store(&self.bits, cx, addr)
            }
        }

        impl $crate::transfer::Lift for $name {
            fn lift<_C: $crate::transfer::LiftCx>(
                cx: &mut _C,
                flat: &mut $crate::flat::FlatReader<'_>,
            ) -> ::core::result::Result<Self, _C::Error> {
                Ok(Self::from_bits_truncate($crate::transfer::Lift::lift(cx, flat)?))
            }

            fn load<_C: $crate::transfer::LiftCx>(cx: &mut _C, addr: u32) -> ::core::result::Result<Self, _C::Error> {
                Ok(Self::from_bits_truncate($crate::transfer::Lift::load(cx, addr)?))
            }
        }
    };
    (@format $name:ident, $format:ident) => {
        impl ::core::fmt::$format for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::$format::fmt(&self.bits, f)
            }
        }
    };
    (@operator $name:ident, $operator:ident, $method:ident, $assign:ident, $assign_method:ident, $body:ident) => {
        impl ::core::ops::$operator for $name {
            type Output = Self;

            fn $method(self, other: Self) -> Self {
                self.$body(other)
            }
        }

        impl ::core::ops::$assign for $name {
            fn $assign_method(&mut self, other: Self) {
                *self = self.$body(other);
            }
        }
    };
}

#[doc(hidden)]
pub use __flags as flags;

/// Declares flags types in the form of the macro of the crate `bitflags`.
#[doc(hidden)]
#[macro_export]
macro_rules! __bitflags {
    ($(
        $(#[$attribute:meta])*
        $visibility:vis struct $name:ident: $bits:ident {
            $($(#[$of_constant:meta])* const $constant:ident = $value:expr;)*
        }
    )*) => {$(
        $(#[$attribute])*
        $visibility struct $name {
            bits: $bits,
        }

        impl $name {
            $($(#[$of_constant])* pub const $constant: Self = Self { bits: $value };)*
        }

        $crate::flags::flags!($name: $bits, [$($constant),*]);
    )*};
}

#[doc(hidden)]
pub use __bitflags as bitflags;

/// A type of flags.
pub trait Flags: Sized + 'static {
    /// All flags, in the order of their bits.
    const FLAGS: &'static [Flag<Self>];
    /// The number that has the bits.
    type Bits: Copy + PartialEq + BitAnd<Output = Self::Bits> + BitOr<Output = Self::Bits> + Default;

    /// The bits.
    fn bits(&self) -> Self::Bits;

    /// The flags of these bits, with bits that belong to no flag.
    fn from_bits_retain(bits: Self::Bits) -> Self;

    /// Every flag.
    fn all() -> Self;

    /// No flags.
    fn empty() -> Self {
        Self::from_bits_retain(Self::Bits::default())
    }

    /// The flags of these bits. `None` if a bit belongs to no flag.
    fn from_bits(bits: Self::Bits) -> Option<Self> {
        (bits & Self::all().bits() == bits).then(|| Self::from_bits_retain(bits))
    }

    /// The flags of these bits, without bits that belong to no flag.
    fn from_bits_truncate(bits: Self::Bits) -> Self {
        Self::from_bits_retain(bits & Self::all().bits())
    }

    /// The flag of this name.
    fn from_name(name: &str) -> Option<Self> {
        let flag = Self::FLAGS.iter().find(|flag| flag.name() == name)?;
        Some(Self::from_bits_retain(flag.value().bits()))
    }

    /// Whether no flag is set.
    fn is_empty(&self) -> bool {
        self.bits() == Self::Bits::default()
    }

    /// Whether all flags of `other` are set.
    fn contains(&self, other: Self) -> bool {
        self.bits() & other.bits() == other.bits()
    }

    /// Adds flags.
    fn insert(&mut self, other: Self) {
        *self = Self::from_bits_retain(self.bits() | other.bits());
    }
}

/// A flag and its name.
#[derive(Debug)]
pub struct Flag<F> {
    name: &'static str,
    value: F,
}

impl<F> Flag<F> {
    /// A flag.
    #[must_use]
    pub const fn new(name: &'static str, value: F) -> Flag<F> {
        Flag { name, value }
    }

    /// Its name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The flag.
    #[must_use]
    pub const fn value(&self) -> &F {
        &self.value
    }
}

/// The flags that are set, one by one.
#[derive(Clone, Debug)]
pub struct Iter<F> {
    flags: F,
    next: usize,
}

impl<F: Flags> Iter<F> {
    /// An iterator over these flags.
    #[must_use]
    pub const fn new(flags: F) -> Iter<F> {
        Iter { flags, next: 0 }
    }
}

impl<F: Flags> Iterator for Iter<F> {
    type Item = F;

    fn next(&mut self) -> Option<F> {
        let bits = F::FLAGS.iter().map(|flag| flag.value().bits());
        let (index, bits) = bits.enumerate().skip(self.next).find(|(_, bits)| self.flags.bits() & *bits == *bits)?;
        self.next = index + 1;
        Some(F::from_bits_retain(bits))
    }
}

/// Writes flags as `bitflags` does: `Rights(READ | WRITE | 0x8)`, with the bits that belong to no flag.
///
/// # Errors
/// The errors of the formatter.
pub fn write(
    f: &mut core::fmt::Formatter<'_>,
    name: &str,
    flags: &mut dyn Iterator<Item = &'static str>,
    unknown: u64,
) -> core::fmt::Result {
    write!(f, "{name}(")?;
    let mut separator = "";
    for flag in flags {
        write!(f, "{separator}{flag}")?;
        separator = " | ";
    }
    if unknown != 0 || separator.is_empty() {
        write!(f, "{separator}{unknown:#x}")?;
    }
    f.write_str(")")
}
