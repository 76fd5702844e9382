//! Traps: one variant for each rule of the specification that a component can break.

/// A broken rule. The messages are those of the specification's reference tests.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Trap {
    /// A `char` above `0x10FFFF` or in the range of surrogates.
    InvalidChar,
    /// A discriminant that names no case.
    InvalidDiscriminant,
}
