//! Values of types without the traits of [`transfer`](crate::transfer), by their public shape: bindings of other generators, in
//! crates of others. A shape is a local type that says how values of a Rust type are read and made.
//!
//! [`By<S, T>`](By) is a `T` that is lifted and lowered by the shape `S`. Shapes of compound types have the form of their types:
//! `Vec<S>` is one of `Vec<T>`, and [`Same`] stands for parts that have the traits.

use alloc::vec::Vec;
use core::marker::PhantomData;
use core::mem::ManuallyDrop;

use crate::desc::TypeDesc;
use crate::flat::{FlatReader, FlatWriter};
use crate::form::TypeLayout;
use crate::impls::{each_tuple, handle};
use crate::maps::{self, WitMap};
use crate::resource::Handles;
use crate::transfer::{ComponentType, Lift, LiftCx, Lower, LowerCx, layouts};

/// A type that is the one that WIT has for a part of another type: the field or the case `F`.
#[diagnostic::on_unimplemented(
    message = "`{F}` is `{T}` in WIT, and `{Self}` in the module that the option `with` names",
    label = "this module has another type",
    note = "name a module of bindings of the same interface"
)]
pub trait IsPart<F, T: ?Sized> {}

impl<F, T: ?Sized> IsPart<F, T> for T {}

/// Lets the compiler compare the type of a part with that of WIT.
pub const fn is_part<F, T: ?Sized, U: IsPart<F, T> + ?Sized>(_: &U) {}

/// The shape of the type `T`.
#[diagnostic::on_unimplemented(
    message = "`{T}` is not the type of WIT that it stands for",
    label = "a module that the option `with` names has another type here"
)]
pub trait Shape<T: ?Sized> {
    /// The value type.
    const DESC: &'static TypeDesc;
    /// The layouts of its parts, as [`ComponentType::PARTS`].
    const PARTS: &'static [TypeLayout] = &[];
    /// The value type of a reference, as [`ComponentType::REF_DESC`].
    const REF_DESC: &'static TypeDesc = Self::DESC;
    /// As [`ComponentType::IS_PLAIN`].
    #[doc(hidden)]
    const IS_PLAIN: bool = false;
}

/// A shape by which values are lowered: the functions of [`Lower`].
#[expect(missing_docs, clippy::missing_errors_doc, reason = "they are those of `Lower`")]
pub trait LowerBy<T: ?Sized>: Shape<T> {
    fn lower<C: LowerCx>(value: &T, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error>;
    fn store<C: LowerCx>(value: &T, cx: &mut C, addr: u32) -> Result<(), C::Error>;

    fn lower_ref<C: LowerCx>(value: &T, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        Self::lower(value, cx, flat)
    }

    fn store_ref<C: LowerCx>(value: &T, cx: &mut C, addr: u32) -> Result<(), C::Error> {
        Self::store(value, cx, addr)
    }
}

/// A shape by which values are lifted: the functions of [`Lift`].
#[expect(missing_docs, clippy::missing_errors_doc, reason = "they are those of `Lift`")]
pub trait LiftBy<T>: Shape<T> {
    fn lift<C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<T, C::Error>;
    fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<T, C::Error>;
}

/// A value that is lifted and lowered by a shape.
#[derive(Debug)]
#[repr(transparent)]
pub struct By<S: ?Sized, T: ?Sized>(pub PhantomData<S>, pub T);

impl<S: ?Sized, T> By<S, T> {
    /// A value.
    #[inline]
    pub const fn new(value: T) -> By<S, T> {
        By(PhantomData, value)
    }

    /// The value.
    #[inline]
    pub fn into_inner(self) -> T {
        self.1
    }
}

impl<S: ?Sized, T: ?Sized> By<S, T> {
    /// A reference to a value.
    #[inline]
    pub const fn of(value: &T) -> &By<S, T> {
        // SAFETY: the type is transparent, and the marker holds nothing.
        unsafe { &*(core::ptr::from_ref(value) as *const By<S, T>) }
    }
}

/// References to the values of a list.
#[inline]
const fn all_of<S, T>(values: &[T]) -> &[By<S, T>] {
    // SAFETY: the type is transparent, and the marker holds nothing.
    unsafe { core::slice::from_raw_parts(values.as_ptr().cast(), values.len()) }
}

/// The values of a list.
#[inline]
fn into_all<S, T>(values: Vec<By<S, T>>) -> Vec<T> {
    let mut values = ManuallyDrop::new(values);
    // SAFETY: the type is transparent, and the buffer has one owner.
    unsafe { Vec::from_raw_parts(values.as_mut_ptr().cast(), values.len(), values.capacity()) }
}

impl<S: Shape<T> + ?Sized, T: ?Sized> ComponentType for By<S, T> {
    const DESC: &'static TypeDesc = S::DESC;
    const PARTS: &'static [TypeLayout] = S::PARTS;
    const REF_DESC: &'static TypeDesc = S::REF_DESC;
    const IS_PLAIN: bool = S::IS_PLAIN;
}

impl<S: LowerBy<T> + ?Sized, T: ?Sized> Lower for By<S, T> {
    #[inline]
    fn lower<C: LowerCx>(&self, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        S::lower(&self.1, cx, flat)
    }

    #[inline]
    fn store<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
        S::store(&self.1, cx, addr)
    }

    #[inline]
    fn lower_ref<C: LowerCx>(&self, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        S::lower_ref(&self.1, cx, flat)
    }

    #[inline]
    fn store_ref<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
        S::store_ref(&self.1, cx, addr)
    }
}

impl<S: LiftBy<T> + ?Sized, T> Lift for By<S, T> {
    #[inline]
    fn lift<C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<Self, C::Error> {
        S::lift(cx, flat).map(By::new)
    }

    #[inline]
    fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<Self, C::Error> {
        S::load(cx, addr).map(By::new)
    }
}

/// A reference to a value that is lowered as the value itself. Only resources differ here.
struct Owned<'a, T: ?Sized>(&'a T);

impl<T: ComponentType + ?Sized> ComponentType for Owned<'_, T> {
    const DESC: &'static TypeDesc = T::DESC;
    const PARTS: &'static [TypeLayout] = T::PARTS;
}

impl<T: Lower + ?Sized> Lower for Owned<'_, T> {
    #[inline]
    fn lower<C: LowerCx>(&self, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        self.0.lower(cx, flat)
    }

    #[inline]
    fn store<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
        self.0.store(cx, addr)
    }
}

#[inline]
fn owned<S: ?Sized, T: ?Sized>(value: &T) -> Owned<'_, By<S, T>> {
    Owned(By::of(value))
}

/// The shape of a type that has the traits.
#[derive(Debug)]
pub struct Same;

impl<T: ComponentType + ?Sized> Shape<T> for Same {
    const DESC: &'static TypeDesc = T::DESC;
    const PARTS: &'static [TypeLayout] = T::PARTS;
    const REF_DESC: &'static TypeDesc = T::REF_DESC;
    const IS_PLAIN: bool = T::IS_PLAIN;
}

impl<T: Lower + ?Sized> LowerBy<T> for Same {
    #[inline]
    fn lower<C: LowerCx>(value: &T, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        value.lower(cx, flat)
    }

    #[inline]
    fn store<C: LowerCx>(value: &T, cx: &mut C, addr: u32) -> Result<(), C::Error> {
        value.store(cx, addr)
    }

    #[inline]
    fn lower_ref<C: LowerCx>(value: &T, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        value.lower_ref(cx, flat)
    }

    #[inline]
    fn store_ref<C: LowerCx>(value: &T, cx: &mut C, addr: u32) -> Result<(), C::Error> {
        value.store_ref(cx, addr)
    }
}

impl<T: Lift> LiftBy<T> for Same {
    #[inline]
    fn lift<C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<T, C::Error> {
        T::lift(cx, flat)
    }

    #[inline]
    fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<T, C::Error> {
        T::load(cx, addr)
    }
}

/// A type that has two names: that of a module which may lack it, and that of the type for which it is an alias.
pub trait Aliased {
    /// The type.
    type Type;
}

/// The bindings that a module of another crate, or of other bindings, belongs to.
pub trait Origin {
    /// The way in which values of its types pass.
    type Way: Way;
}

/// The way in which values of types with shapes pass.
pub trait Way {
    /// The shape by which they do, of the one that they have.
    type Of<S>;
    /// The way of types that have such ones and others as parts.
    type And<W: Way>: Way;
}

/// The bindings are of another generator: values pass by the shapes of their types.
#[derive(Debug)]
pub struct ByShape;

impl Way for ByShape {
    type Of<S> = S;
    type And<W: Way> = ByShape;
}

/// The bindings are of this version of this generator: their types have the traits.
#[derive(Debug)]
pub struct ByTraits;

impl Way for ByTraits {
    type Of<S> = Same;
    type And<W: Way> = W;
}

/// The functions of [`LowerBy`], by which a value is lowered as another one.
macro_rules! lowered_as {
    ($ty:ty, $value:ident => $other:expr) => {
        #[inline]
        fn lower<Cx: LowerCx>($value: &$ty, cx: &mut Cx, flat: &mut FlatWriter<'_>) -> Result<(), Cx::Error> {
            Lower::lower(&$other, cx, flat)
        }

        #[inline]
        fn store<Cx: LowerCx>($value: &$ty, cx: &mut Cx, addr: u32) -> Result<(), Cx::Error> {
            Lower::store(&$other, cx, addr)
        }
    };
}

/// The functions of [`LiftBy`], by which a value is made of another one.
macro_rules! lifted_as {
    ($ty:ty, $value:ident: $other:ty => $made:expr) => {
        #[inline]
        fn lift<Cx: LiftCx>(cx: &mut Cx, flat: &mut FlatReader<'_>) -> Result<$ty, Cx::Error> {
            let $value = <$other as Lift>::lift(cx, flat)?;
            Ok($made)
        }

        #[inline]
        fn load<Cx: LiftCx>(cx: &mut Cx, addr: u32) -> Result<$ty, Cx::Error> {
            let $value = <$other as Lift>::load(cx, addr)?;
            Ok($made)
        }
    };
}

impl<S: Shape<T>, T> Shape<Option<T>> for Option<S> {
    const DESC: &'static TypeDesc = <Option<By<S, T>>>::DESC;
    const PARTS: &'static [TypeLayout] = <Option<By<S, T>>>::PARTS;
}

impl<S: LowerBy<T>, T> LowerBy<Option<T>> for Option<S> {
    lowered_as!(Option<T>, value => value.as_ref().map(owned::<S, T>));
}

impl<S: LiftBy<T>, T> LiftBy<Option<T>> for Option<S> {
    lifted_as!(Option<T>, value: Option<By<S, T>> => value.map(By::into_inner));
}

impl<S: Shape<T>, F: Shape<E>, T, E> Shape<Result<T, E>> for Result<S, F> {
    const DESC: &'static TypeDesc = <Result<By<S, T>, By<F, E>>>::DESC;
    const PARTS: &'static [TypeLayout] = <Result<By<S, T>, By<F, E>>>::PARTS;
}

impl<S: LowerBy<T>, F: LowerBy<E>, T, E> LowerBy<Result<T, E>> for Result<S, F> {
    lowered_as!(Result<T, E>, value => value.as_ref().map(owned::<S, T>).map_err(owned::<F, E>));
}

impl<S: LiftBy<T>, F: LiftBy<E>, T, E> LiftBy<Result<T, E>> for Result<S, F> {
    lifted_as!(
        Result<T, E>,
        value: Result<By<S, T>, By<F, E>> => value.map(By::into_inner).map_err(By::into_inner)
    );
}

impl<S: Shape<T>, T> Shape<[T]> for [S] {
    const DESC: &'static TypeDesc = <[By<S, T>]>::DESC;
    const PARTS: &'static [TypeLayout] = <[By<S, T>]>::PARTS;
}

impl<S: LowerBy<T>, T> LowerBy<[T]> for [S] {
    lowered_as!([T], value => *all_of::<S, T>(value));
}

impl<S: Shape<T>, T> Shape<Vec<T>> for Vec<S> {
    const DESC: &'static TypeDesc = <Vec<By<S, T>>>::DESC;
    const PARTS: &'static [TypeLayout] = <Vec<By<S, T>>>::PARTS;
}

impl<S: LowerBy<T>, T> LowerBy<Vec<T>> for Vec<S> {
    lowered_as!(Vec<T>, value => *all_of::<S, T>(value));
}

impl<S: LiftBy<T>, T> LiftBy<Vec<T>> for Vec<S> {
    lifted_as!(Vec<T>, value: Vec<By<S, T>> => into_all(value));
}

impl<S: Shape<T>, T, const N: usize> Shape<[T; N]> for [S; N] {
    const DESC: &'static TypeDesc = <[By<S, T>; N]>::DESC;
    const PARTS: &'static [TypeLayout] = <[By<S, T>; N]>::PARTS;
}

impl<S: LowerBy<T>, T, const N: usize> LowerBy<[T; N]> for [S; N] {
    lowered_as!([T; N], value => value.each_ref().map(owned::<S, T>));
}

impl<S: LiftBy<T>, T, const N: usize> LiftBy<[T; N]> for [S; N] {
    lifted_as!([T; N], value: [By<S, T>; N] => value.map(By::into_inner));
}

macro_rules! tuple {
    ($($ty:ident $shape:ident $index:tt),+) => {
        impl<$($shape: Shape<$ty>, $ty),+> Shape<($($ty,)+)> for ($($shape,)+) {
            const DESC: &'static TypeDesc = <($(By<$shape, $ty>,)+)>::DESC;
            const PARTS: &'static [TypeLayout] = <($(By<$shape, $ty>,)+)>::PARTS;
        }

        impl<$($shape: LowerBy<$ty>, $ty),+> LowerBy<($($ty,)+)> for ($($shape,)+) {
            lowered_as!(($($ty,)+), value => ($(owned::<$shape, $ty>(&value.$index),)+));
        }

        impl<$($shape: LiftBy<$ty>, $ty),+> LiftBy<($($ty,)+)> for ($($shape,)+) {
            lifted_as!(($($ty,)+), value: ($(By<$shape, $ty>,)+) => ($(value.$index.1,)+));
        }
    };
}

each_tuple!(tuple);

/// The shape of a map. `K` and `V` are the keys and values, each [`By`] its shape.
#[derive(Debug)]
pub struct Entries<K, V>(PhantomData<(K, V)>);

impl<S: Shape<K>, F: Shape<V>, K, V, M: WitMap<K, V>> Shape<M> for Entries<By<S, K>, By<F, V>> {
    const DESC: &'static TypeDesc = &TypeDesc::Map(S::DESC, F::DESC);
    const PARTS: &'static [TypeLayout] = layouts![By<S, K>, By<F, V>];
}

impl<S: LowerBy<K>, F: LowerBy<V>, K, V, M: WitMap<K, V>> LowerBy<M> for Entries<By<S, K>, By<F, V>>
where
    for<'a> &'a M: IntoIterator<Item = (&'a K, &'a V)>,
{
    fn lower<C: LowerCx>(value: &M, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        let entries = value.into_iter().map(|(key, value)| (By::<S, K>::of(key), By::<F, V>::of(value)));
        maps::lower(entries, value.wit_map_len(), cx, flat)
    }

    fn store<C: LowerCx>(value: &M, cx: &mut C, addr: u32) -> Result<(), C::Error> {
        let entries = value.into_iter().map(|(key, value)| (By::<S, K>::of(key), By::<F, V>::of(value)));
        maps::store(entries, value.wit_map_len(), cx, addr)
    }
}

impl<S: LiftBy<K>, F: LiftBy<V>, K, V, M: WitMap<K, V>> LiftBy<M> for Entries<By<S, K>, By<F, V>> {
    fn lift<C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<M, C::Error> {
        maps::lift::<By<S, K>, By<F, V>, Made<M>, C>(cx, flat).map(|Made(map)| map)
    }

    fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<M, C::Error> {
        maps::load::<By<S, K>, By<F, V>, Made<M>, C>(cx, addr).map(|Made(map)| map)
    }
}

/// A map that is made of the values of lifted entries.
struct Made<M>(M);

impl<S, F, K, V, M: WitMap<K, V>> WitMap<By<S, K>, By<F, V>> for Made<M> {
    fn wit_map_new(capacity: usize) -> Self {
        Made(M::wit_map_new(capacity))
    }

    fn wit_map_push(&mut self, key: By<S, K>, value: By<F, V>) {
        self.0.wit_map_push(key.1, value.1);
    }

    fn wit_map_len(&self) -> usize {
        self.0.wit_map_len()
    }
}

/// The shape of a reference.
#[derive(Debug)]
pub struct Ref<S: ?Sized>(PhantomData<S>);

impl<S: Shape<T> + ?Sized, T: ?Sized> Shape<&T> for Ref<S> {
    const DESC: &'static TypeDesc = S::REF_DESC;
    const PARTS: &'static [TypeLayout] = S::PARTS;
}

impl<S: LowerBy<T> + ?Sized, T: ?Sized> LowerBy<&T> for Ref<S> {
    lowered_as!(&T, value => By::<S, T>::of(value));
}

/// The shape of a resource with [`Handles`].
#[derive(Debug)]
pub struct Handle<S>(PhantomData<S>);

impl<S: Handles<R>, R> Shape<R> for Handle<S> {
    const DESC: &'static TypeDesc = &TypeDesc::Own(S::DESC);
    const REF_DESC: &'static TypeDesc = &TypeDesc::Borrow(S::DESC);
}

impl<S: Handles<R>, R> LowerBy<R> for Handle<S> {
    #[inline]
    fn lower<C: LowerCx>(value: &R, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        handle::lower::<S, R, C>(value, cx, flat)
    }

    #[inline]
    fn store<C: LowerCx>(value: &R, cx: &mut C, addr: u32) -> Result<(), C::Error> {
        handle::store::<S, R, C>(value, cx, addr)
    }

    #[inline]
    fn lower_ref<C: LowerCx>(value: &R, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        handle::lower_ref::<S, R, C>(value, cx, flat)
    }

    #[inline]
    fn store_ref<C: LowerCx>(value: &R, cx: &mut C, addr: u32) -> Result<(), C::Error> {
        handle::store_ref::<S, R, C>(value, cx, addr)
    }
}

impl<S: Handles<R>, R> LiftBy<R> for Handle<S> {
    #[inline]
    fn lift<C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<R, C::Error> {
        handle::lift::<S, R, C>(cx, flat)
    }

    #[inline]
    fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<R, C::Error> {
        handle::load::<S, R, C>(cx, addr)
    }
}

impl<'a, R: ?Sized> LiftBy<&'a R> for Ref<Same>
where
    &'a R: Lift,
    R: ComponentType,
{
    #[inline]
    fn lift<C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<&'a R, C::Error> {
        Lift::lift(cx, flat)
    }

    #[inline]
    fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<&'a R, C::Error> {
        Lift::load(cx, addr)
    }
}

#[cfg(any(target_arch = "wasm32", feature = "std"))]
impl<'a, S: Handles<R>, R: 'static> LiftBy<&'a R> for Ref<Handle<S>> {
    fn lift<C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<&'a R, C::Error> {
        let handle = handle::lift_borrow(S::DESC, cx, flat)?;
        // SAFETY: the handle is lent for the call.
        Ok(unsafe { lent::<S, R>(handle as u32) })
    }

    fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<&'a R, C::Error> {
        let handle = handle::load_borrow(S::DESC, cx, addr)?;
        // SAFETY: the handle is lent for the call.
        Ok(unsafe { lent::<S, R>(handle as u32) })
    }
}

/// The owner of a lent handle, which is dropped when the call ends. Natively it is the lender's own, which the lender keeps.
///
/// # Safety
/// The handle is lent for the call that lifts it, which has entered a scope.
#[cfg(any(target_arch = "wasm32", feature = "std"))]
unsafe fn lent<'a, S: Handles<R>, R: 'static>(handle: u32) -> &'a R {
    // SAFETY: as the caller promises; natively it is not dropped.
    let owner = unsafe { S::owner(handle) };
    if cfg!(target_arch = "wasm32") {
        // SAFETY: as the caller promises.
        unsafe { crate::held::hold(owner) }
    } else {
        // SAFETY: as the caller promises.
        let owner: &ManuallyDrop<R> = unsafe { crate::held::hold(ManuallyDrop::new(owner)) };
        owner
    }
}
