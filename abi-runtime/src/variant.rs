//! Lifting and lowering of the cases of variants and enums, for generated code (`CanonicalABI.md#flattening`, `#loading`,
//! `#storing`).
//!
//! A case without payload has the payload `()`. `tests/it/generated_form.rs` shows the use.

use crate::flat::{FlatReader, FlatWriter};
use crate::form::case_count;
use crate::layout::discriminant_size;
use crate::transfer::{ComponentType, Cx, LiftCx, Lower, LowerCx};
use crate::trap::Trap;

/// Writes a case of the variant `V` flat: the discriminant, the payload, and zeros in the slots that the case leaves unused.
///
/// # Errors
/// The errors of the context.
#[inline]
pub fn lower_case<V: ComponentType, P: Lower + ?Sized, C: LowerCx>(
    case: u32,
    payload: &P,
    cx: &mut C,
    flat: &mut FlatWriter<'_>,
) -> Result<(), C::Error> {
    let end = flat.position() + V::ABI.flat.len();
    flat.push(u64::from(case));
    payload.lower(cx, flat)?;
    flat.pad_to(end);
    Ok(())
}

/// Writes a case of the variant `V` at an address.
///
/// # Errors
/// The errors of the context.
#[inline]
pub fn store_case<V: ComponentType, P: Lower + ?Sized, C: LowerCx>(
    case: u32,
    payload: &P,
    cx: &mut C,
    addr: u32,
) -> Result<(), C::Error> {
    store_discriminant::<V, C>(case, cx, addr)?;
    payload.store(cx, addr + const { V::LAYOUT.payload_offset })
}

/// Reads a case of the variant `V` from its flat form. `lift` gets the discriminant and reads the payload; it returns
/// `None` if no case has the discriminant.
///
/// # Errors
/// A trap when no case has the discriminant; those of `lift`.
#[inline]
pub fn lift_case<V: ComponentType, C: LiftCx>(
    cx: &mut C,
    flat: &mut FlatReader<'_>,
    lift: impl FnOnce(&mut C, u32, &mut FlatReader<'_>) -> Result<Option<V>, C::Error>,
) -> Result<V, C::Error> {
    lift_case_by::<V, V, C, _>(cx, flat, lift)
}

/// The same for a value of another type than `V`, the type by whose shape it is lifted.
///
/// # Errors
/// Those of [`lift_case`].
#[inline]
pub fn lift_case_by<V: ComponentType, T, C: LiftCx, F>(
    cx: &mut C,
    flat: &mut FlatReader<'_>,
    lift: F,
) -> Result<T, C::Error>
where
    F: FnOnce(&mut C, u32, &mut FlatReader<'_>) -> Result<Option<T>, C::Error>,
{
    let end = flat.position() + V::ABI.flat.len();
    let case = flat.pop() as u32;
    let value = lift(cx, case, flat)?;
    flat.skip_to(end);
    value.ok_or_else(|| no_case::<V, C>(cx, case))
}

/// Reads a case of the variant `V` at an address. `load` gets the discriminant and the address of the payload; it returns
/// `None` if no case has the discriminant.
///
/// # Errors
/// A trap when no case has the discriminant; those of `load`.
#[inline]
pub fn load_case<V: ComponentType, C: LiftCx>(
    cx: &mut C,
    addr: u32,
    load: impl FnOnce(&mut C, u32, u32) -> Result<Option<V>, C::Error>,
) -> Result<V, C::Error> {
    load_case_by::<V, V, C, _>(cx, addr, load)
}

/// The same for a value of another type than `V`, the type by whose shape it is loaded.
///
/// # Errors
/// Those of [`load_case`].
#[inline]
pub fn load_case_by<V: ComponentType, T, C: LiftCx, F>(cx: &mut C, addr: u32, load: F) -> Result<T, C::Error>
where
    F: FnOnce(&mut C, u32, u32) -> Result<Option<T>, C::Error>,
{
    let case = load_discriminant::<V, C>(cx, addr)?;
    let value = load(cx, case, addr + const { V::LAYOUT.payload_offset })?;
    value.ok_or_else(|| no_case::<V, C>(cx, case))
}

/// An `enum`: cases without payloads.
pub trait Enum: ComponentType + Copy + 'static {
    /// Its cases, in order.
    const CASES: &'static [Self];
    /// Its discriminant: its index among the cases.
    fn discriminant(self) -> u32;
}

/// Writes an enum flat.
///
/// # Errors
/// It has none; the type of the result is that of [`Lower::lower`].
#[inline]
pub fn lower_enum<E: Enum, C: LowerCx>(value: E, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
    flat.push(u64::from(value.discriminant()));
    Ok(())
}

/// Writes an enum at an address.
///
/// # Errors
/// The errors of the context.
#[inline]
pub fn store_enum<E: Enum, C: LowerCx>(value: E, cx: &mut C, addr: u32) -> Result<(), C::Error> {
    store_discriminant::<E, C>(value.discriminant(), cx, addr)
}

/// Reads an enum from its flat form.
///
/// # Errors
/// A trap when no case has the discriminant.
#[inline]
pub fn lift_enum<E: Enum, C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<E, C::Error> {
    enum_case(cx, flat.pop() as u32)
}

/// Reads an enum at an address.
///
/// # Errors
/// A trap when no case has the discriminant; the errors of the context.
#[inline]
pub fn load_enum<E: Enum, C: LiftCx>(cx: &mut C, addr: u32) -> Result<E, C::Error> {
    let case = load_discriminant::<E, C>(cx, addr)?;
    enum_case(cx, case)
}

#[inline]
fn enum_case<E: Enum, C: Cx>(cx: &C, case: u32) -> Result<E, C::Error> {
    E::CASES.get(case as usize).copied().ok_or_else(|| no_case::<E, C>(cx, case))
}

/// The trap of a discriminant that names no case of `V`.
#[cold]
fn no_case<V: ComponentType, C: Cx>(cx: &C, case: u32) -> C::Error {
    let count = const { case_count(V::DESC) } as u32;
    cx.trap(Trap::InvalidDiscriminant { case, count })
}

#[inline]
fn store_discriminant<V: ComponentType, C: LowerCx>(case: u32, cx: &mut C, addr: u32) -> Result<(), C::Error> {
    match const { discriminant_size(case_count(V::DESC)) } {
        1 => cx.write(addr, [case as u8]),
        2 => cx.write(addr, (case as u16).to_le_bytes()),
        _ => cx.write(addr, case.to_le_bytes()),
    }
}

#[inline]
fn load_discriminant<V: ComponentType, C: LiftCx>(cx: &mut C, addr: u32) -> Result<u32, C::Error> {
    Ok(match const { discriminant_size(case_count(V::DESC)) } {
        1 => cx.read::<1>(addr)?[0].into(),
        2 => u16::from_le_bytes(cx.read(addr)?).into(),
        _ => u32::from_le_bytes(cx.read(addr)?),
    })
}
