//! Tuples, as values and as the parameters of functions.
//! They have at most 32 fields, so that a function may have more parameters than are passed flat.

use crate::desc::TypeDesc;
use crate::flat::{FlatReader, FlatWriter};
use crate::form::{TypeLayout, field_offsets};
use crate::transfer::{ComponentType, Lift, LiftCx, Lower, LowerCx, layouts};

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

/// Calls a macro for the tuples of each length, with the types of the fields, further names for them, and their indices.
macro_rules! each_tuple {
    ($each:ident) => {
        $each!(A OfA 0);
        $each!(A OfA 0, B OfB 1);
        $each!(A OfA 0, B OfB 1, C OfC 2);
        $each!(A OfA 0, B OfB 1, C OfC 2, D OfD 3);
        $each!(A OfA 0, B OfB 1, C OfC 2, D OfD 3, E OfE 4);
        $each!(A OfA 0, B OfB 1, C OfC 2, D OfD 3, E OfE 4, F OfF 5);
        $each!(A OfA 0, B OfB 1, C OfC 2, D OfD 3, E OfE 4, F OfF 5, G OfG 6);
        $each!(A OfA 0, B OfB 1, C OfC 2, D OfD 3, E OfE 4, F OfF 5, G OfG 6, H OfH 7);
        $each!(A OfA 0, B OfB 1, C OfC 2, D OfD 3, E OfE 4, F OfF 5, G OfG 6, H OfH 7, I OfI 8);
        $each!(A OfA 0, B OfB 1, C OfC 2, D OfD 3, E OfE 4, F OfF 5, G OfG 6, H OfH 7, I OfI 8, J OfJ 9);
        $each!(A OfA 0, B OfB 1, C OfC 2, D OfD 3, E OfE 4, F OfF 5, G OfG 6, H OfH 7, I OfI 8, J OfJ 9, K OfK 10);
        $each!(
            A OfA 0, B OfB 1, C OfC 2, D OfD 3, E OfE 4, F OfF 5, G OfG 6, H OfH 7, I OfI 8, J OfJ 9, K OfK 10,
            L OfL 11
        );
        $each!(
            A OfA 0, B OfB 1, C OfC 2, D OfD 3, E OfE 4, F OfF 5, G OfG 6, H OfH 7, I OfI 8, J OfJ 9, K OfK 10,
            L OfL 11, M OfM 12
        );
        $each!(
            A OfA 0, B OfB 1, C OfC 2, D OfD 3, E OfE 4, F OfF 5, G OfG 6, H OfH 7, I OfI 8, J OfJ 9, K OfK 10,
            L OfL 11, M OfM 12, N OfN 13
        );
        $each!(
            A OfA 0, B OfB 1, C OfC 2, D OfD 3, E OfE 4, F OfF 5, G OfG 6, H OfH 7, I OfI 8, J OfJ 9, K OfK 10,
            L OfL 11, M OfM 12, N OfN 13, O OfO 14
        );
        $each!(
            A OfA 0, B OfB 1, C OfC 2, D OfD 3, E OfE 4, F OfF 5, G OfG 6, H OfH 7, I OfI 8, J OfJ 9, K OfK 10,
            L OfL 11, M OfM 12, N OfN 13, O OfO 14, P OfP 15
        );
        $each!(
            A OfA 0, B OfB 1, C OfC 2, D OfD 3, E OfE 4, F OfF 5, G OfG 6, H OfH 7, I OfI 8, J OfJ 9, K OfK 10,
            L OfL 11, M OfM 12, N OfN 13, O OfO 14, P OfP 15, Q OfQ 16
        );
        $each!(
            A OfA 0, B OfB 1, C OfC 2, D OfD 3, E OfE 4, F OfF 5, G OfG 6, H OfH 7, I OfI 8, J OfJ 9, K OfK 10,
            L OfL 11, M OfM 12, N OfN 13, O OfO 14, P OfP 15, Q OfQ 16, R OfR 17
        );
        $each!(
            A OfA 0, B OfB 1, C OfC 2, D OfD 3, E OfE 4, F OfF 5, G OfG 6, H OfH 7, I OfI 8, J OfJ 9, K OfK 10,
            L OfL 11, M OfM 12, N OfN 13, O OfO 14, P OfP 15, Q OfQ 16, R OfR 17, S OfS 18
        );
        $each!(
            A OfA 0, B OfB 1, C OfC 2, D OfD 3, E OfE 4, F OfF 5, G OfG 6, H OfH 7, I OfI 8, J OfJ 9, K OfK 10,
            L OfL 11, M OfM 12, N OfN 13, O OfO 14, P OfP 15, Q OfQ 16, R OfR 17, S OfS 18, T OfT 19
        );
        $each!(
            A OfA 0, B OfB 1, C OfC 2, D OfD 3, E OfE 4, F OfF 5, G OfG 6, H OfH 7, I OfI 8, J OfJ 9, K OfK 10,
            L OfL 11, M OfM 12, N OfN 13, O OfO 14, P OfP 15, Q OfQ 16, R OfR 17, S OfS 18, T OfT 19, U OfU 20
        );
        $each!(
            A OfA 0, B OfB 1, C OfC 2, D OfD 3, E OfE 4, F OfF 5, G OfG 6, H OfH 7, I OfI 8, J OfJ 9, K OfK 10,
            L OfL 11, M OfM 12, N OfN 13, O OfO 14, P OfP 15, Q OfQ 16, R OfR 17, S OfS 18, T OfT 19, U OfU 20,
            V OfV 21
        );
        $each!(
            A OfA 0, B OfB 1, C OfC 2, D OfD 3, E OfE 4, F OfF 5, G OfG 6, H OfH 7, I OfI 8, J OfJ 9, K OfK 10,
            L OfL 11, M OfM 12, N OfN 13, O OfO 14, P OfP 15, Q OfQ 16, R OfR 17, S OfS 18, T OfT 19, U OfU 20,
            V OfV 21, W OfW 22
        );
        $each!(
            A OfA 0, B OfB 1, C OfC 2, D OfD 3, E OfE 4, F OfF 5, G OfG 6, H OfH 7, I OfI 8, J OfJ 9, K OfK 10,
            L OfL 11, M OfM 12, N OfN 13, O OfO 14, P OfP 15, Q OfQ 16, R OfR 17, S OfS 18, T OfT 19, U OfU 20,
            V OfV 21, W OfW 22, X OfX 23
        );
        $each!(
            A OfA 0, B OfB 1, C OfC 2, D OfD 3, E OfE 4, F OfF 5, G OfG 6, H OfH 7, I OfI 8, J OfJ 9, K OfK 10,
            L OfL 11, M OfM 12, N OfN 13, O OfO 14, P OfP 15, Q OfQ 16, R OfR 17, S OfS 18, T OfT 19, U OfU 20,
            V OfV 21, W OfW 22, X OfX 23, Y OfY 24
        );
        $each!(
            A OfA 0, B OfB 1, C OfC 2, D OfD 3, E OfE 4, F OfF 5, G OfG 6, H OfH 7, I OfI 8, J OfJ 9, K OfK 10,
            L OfL 11, M OfM 12, N OfN 13, O OfO 14, P OfP 15, Q OfQ 16, R OfR 17, S OfS 18, T OfT 19, U OfU 20,
            V OfV 21, W OfW 22, X OfX 23, Y OfY 24, Z OfZ 25
        );
        $each!(
            A OfA 0, B OfB 1, C OfC 2, D OfD 3, E OfE 4, F OfF 5, G OfG 6, H OfH 7, I OfI 8, J OfJ 9, K OfK 10,
            L OfL 11, M OfM 12, N OfN 13, O OfO 14, P OfP 15, Q OfQ 16, R OfR 17, S OfS 18, T OfT 19, U OfU 20,
            V OfV 21, W OfW 22, X OfX 23, Y OfY 24, Z OfZ 25, AA OfAA 26
        );
        $each!(
            A OfA 0, B OfB 1, C OfC 2, D OfD 3, E OfE 4, F OfF 5, G OfG 6, H OfH 7, I OfI 8, J OfJ 9, K OfK 10,
            L OfL 11, M OfM 12, N OfN 13, O OfO 14, P OfP 15, Q OfQ 16, R OfR 17, S OfS 18, T OfT 19, U OfU 20,
            V OfV 21, W OfW 22, X OfX 23, Y OfY 24, Z OfZ 25, AA OfAA 26, AB OfAB 27
        );
        $each!(
            A OfA 0, B OfB 1, C OfC 2, D OfD 3, E OfE 4, F OfF 5, G OfG 6, H OfH 7, I OfI 8, J OfJ 9, K OfK 10,
            L OfL 11, M OfM 12, N OfN 13, O OfO 14, P OfP 15, Q OfQ 16, R OfR 17, S OfS 18, T OfT 19, U OfU 20,
            V OfV 21, W OfW 22, X OfX 23, Y OfY 24, Z OfZ 25, AA OfAA 26, AB OfAB 27, AC OfAC 28
        );
        $each!(
            A OfA 0, B OfB 1, C OfC 2, D OfD 3, E OfE 4, F OfF 5, G OfG 6, H OfH 7, I OfI 8, J OfJ 9, K OfK 10,
            L OfL 11, M OfM 12, N OfN 13, O OfO 14, P OfP 15, Q OfQ 16, R OfR 17, S OfS 18, T OfT 19, U OfU 20,
            V OfV 21, W OfW 22, X OfX 23, Y OfY 24, Z OfZ 25, AA OfAA 26, AB OfAB 27, AC OfAC 28, AD OfAD 29
        );
        $each!(
            A OfA 0, B OfB 1, C OfC 2, D OfD 3, E OfE 4, F OfF 5, G OfG 6, H OfH 7, I OfI 8, J OfJ 9, K OfK 10,
            L OfL 11, M OfM 12, N OfN 13, O OfO 14, P OfP 15, Q OfQ 16, R OfR 17, S OfS 18, T OfT 19, U OfU 20,
            V OfV 21, W OfW 22, X OfX 23, Y OfY 24, Z OfZ 25, AA OfAA 26, AB OfAB 27, AC OfAC 28, AD OfAD 29,
            AE OfAE 30
        );
        $each!(
            A OfA 0, B OfB 1, C OfC 2, D OfD 3, E OfE 4, F OfF 5, G OfG 6, H OfH 7, I OfI 8, J OfJ 9, K OfK 10,
            L OfL 11, M OfM 12, N OfN 13, O OfO 14, P OfP 15, Q OfQ 16, R OfR 17, S OfS 18, T OfT 19, U OfU 20,
            V OfV 21, W OfW 22, X OfX 23, Y OfY 24, Z OfZ 25, AA OfAA 26, AB OfAB 27, AC OfAC 28, AD OfAD 29,
            AE OfAE 30, AF OfAF 31
        );
    };
}
#[cfg(feature = "alloc")]
pub(crate) use each_tuple;

macro_rules! tuple {
    ($($ty:ident $shape:ident $index:tt),+) => {
        impl<$($ty: ComponentType),+> ComponentType for ($($ty,)+) {
            const DESC: &'static TypeDesc = &TypeDesc::Tuple(&[$($ty::DESC),+]);
            const PARTS: &'static [TypeLayout] = layouts![$($ty),+];
        }

        impl<$($ty: Lower),+> Lower for ($($ty,)+) {
            #[inline]
            fn lower<Cx: LowerCx>(&self, cx: &mut Cx, flat: &mut FlatWriter<'_>) -> Result<(), Cx::Error> {
                $(self.$index.lower(cx, flat)?;)+
                Ok(())
            }

            #[inline]
            fn store<Cx: LowerCx>(&self, cx: &mut Cx, addr: u32) -> Result<(), Cx::Error> {
                let at = const { field_offsets::<{ [$($index),+].len() }>(Self::PARTS) };
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
                let at = const { field_offsets::<{ [$($index),+].len() }>(Self::PARTS) };
                Ok(($($ty::load(cx, addr + at[$index])?,)+))
            }
        }
    };
}

each_tuple!(tuple);
