//! Tuples, as values and as the parameters of functions.
//! They have at most 32 fields, so that a function may have more parameters than are passed flat.

use crate::desc::TypeDesc;
use crate::flat::{FlatReader, FlatWriter};
use crate::form::field_offsets;
use crate::transfer::{ComponentType, Lift, LiftCx, Lower, LowerCx};

/// No parameters; an absent payload.
impl ComponentType for () {
    const DESC: &'static TypeDesc = &TypeDesc::Tuple(&[]);
    const IS_PLAIN: bool = true;
}

impl Lower for () {
    #[inline]
    fn lower<C: LowerCx>(&self, _cx: &mut C, _flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        Ok(())
    }

    #[inline]
    fn store<C: LowerCx>(&self, _cx: &mut C, _addr: u32) -> Result<(), C::Error> {
        Ok(())
    }
}

impl Lift for () {
    #[inline]
    fn lift<C: LiftCx>(_cx: &mut C, _flat: &mut FlatReader<'_>) -> Result<Self, C::Error> {
        Ok(())
    }

    #[inline]
    fn load<C: LiftCx>(_cx: &mut C, _addr: u32) -> Result<Self, C::Error> {
        Ok(())
    }
}

macro_rules! tuple {
    ($($ty:ident $index:tt),+) => {
        impl<$($ty: ComponentType),+> ComponentType for ($($ty,)+) {
            const DESC: &'static TypeDesc = &TypeDesc::Tuple(&[$($ty::DESC),+]);
        }

        impl<$($ty: Lower),+> Lower for ($($ty,)+) {
            #[inline]
            fn lower<Cx: LowerCx>(&self, cx: &mut Cx, flat: &mut FlatWriter<'_>) -> Result<(), Cx::Error> {
                $(self.$index.lower(cx, flat)?;)+
                Ok(())
            }

            #[inline]
            fn store<Cx: LowerCx>(&self, cx: &mut Cx, addr: u32) -> Result<(), Cx::Error> {
                let at = const { field_offsets::<{ [$($index),+].len() }>(Self::DESC) };
                $(self.$index.store(cx, addr + at[$index])?;)+
                Ok(())
            }
        }

        impl<$($ty: Lift),+> Lift for ($($ty,)+) {
            #[inline]
            fn lift<Cx: LiftCx>(cx: &mut Cx, flat: &mut FlatReader<'_>) -> Result<Self, Cx::Error> {
                Ok(($($ty::lift(cx, flat)?,)+))
            }

            #[inline]
            fn load<Cx: LiftCx>(cx: &mut Cx, addr: u32) -> Result<Self, Cx::Error> {
                let at = const { field_offsets::<{ [$($index),+].len() }>(Self::DESC) };
                Ok(($($ty::load(cx, addr + at[$index])?,)+))
            }
        }
    };
}

tuple!(A 0);
tuple!(A 0, B 1);
tuple!(A 0, B 1, C 2);
tuple!(A 0, B 1, C 2, D 3);
tuple!(A 0, B 1, C 2, D 3, E 4);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14, P 15);
tuple!(
    A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14, P 15, Q 16
);
tuple!(
    A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14, P 15, Q 16, R 17
);
tuple!(
    A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14, P 15, Q 16, R 17, S 18
);
tuple!(
    A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14, P 15, Q 16, R 17, S 18, T 19
);
tuple!(
    A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14, P 15, Q 16, R 17, S 18, T 19,
    U 20
);
tuple!(
    A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14, P 15, Q 16, R 17, S 18, T 19,
    U 20, V 21
);
tuple!(
    A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14, P 15, Q 16, R 17, S 18, T 19,
    U 20, V 21, W 22
);
tuple!(
    A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14, P 15, Q 16, R 17, S 18, T 19,
    U 20, V 21, W 22, X 23
);
tuple!(
    A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14, P 15, Q 16, R 17, S 18, T 19,
    U 20, V 21, W 22, X 23, Y 24
);
tuple!(
    A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14, P 15, Q 16, R 17, S 18, T 19,
    U 20, V 21, W 22, X 23, Y 24, Z 25
);
tuple!(
    A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14, P 15, Q 16, R 17, S 18, T 19,
    U 20, V 21, W 22, X 23, Y 24, Z 25, AA 26
);
tuple!(
    A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14, P 15, Q 16, R 17, S 18, T 19,
    U 20, V 21, W 22, X 23, Y 24, Z 25, AA 26, AB 27
);
tuple!(
    A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14, P 15, Q 16, R 17, S 18, T 19,
    U 20, V 21, W 22, X 23, Y 24, Z 25, AA 26, AB 27, AC 28
);
tuple!(
    A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14, P 15, Q 16, R 17, S 18, T 19,
    U 20, V 21, W 22, X 23, Y 24, Z 25, AA 26, AB 27, AC 28, AD 29
);
tuple!(
    A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14, P 15, Q 16, R 17, S 18, T 19,
    U 20, V 21, W 22, X 23, Y 24, Z 25, AA 26, AB 27, AC 28, AD 29, AE 30
);
tuple!(
    A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14, P 15, Q 16, R 17, S 18, T 19,
    U 20, V 21, W 22, X 23, Y 24, Z 25, AA 26, AB 27, AC 28, AD 29, AE 30, AF 31
);
