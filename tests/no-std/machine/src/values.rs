//! A value lowered to a buffer by its description, and lifted again: strings and lists too, without an allocator.

use no_std_bare::say;
use witwright_abi_runtime::desc::{FieldDesc, LabelsDesc, RecordDesc, TypeDesc};
use witwright_abi_runtime::layout::TypeAbi;
use witwright_abi_runtime::string::StringEncoding;
use witwright_abi_runtime::supply::{Target, supply};
use witwright_abi_runtime::trap::Trap;
use witwright_abi_runtime::view::{GuestMemory, Handles, LiftView, LowerView};
use witwright_abi_runtime::visit::{Part, Place, visit};

static READINGS: TypeDesc = TypeDesc::List(&TypeDesc::Tuple(&[&TypeDesc::U16, &TypeDesc::Option(&TypeDesc::S8)]));
static UNITS: TypeDesc = TypeDesc::Flags(&LabelsDesc { name: "units", labels: &["metric", "imperial"] });
static REPORT: TypeDesc = TypeDesc::Record(&RecordDesc {
    name: "report",
    fields: &[
        FieldDesc { name: "place", ty: &TypeDesc::String },
        FieldDesc { name: "readings", ty: &READINGS },
        FieldDesc { name: "units", ty: &UNITS },
    ],
});

/// A buffer from which blocks are given in order.
struct Buffer<const N: usize> {
    bytes: [u8; N],
    used: u32,
}

impl<const N: usize> GuestMemory for Buffer<N> {
    fn bytes(&mut self) -> &mut [u8] {
        &mut self.bytes
    }

    fn realloc(&mut self, old_ptr: u32, old_size: u32, align: u32, new_size: u32) -> Result<u32, Trap> {
        if (1..=old_size).contains(&new_size) {
            return Ok(old_ptr);
        }
        let ptr = self.used.next_multiple_of(align);
        self.used = ptr.saturating_add(new_size);
        if self.used as usize > N {
            return Err(Trap::ReallocOutOfBounds);
        }
        self.bytes.copy_within(old_ptr as usize..(old_ptr + old_size) as usize, ptr as usize);
        Ok(ptr)
    }
}

/// The type has no resources.
impl<const N: usize> Handles for Buffer<N> {
    type Error = Trap;
}

fn parts() -> [Part<'static>; 20] {
    [
        Part::Begin(&REPORT, 3),
        Part::Field("place"),
        Part::Text("Tromsø".into()),
        Part::Field("readings"),
        Part::Begin(&READINGS, 2),
        Part::Begin(&READINGS, 2),
        Part::Unsigned(8),
        Part::Case("some", true),
        Part::Signed(-4),
        Part::End,
        Part::Begin(&READINGS, 2),
        Part::Unsigned(9),
        Part::Case("none", false),
        Part::End,
        Part::End,
        Part::Field("units"),
        Part::Begin(&UNITS, 1),
        Part::Flag("metric"),
        Part::End,
        Part::End,
    ]
}

/// Lowers the value to a buffer of `N` bytes.
fn lowered<const N: usize>(encoding: StringEncoding) -> Option<Buffer<N>> {
    let mut buffer = Buffer { bytes: [0; N], used: TypeAbi::of(&REPORT).size };
    let mut view = LowerView::new(&mut buffer, encoding);
    let outcome = supply(&mut view, &REPORT, Target::Memory(0), &mut parts().into_iter());
    if let Err(error) = outcome {
        say!("values: in {N} bytes: {error}");
        return None;
    }
    Some(buffer)
}

pub(crate) fn check() -> bool {
    for encoding in [StringEncoding::Utf8, StringEncoding::Utf16, StringEncoding::Latin1OrUtf16] {
        let Some(mut buffer) = lowered::<96>(encoding) else { return false };
        let (bytes, used) = (buffer.bytes, buffer.used);
        let mut expected = parts().into_iter();
        let mut is_same = true;
        let mut view = LiftView::new(&bytes, encoding, &mut buffer);
        let visited = visit(&mut view, &REPORT, Place::Memory(0), &mut |part| {
            is_same &= expected.next().is_some_and(|expected| is_equal(part, expected));
            Ok(())
        });
        if visited.is_err() || !is_same || expected.next().is_some() {
            say!("values: what was lowered as {encoding:?} is not what is lifted");
            return false;
        }
        say!("values: {used} bytes as {encoding:?}");
    }
    lowered::<32>(StringEncoding::Utf8).is_none()
}

fn is_equal(part: Part<'_>, other: Part<'_>) -> bool {
    match (part, other) {
        (Part::Unsigned(value), Part::Unsigned(other)) => value == other,
        (Part::Signed(value), Part::Signed(other)) => value == other,
        (Part::Text(text), Part::Text(other)) => text == other,
        (Part::Begin(_, count), Part::Begin(_, other)) => count == other,
        (Part::Field(name), Part::Field(other)) | (Part::Flag(name), Part::Flag(other)) => name == other,
        (Part::Case(name, has), Part::Case(other, others)) => name == other && has == others,
        (Part::End, Part::End) => true,
        (_, _) => false,
    }
}
