//! Core signatures: the core values that the parameters and the result of a function become (`CanonicalABI.md#flattening`).
//!
//! A [`FuncAbi`] has the layouts of a function type, a [`Convention`] is the way in which it is lifted or lowered. Together
//! they decide which values are flat and which are in memory, and where the address of a result is:
//!
//! | convention     | flat parameters | flat results            | a larger result                               |
//! |----------------|-----------------|-------------------------|-----------------------------------------------|
//! | `Lift`         | at most 16      | at most 1               | the core result is its address                |
//! | `LiftCallback` | at most 16      | 16, with `task.return`  | the parameter of `task.return` is its address |
//! | `LiftStackful` | at most 16      | 16, with `task.return`  | the parameter of `task.return` is its address |
//! | `Lower`        | at most 16      | at most 1               | the last core parameter is its address        |
//! | `LowerAsync`   | at most 4       | none                    | the last core parameter is its address        |

use crate::layout::{FlatType, FlatTypes, MAX_FLAT_ASYNC_PARAMS, MAX_FLAT_PARAMS, MAX_FLAT_RESULTS, TypeAbi, align_to};

/// The largest number of parameters that a core signature has: the flat ones, and the address of a result.
pub const MAX_CORE_PARAMS: usize = MAX_FLAT_PARAMS + 1;

/// The slots of a call: room for the parameters, and later the result, of any core function of the canonical ABI.
pub type Slots = [u64; MAX_CORE_PARAMS];

/// Slots for a call, all zero.
pub const SLOTS: Slots = [0; MAX_CORE_PARAMS];

/// The way in which a function is lifted or lowered: a canonical definition with its options `async` and `callback`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Convention {
    /// `canon lift`
    Lift,
    /// `canon lift` with `async` and `callback`
    LiftCallback,
    /// `canon lift` with `async` and without `callback`
    LiftStackful,
    /// `canon lower`
    Lower,
    /// `canon lower` with `async`
    LowerAsync,
}

impl Convention {
    /// The largest number of parameters that are flat; more of them are in memory, as a tuple.
    #[must_use]
    #[inline]
    pub const fn max_flat_params(self) -> usize {
        match self {
            Convention::Lift | Convention::LiftCallback | Convention::LiftStackful | Convention::Lower => {
                MAX_FLAT_PARAMS
            }
            Convention::LowerAsync => MAX_FLAT_ASYNC_PARAMS,
        }
    }

    /// The largest number of flat values of a result that is flat; a larger one is in memory. A function lifted `async` passes its result
    /// to `task.return`, as parameters.
    #[must_use]
    #[inline]
    pub const fn max_flat_results(self) -> usize {
        match self {
            Convention::Lift | Convention::Lower => MAX_FLAT_RESULTS,
            Convention::LiftCallback | Convention::LiftStackful => MAX_FLAT_PARAMS,
            Convention::LowerAsync => 0,
        }
    }
}

/// The layouts of a function's values.
#[derive(Clone, Copy, Debug)]
pub struct FuncAbi {
    /// The layout of the parameters, as of a tuple.
    pub params: TypeAbi,
    /// The layout of the result; [`TypeAbi::UNIT`] for a function without one.
    pub result: TypeAbi,
}

impl FuncAbi {
    /// Whether the parameters are in memory.
    #[must_use]
    #[inline]
    pub const fn params_in_memory(&self, convention: Convention) -> bool {
        self.params.flat.len() > convention.max_flat_params()
    }

    /// Whether the result is in memory.
    #[must_use]
    #[inline]
    pub const fn result_in_memory(&self, convention: Convention) -> bool {
        self.result.flat.len() > convention.max_flat_results()
    }

    /// The index, among the core parameters, of the address that a caller passes for a result in memory. `None` if the
    /// result is flat, or the callee returns its address.
    #[must_use]
    #[inline]
    pub const fn out_pointer(&self, convention: Convention) -> Option<usize> {
        match convention {
            Convention::Lift | Convention::LiftCallback | Convention::LiftStackful => None,
            Convention::Lower | Convention::LowerAsync if !self.result_in_memory(convention) => None,
            Convention::Lower | Convention::LowerAsync if self.params_in_memory(convention) => Some(1),
            Convention::Lower | Convention::LowerAsync => Some(self.params.flat.len()),
        }
    }

    /// The signature of the core function that is lifted, or that results from lowering (`flatten_functype`).
    #[must_use]
    pub const fn signature(&self, convention: Convention) -> CoreSignature {
        let mut signature = CoreSignature::flat(&self.params.flat, convention.max_flat_params());
        if self.out_pointer(convention).is_some() {
            signature = signature.param(FlatType::I32);
        }
        let result = match convention {
            Convention::Lift if self.result_in_memory(convention) => Some(FlatType::I32),
            Convention::Lift | Convention::Lower => self.result.flat.first(convention.max_flat_results()),
            // A callback code, or the status of the call.
            Convention::LiftCallback | Convention::LowerAsync => Some(FlatType::I32),
            Convention::LiftStackful => None,
        };
        CoreSignature { result, ..signature }
    }

    /// The signature of a `post-return` function of this function: its parameters are the core results.
    #[must_use]
    pub const fn post_return(&self) -> CoreSignature {
        match self.signature(Convention::Lift).result {
            Some(ty) => CoreSignature::NONE.param(ty),
            None => CoreSignature::NONE,
        }
    }

    /// The number of 64-bit words that a guest needs in its own memory for a call: for parameters and a result of an
    /// import that are in memory, the parameters first; for a result of an export that is in memory.
    #[must_use]
    pub const fn area_words(&self, convention: Convention) -> u32 {
        let params = match convention {
            Convention::Lower | Convention::LowerAsync if self.params_in_memory(convention) => self.params.words(),
            // The parameters of an export are in memory that its `realloc` has allocated.
            Convention::Lower
            | Convention::LowerAsync
            | Convention::Lift
            | Convention::LiftCallback
            | Convention::LiftStackful => 0,
        };
        let result = if self.result_in_memory(convention) { self.result.words() } else { 0 };
        params + result
    }
}

impl TypeAbi {
    /// The number of 64-bit words that hold a value.
    #[must_use]
    pub const fn words(&self) -> u32 {
        align_to(self.size, 8) / 8
    }
}

/// The signature of a core function of the canonical ABI, which has at most one result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CoreSignature {
    params: [FlatType; MAX_CORE_PARAMS],
    params_len: usize,
    result: Option<FlatType>,
}

impl CoreSignature {
    /// The signature of a function without parameters and without a result.
    pub const NONE: CoreSignature =
        CoreSignature { params: [FlatType::I32; MAX_CORE_PARAMS], params_len: 0, result: None };

    /// The signature of a `callback`: an event's code and payload, and the next callback code
    /// (`CanonicalABI.md#canonopt-validation`).
    pub const CALLBACK: CoreSignature = CoreSignature::new(&[FlatType::I32; 3], Some(FlatType::I32));

    /// The signature of `realloc`: the old address and size, the alignment and the new size, and the new address.
    pub const REALLOC: CoreSignature = CoreSignature::new(&[FlatType::I32; 4], Some(FlatType::I32));

    /// The signature of a destructor, whose parameter is the representation (`Explainer.md#type-definitions`).
    pub const DESTRUCTOR: CoreSignature = CoreSignature::new(&[FlatType::I32], None);

    /// A signature.
    ///
    /// # Panics
    /// When it has more than [`MAX_CORE_PARAMS`] parameters.
    #[must_use]
    pub const fn new(params: &[FlatType], result: Option<FlatType>) -> CoreSignature {
        let mut signature = CoreSignature { result, ..CoreSignature::NONE };
        let mut i = 0;
        while i < params.len() {
            signature = signature.param(params[i]);
            i += 1;
        }
        signature
    }

    /// The signature of the built-in `task.return` for a result of this layout (`CanonicalABI.md#canon-taskreturn`).
    #[must_use]
    pub const fn task_return(result: &TypeAbi) -> CoreSignature {
        CoreSignature::flat(&result.flat, Convention::LiftStackful.max_flat_results())
    }

    /// The parameters.
    #[must_use]
    pub const fn params(&self) -> &[FlatType] {
        self.params.split_at(self.params_len).0
    }

    /// The result, if it has one.
    #[must_use]
    pub const fn result(&self) -> Option<FlatType> {
        self.result
    }

    /// The parameters of values that are flat if there are at most `max`, or else of their address.
    const fn flat(types: &FlatTypes, max: usize) -> CoreSignature {
        match types.as_slice() {
            Some(types) if types.len() <= max => CoreSignature::new(types, None),
            Some(_) | None => CoreSignature::NONE.param(FlatType::I32),
        }
    }

    /// Adds a parameter.
    const fn param(mut self, ty: FlatType) -> CoreSignature {
        self.params[self.params_len] = ty;
        self.params_len += 1;
        self
    }
}

#[cfg(all(test, feature = "std"))]
mod tests {
    use super::{Convention, CoreSignature, FuncAbi, MAX_CORE_PARAMS};
    use crate::desc::TypeDesc;
    use crate::layout::{FlatType, TypeAbi};

    const CONVENTIONS: [Convention; 5] = [
        Convention::Lift,
        Convention::LiftCallback,
        Convention::LiftStackful,
        Convention::Lower,
        Convention::LowerAsync,
    ];

    /// A signature as text: `i32 i64 -> f32`.
    fn text(signature: &CoreSignature) -> String {
        let name = |ty: &FlatType| format!("{ty:?}").to_lowercase();
        let mut words: Vec<String> = signature.params().iter().map(name).collect();
        words.push("->".into());
        words.extend(signature.result().iter().map(name));
        words.join(" ")
    }

    fn func(params: &[&'static TypeDesc], result: Option<&'static TypeDesc>) -> FuncAbi {
        let params: Vec<TypeAbi> = params.iter().map(|ty| TypeAbi::of(ty)).collect();
        FuncAbi { params: TypeAbi::record(params, |_| ()), result: TypeAbi::of_option(result) }
    }

    /// Compares the signatures under each convention, then that of `task.return` and of `post-return`.
    fn check(params: &[&'static TypeDesc], result: Option<&'static TypeDesc>, expected: [&str; 7]) {
        let func = func(params, result);
        let signatures = CONVENTIONS.map(|convention| func.signature(convention));
        let found = signatures.into_iter().chain([CoreSignature::task_return(&func.result), func.post_return()]);
        assert_eq!(found.map(|signature| text(&signature)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_function_of_nothing() {
        check(&[], None, ["->", "-> i32", "->", "->", "-> i32", "->", "->"]);
    }

    #[test]
    fn a_flat_result_is_a_core_result_where_there_is_no_async() {
        let lowered_async = "i64 i32 -> i32";
        let expected = ["i64 -> f32", "i64 -> i32", "i64 ->", "i64 -> f32", lowered_async, "f32 ->", "f32 ->"];
        check(&[&TypeDesc::U64], Some(&TypeDesc::F32), expected);
    }

    #[test]
    fn a_larger_result_is_at_the_address_of_the_side_that_gives_it() {
        let expected = [
            "i32 i32 -> i32",
            "i32 i32 -> i32",
            "i32 i32 ->",
            "i32 i32 i32 ->",
            "i32 i32 i32 -> i32",
            "i32 i32 ->",
            "i32 ->",
        ];
        check(&[&TypeDesc::String], Some(&TypeDesc::String), expected);
    }

    #[test]
    fn a_function_lowered_async_has_four_flat_parameters() {
        let u8s: [&TypeDesc; 5] = [&TypeDesc::U8; 5];
        let [four, five] = [4, 5].map(|n| func(&u8s[..n], Some(&TypeDesc::U8)));
        assert_eq!(text(&four.signature(Convention::LowerAsync)), "i32 i32 i32 i32 i32 -> i32");
        assert_eq!(text(&five.signature(Convention::LowerAsync)), "i32 i32 -> i32");
        assert_eq!([four, five].map(|func| func.out_pointer(Convention::LowerAsync)), [Some(4), Some(1)]);
        assert_eq!([four, five].map(|func| func.out_pointer(Convention::Lower)), [None, None]);
    }

    #[test]
    fn a_signature_has_at_most_17_parameters() {
        let u8s: [&TypeDesc; 17] = [&TypeDesc::U8; 17];
        let [sixteen, seventeen] = [16, 17].map(|n| func(&u8s[..n], Some(&TypeDesc::String)));
        assert_eq!(sixteen.signature(Convention::Lower).params().len(), MAX_CORE_PARAMS);
        assert_eq!(text(&seventeen.signature(Convention::Lower)), "i32 i32 ->");
        assert_eq!(text(&seventeen.signature(Convention::Lift)), "i32 -> i32");
        assert_eq!([sixteen, seventeen].map(|func| func.out_pointer(Convention::Lower)), [Some(16), Some(1)]);
        assert_eq!([sixteen, seventeen].map(|func| func.out_pointer(Convention::Lift)), [None, None]);
    }

    #[test]
    fn words_of_what_a_guest_keeps_in_its_memory() {
        let u8s: [&TypeDesc; 17] = [&TypeDesc::U8; 17];
        let func = func(&u8s, Some(&TypeDesc::String));
        assert_eq!(CONVENTIONS.map(|convention| func.area_words(convention)), [1, 0, 0, 4, 4]);
    }
}
