//! Values that the vectors of the reference code do not have: payloads of NaN, and parameters of calls that are lowered with `async`.

use witwright_abi_runtime::bytes::{ByteMemory, GuestHandles};
use witwright_abi_runtime::flat::FlatWriter;
use witwright_abi_runtime::flatten::{Convention, FuncAbi};
use witwright_abi_runtime::layout::{MAX_FLAT_ASYNC_PARAMS, TypeAbi};
use witwright_abi_runtime::string::StringEncoding;
use witwright_abi_runtime::transfer::{ComponentType, Lift, Lower};
use witwright_abi_runtime::view::LowerView;

/// A value that is lifted from flat values, and from memory.
fn lifted<T: Lift>(bits: u64, size: usize) -> [T; 2] {
    let memory = ByteMemory::from_bytes(bits.to_le_bytes()[..size].to_vec(), StringEncoding::Utf8);
    [memory.lift(&mut GuestHandles, 1, &[bits]), memory.lift(&mut GuestHandles, 0, &[0])]
        .map(|value| value.expect("any bits are a float"))
}

#[test]
fn any_nan_is_a_nan() {
    for bits in [0x7fc0_0000_u32, 0x7fc0_0001, 0x7fe0_0000, 0x7fff_ffff, 0xffff_ffff] {
        assert!(lifted::<f32>(bits.into(), 4).iter().all(|value| value.is_nan()), "{bits:x}");
    }
    for bits in [0x7ff8_0000_0000_0000, 0x7ff8_0000_0000_0001, 0x7ffc_0000_0000_0000, u64::MAX >> 1, u64::MAX] {
        assert!(lifted::<f64>(bits, 8).iter().all(|value| value.is_nan()), "{bits:x}");
    }
    for bits in [0x7f80_0000_u32, 0x3fc0_0000] {
        assert_eq!(lifted::<f32>(bits.into(), 4).map(f32::to_bits), [bits; 2]);
    }
    for bits in [0x7ff0_0000_0000_0000_u64, 0x3ff0_0000_0000_0000] {
        assert_eq!(lifted::<f64>(bits, 8).map(f64::to_bits), [bits; 2]);
    }
}

/// Lowers parameters as a caller with `async` does, and lifts them again: the number of flat values, and the parameters.
fn passed<P: Lower + Lift>(params: &P) -> (usize, P) {
    let abi = FuncAbi { params: P::ABI, result: TypeAbi::UNIT };
    let in_memory = abi.params_in_memory(Convention::LowerAsync);
    let mut memory = ByteMemory::from_bytes(vec![0; 64], StringEncoding::Utf8);
    let mut slots = [0; MAX_FLAT_ASYNC_PARAMS];
    let mut flat = FlatWriter::new(&mut slots);
    let at = in_memory.then_some(16);
    LowerView::new(&mut memory.side(&mut GuestHandles), StringEncoding::Utf8)
        .lower_values(params, MAX_FLAT_ASYNC_PARAMS, &mut flat, at)
        .expect("there is room");
    let count = flat.position();
    let flat = if in_memory { vec![16] } else { slots[..count].to_vec() };
    let lifted = memory.lift(&mut GuestHandles, MAX_FLAT_ASYNC_PARAMS, &flat).expect("it is what was lowered");
    (flat.len(), lifted)
}

#[test]
fn async_flat_params() {
    assert_eq!(passed(&(1.1_f32, 2.2_f64, 3_u32, 4_i64)), (4, (1.1, 2.2, 3, 4)));
    assert_eq!(passed(&(1_u32, 2_u8, 3_u8, 4_u8)), (4, (1, 2, 3, 4)));
    // Five are in memory.
    assert_eq!(passed(&(1_u32, 2_u8, 3_u8, 4_u8, 5_u8)), (1, (1, 2, 3, 4, 5)));
    assert_eq!(<(u32, u8, u8, u8, u8)>::ABI.size, 8);
}
