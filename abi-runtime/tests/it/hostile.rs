//! Arguments of a broken guest: each rule traps, in the order of the specification, and nothing panics.

use witwright_abi_runtime::bytes::{ByteMemory, GuestHandles};
use witwright_abi_runtime::flat::FlatWriter;
use witwright_abi_runtime::layout::MAX_FLAT_PARAMS;
use witwright_abi_runtime::string::StringEncoding;
use witwright_abi_runtime::transfer::{Lift, Lower};
use witwright_abi_runtime::trap::{HandleKind, Trap};
use witwright_abi_runtime::view::{GuestMemory, Handles, LowerView};

/// Lifts from a memory of the bytes 0, 1, 2, ….
fn lift<T: Lift>(memory_bytes: u8, encoding: StringEncoding, flat: &[u64]) -> Result<T, Trap> {
    lift_from(&(0..memory_bytes).collect::<Vec<_>>(), encoding, flat)
}

fn lift_from<T: Lift>(memory: &[u8], encoding: StringEncoding, flat: &[u64]) -> Result<T, Trap> {
    ByteMemory::from_bytes(memory.to_vec(), encoding).lift(&mut GuestHandles, MAX_FLAT_PARAMS, flat)
}

const UTF8: StringEncoding = StringEncoding::Utf8;
const UTF16: StringEncoding = StringEncoding::Utf16;
const LATIN1_OR_UTF16: StringEncoding = StringEncoding::Latin1OrUtf16;

#[test]
fn lists_are_short_then_aligned_then_in_bounds() {
    assert_eq!(lift::<Vec<u32>>(8, UTF8, &[0, 2]), Ok(vec![0x0302_0100, 0x0706_0504]));
    assert_eq!(lift::<Vec<u32>>(8, UTF8, &[1, 1 << 26]), Err(Trap::ListTooLong));
    assert_eq!(lift::<Vec<u32>>(8, UTF8, &[1, u32::MAX.into()]), Err(Trap::ListTooLong));
    assert_eq!(lift::<Vec<u32>>(8, UTF8, &[2, 2]), Err(Trap::UnalignedPointer));
    assert_eq!(lift::<Vec<u32>>(8, UTF8, &[4, 2]), Err(Trap::ListOutOfBounds));
    assert_eq!(lift::<Vec<u32>>(8, UTF8, &[0xffff_fffc, 1]), Err(Trap::ListOutOfBounds));
    assert_eq!(lift::<Vec<char>>(8, UTF8, &[4, 2]), Err(Trap::ListOutOfBounds));
}

#[test]
fn empty_lists_and_strings_are_checked_too() {
    assert_eq!(lift::<Vec<u32>>(8, UTF8, &[8, 0]), Ok(vec![]));
    assert_eq!(lift::<Vec<u32>>(8, UTF8, &[2, 0]), Err(Trap::UnalignedPointer));
    assert_eq!(lift::<Vec<u32>>(8, UTF8, &[12, 0]), Err(Trap::ListOutOfBounds));
    assert_eq!(lift::<String>(8, UTF8, &[8, 0]), Ok(String::new()));
    assert_eq!(lift::<String>(8, UTF8, &[9, 0]), Err(Trap::StringOutOfBounds));
    assert_eq!(lift::<String>(8, UTF16, &[1, 0]), Err(Trap::UnalignedPointer));
}

#[test]
fn strings_are_short_then_aligned_then_in_bounds() {
    assert_eq!(lift::<String>(8, UTF8, &[9, 1 << 28]), Err(Trap::StringTooLong));
    assert_eq!(lift::<String>(8, UTF16, &[1, 1 << 27]), Err(Trap::StringTooLong));
    assert_eq!(lift::<String>(8, UTF16, &[1, 4]), Err(Trap::UnalignedPointer));
    assert_eq!(lift::<String>(8, UTF16, &[2, 4]), Err(Trap::StringOutOfBounds));
    assert_eq!(lift::<String>(8, LATIN1_OR_UTF16, &[1, 1]), Err(Trap::UnalignedPointer));
    assert_eq!(lift::<String>(8, LATIN1_OR_UTF16, &[1, 1 << 31 | 1]), Err(Trap::UnalignedPointer));
    assert_eq!(lift::<String>(8, LATIN1_OR_UTF16, &[2, 1 << 31 | 4]), Err(Trap::StringOutOfBounds));
    assert_eq!(lift::<String>(8, LATIN1_OR_UTF16, &[2, 6]), Ok("\u{2}\u{3}\u{4}\u{5}\u{6}\u{7}".to_owned()));
}

#[test]
fn text_is_valid_in_its_encoding() {
    assert_eq!(lift_from::<String>(b"ok\xff", UTF8, &[0, 3]), Err(Trap::InvalidUtf8));
    assert_eq!(lift_from::<String>(b"ok\xc3", UTF8, &[0, 3]), Err(Trap::IncompleteUtf8));
    assert_eq!(lift_from::<String>(b"\xed\xa0\x80", UTF8, &[0, 3]), Err(Trap::InvalidUtf8));
    assert_eq!(lift_from::<String>(b"\x00\xd8a\x00", UTF16, &[0, 2]), Err(Trap::InvalidUtf16));
    assert_eq!(lift_from::<String>(b"a\x00\x00\xd8", LATIN1_OR_UTF16, &[0, 1 << 31 | 2]), Err(Trap::InvalidUtf16));
    assert_eq!(lift_from::<String>(b"a\xe9", LATIN1_OR_UTF16, &[0, 2]), Ok("aé".to_owned()));
}

#[test]
fn scalars_are_truncated_and_chars_are_checked() {
    let flat = [0x1_ff, 0x1_ffff, 0x1_0000_0002, 0xffff_ff80, 0xdead_beef_0000_0041];
    assert_eq!(lift(0, UTF8, &flat), Ok((0xff_u8, 0xffff_u16, true, -128_i8, 'A')));
    for bits in [0x11_0000, 0xd800, 0xdfff, u32::MAX.into()] {
        assert_eq!(lift::<char>(0, UTF8, &[bits]), Err(Trap::InvalidChar(bits as u32)));
    }
}

#[test]
fn parameters_in_memory_are_aligned_and_in_bounds() {
    type Params = [u32; 17];
    assert_eq!(lift::<Params>(70, UTF8, &[0]).map(|params| params[16]), Ok(0x4342_4140));
    assert_eq!(lift::<Params>(70, UTF8, &[2]), Err(Trap::UnalignedPointer));
    assert_eq!(lift::<Params>(70, UTF8, &[4]), Err(Trap::PointerOutOfBounds));
}

/// A guest whose `realloc` always returns the same address.
struct Broken {
    bytes: [u8; 16],
    gives: u32,
}

impl Handles for Broken {
    type Error = Trap;
}

impl GuestMemory for Broken {
    fn bytes(&mut self) -> &mut [u8] {
        &mut self.bytes
    }

    fn realloc(&mut self, _: u32, _: u32, _: u32, _: u32) -> Result<u32, Trap> {
        Ok(self.gives)
    }
}

fn lower_to_broken<T: Lower + ?Sized>(gives: u32, encoding: StringEncoding, value: &T) -> Result<(), Trap> {
    let mut memory = Broken { bytes: [0; 16], gives };
    let mut slots = [0; MAX_FLAT_PARAMS];
    let mut flat = FlatWriter::new(&mut slots);
    LowerView::new(&mut memory, encoding).lower_values(value, MAX_FLAT_PARAMS, &mut flat, None)
}

#[test]
fn what_realloc_gives_is_aligned_then_in_bounds() {
    assert_eq!(lower_to_broken(8, UTF8, &[1_u32, 2][..]), Ok(()));
    assert_eq!(lower_to_broken(2, UTF8, &[1_u32, 2][..]), Err(Trap::ReallocUnaligned));
    assert_eq!(lower_to_broken(u32::MAX, UTF8, &[1_u32, 2][..]), Err(Trap::ReallocUnaligned));
    assert_eq!(lower_to_broken(u32::MAX - 3, UTF8, &[1_u32, 2][..]), Err(Trap::ReallocOutOfBounds));
    assert_eq!(lower_to_broken(u32::MAX - 3, UTF8, &[0_u32; 0][..]), Err(Trap::ReallocOutOfBounds));
    assert_eq!(lower_to_broken(12, UTF8, &["a", "b"][..]), Err(Trap::ReallocOutOfBounds));
    assert_eq!(lower_to_broken(17, UTF8, ""), Err(Trap::ReallocOutOfBounds));
    assert_eq!(lower_to_broken(14, UTF8, "abc"), Err(Trap::ReallocOutOfBounds));
    assert_eq!(lower_to_broken(1, UTF16, "abc"), Err(Trap::ReallocUnaligned));
    assert_eq!(lower_to_broken(8, LATIN1_OR_UTF16, "ab€cd"), Err(Trap::ReallocOutOfBounds));
    assert_eq!(lower_to_broken(8, UTF8, &[1_u64; 17]), Err(Trap::ReallocOutOfBounds));
}

/// Each message has the words of the reference tests for its rule, where those are true and the same in all of them.
#[test]
fn messages_have_the_wording_of_the_reference_tests() {
    let says = |trap: Trap, wording: &str| assert!(trap.to_string().contains(wording), "{trap}: {wording}");
    says(Trap::InvalidChar(0xd800), "invalid `char` bit pattern");
    says(Trap::InvalidDiscriminant { case: 5, count: 2 }, "invalid variant discriminant");
    says(Trap::StringOutOfBounds, "string pointer/length out of bounds of memory");
    says(Trap::InvalidUtf8, "invalid utf-8");
    says(Trap::IncompleteUtf8, "incomplete utf-8 byte sequence");
    says(Trap::UnalignedPointer, "unaligned pointer");
    says(Trap::ReallocUnaligned, "realloc return: result not aligned");
    says(Trap::ReallocOutOfBounds, "realloc return: beyond end of memory");
    says(Trap::UnknownHandle(u32::MAX), "unknown handle index 4294967295");
    says(Trap::WrongHandleKind { index: 2, expected: HandleKind::Subtask }, "handle index 2 used with the wrong type");
    says(Trap::WrongResourceType(1), "handle index 1 used with the wrong type");
    says(Trap::BorrowsRemain, "borrow handles still remain at the end of the call");
    says(Trap::CannotLeave, "cannot leave component instance");
    says(Trap::CannotEnter, "cannot enter component instance");
    says(Trap::UnsupportedCallbackCode(3), "unsupported callback code");
}

#[test]
fn messages_name_the_numbers_that_broke_the_rule() {
    let says = |trap: Trap, message: &str| assert_eq!(trap.to_string(), message);
    says(Trap::InvalidChar(0xd800), "invalid `char` bit pattern 0xd800");
    let discriminant = Trap::InvalidDiscriminant { case: 5, count: 2 };
    says(discriminant, "invalid variant discriminant 5: the number of cases is 2");
    says(Trap::WrongResourceType(1), "handle index 1 used with the wrong type: its resource is of another type");
    says(Trap::HandleLent(3), "cannot remove handle index 3 while it is lent");
    says(Trap::NotOwned(3), "cannot lift handle index 3 as `own`: it is borrowed");
    says(Trap::ListTooLong, "list exceeds the maximum of 268435455 bytes");
    says(Trap::UnsupportedCallbackCode(3), "unsupported callback code 3");
}
