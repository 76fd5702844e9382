//! Random types and values: what is supplied is visited again, flat and in memory, in each encoding. Parts that do not fit, and
//! bytes that are no values, are errors.

use witwright_abi_runtime::bytes::{ByteMemory, ByteSide};
use witwright_abi_runtime::desc::{
    AliasDesc, CaseDesc, FieldDesc, LabelsDesc, RecordDesc, ResourceDesc, TypeDesc, VariantDesc,
};
use witwright_abi_runtime::flat::{FlatReader, FlatWriter};
use witwright_abi_runtime::layout::{MAX_FLAT_PARAMS, TypeAbi};
use witwright_abi_runtime::string::StringEncoding;
use witwright_abi_runtime::supply::{SupplyError, Target, supply};
use witwright_abi_runtime::trap::Trap;
use witwright_abi_runtime::view::{GuestMemory, Handles, LiftView, LowerView};
use witwright_abi_runtime::visit::{Part, Place, visit};

const ENCODINGS: [StringEncoding; 3] = [StringEncoding::Utf8, StringEncoding::Utf16, StringEncoding::Latin1OrUtf16];
const TEXTS: [&str; 8] =
    ["", "a", "plain text", "é", "naïve", "€ and é", "🎉", "\u{0}\u{7f}\u{80}\u{ff}\u{100}\u{ffff}"];
const LABELS: [&str; 32] = [
    "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "w",
    "x", "y", "z", "aa", "ab", "ac", "ad", "ae", "af",
];
/// More bytes than any of the values needs.
const MEMORY_BYTES: u32 = 1 << 16;

static RESOURCES: [ResourceDesc; 2] =
    [ResourceDesc::World { name: "r", interface: None }, ResourceDesc::World { name: "s", interface: Some("a:b/c") }];

/// Numbers that look random, by SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ bits >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ bits >> 31
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    fn of<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn random_type(random: &mut Random, depth: usize) -> &'static TypeDesc {
    let resource = &RESOURCES[random.below(2)];
    let inner = |random: &mut Random| random_type(random, depth - 1);
    let some = |random: &mut Random| (random.below(3) > 0).then(|| random_type(random, depth - 1));
    let labels = |random: &mut Random| leak(LabelsDesc { name: "labels", labels: &LABELS[..1 + random.below(32)] });
    leak(match random.below(if depth == 0 { 19 } else { 29 }) {
        0 => TypeDesc::Bool,
        1 => TypeDesc::U8,
        2 => TypeDesc::U16,
        3 => TypeDesc::U32,
        4 => TypeDesc::U64,
        5 => TypeDesc::S8,
        6 => TypeDesc::S16,
        7 => TypeDesc::S32,
        8 => TypeDesc::S64,
        9 => TypeDesc::F32,
        10 => TypeDesc::F64,
        11 => TypeDesc::Char,
        12 => TypeDesc::String,
        13 => TypeDesc::Own(resource),
        14 => TypeDesc::Borrow(resource),
        15 => TypeDesc::ErrorContext,
        16 => TypeDesc::Stream(Some(&TypeDesc::U8)),
        17 => TypeDesc::Enum(labels(random)),
        18 => TypeDesc::Flags(labels(random)),
        19 => TypeDesc::List(inner(random)),
        20 => TypeDesc::Map(&TypeDesc::String, inner(random)),
        21 => TypeDesc::FixedList(inner(random), 1 + random.below(3) as u32),
        22 => TypeDesc::Tuple((0..=random.below(3)).map(|_| inner(random)).collect::<Vec<_>>().leak()),
        23 => TypeDesc::Option(inner(random)),
        24 => TypeDesc::Result(some(random), some(random)),
        25 => TypeDesc::Alias(leak(AliasDesc { name: "alias", ty: inner(random) })),
        26 => TypeDesc::Future(None),
        27 => {
            let cases = (0..=random.below(4)).map(|index| CaseDesc { name: LABELS[index], ty: some(random) });
            TypeDesc::Variant(leak(VariantDesc { name: "variant", cases: cases.collect::<Vec<_>>().leak() }))
        }
        _ => {
            let fields = (0..=random.below(4)).map(|index| FieldDesc { name: LABELS[index], ty: inner(random) });
            TypeDesc::Record(leak(RecordDesc { name: "record", fields: fields.collect::<Vec<_>>().leak() }))
        }
    })
}

fn random_parts(random: &mut Random, ty: &'static TypeDesc, parts: &mut Vec<Part<'static>>) {
    let bits = random.next() >> (8 * random.below(8));
    let mut many = |types: &mut dyn Iterator<Item = (Option<&'static str>, &'static TypeDesc)>, count: usize| {
        parts.push(Part::Begin(ty, count as u32));
        for (name, ty) in types {
            parts.extend(name.map(Part::Field));
            random_parts(random, ty, parts);
        }
        parts.push(Part::End);
    };
    let part = match ty {
        TypeDesc::Bool => Part::Bool(bits & 1 != 0),
        TypeDesc::U8 => Part::Unsigned((bits as u8).into()),
        TypeDesc::U16 => Part::Unsigned((bits as u16).into()),
        TypeDesc::U32 => Part::Unsigned((bits as u32).into()),
        TypeDesc::U64 => Part::Unsigned(bits),
        TypeDesc::S8 => Part::Signed((bits as i8).into()),
        TypeDesc::S16 => Part::Signed((bits as i16).into()),
        TypeDesc::S32 => Part::Signed((bits as i32).into()),
        TypeDesc::S64 => Part::Signed(bits as i64),
        TypeDesc::F32 => Part::F32(-(bits as f32) / 8.0),
        TypeDesc::F64 => Part::F64(-(bits as f64) / 8.0),
        TypeDesc::Char => Part::Char(char::from_u32(bits as u32).unwrap_or('é')),
        TypeDesc::String => Part::Text(random.of(&TEXTS).into()),
        TypeDesc::Own(resource) => Part::Own(resource, bits & 0xffff),
        TypeDesc::Borrow(resource) => Part::Borrow(resource, bits & 0xffff),
        TypeDesc::Stream(_) | TypeDesc::Future(_) => Part::ReadableEnd(ty, bits & 0xffff),
        TypeDesc::ErrorContext => Part::ErrorContext(bits & 0xffff),
        TypeDesc::Alias(alias) => return random_parts(random, alias.ty, parts),
        TypeDesc::List(element) => {
            let count = (bits % 4) as usize;
            return many(&mut (0..count).map(|_| (None, *element)), count);
        }
        TypeDesc::Map(key, value) => {
            let count = 2 * (bits % 3) as usize;
            return many(&mut (0..count).map(|index| (None, if index % 2 == 0 { *key } else { *value })), count);
        }
        TypeDesc::FixedList(element, len) => {
            return many(&mut (0..*len).map(|_| (None, *element)), *len as usize);
        }
        TypeDesc::Tuple(types) => return many(&mut types.iter().map(|ty| (None, *ty)), types.len()),
        TypeDesc::Record(desc) => {
            let fields = desc.fields.iter().map(|field| (Some(field.name), field.ty));
            return many(&mut { fields }, desc.fields.len());
        }
        TypeDesc::Flags(desc) => {
            let set = |index: &usize| bits >> index & 1 != 0;
            let flags: Vec<_> =
                (0..desc.labels.len()).filter(set).map(|index| Part::Flag(desc.labels[index])).collect();
            parts.push(Part::Begin(ty, flags.len() as u32));
            parts.extend(flags);
            Part::End
        }
        TypeDesc::Enum(desc) => Part::Case(random.of(desc.labels), false),
        TypeDesc::Variant(_) | TypeDesc::Option(_) | TypeDesc::Result(..) => {
            let (name, payload) = random_case(random, ty);
            parts.push(Part::Case(name, payload.is_some()));
            return payload.into_iter().for_each(|ty| random_parts(random, ty, parts));
        }
    };
    parts.push(part);
}

fn random_case(random: &mut Random, ty: &'static TypeDesc) -> (&'static str, Option<&'static TypeDesc>) {
    let is_first = random.below(2) == 0;
    match (ty, is_first) {
        (TypeDesc::Option(_), true) => ("none", None),
        (TypeDesc::Option(some), false) => ("some", Some(some)),
        (TypeDesc::Result(ok, _), true) => ("ok", *ok),
        (TypeDesc::Result(_, error), false) => ("error", *error),
        (TypeDesc::Variant(desc), _) => {
            let case = &desc.cases[random.below(desc.cases.len())];
            (case.name, case.ty)
        }
        (other, _) => panic!("{other:?} has no cases"),
    }
}

/// Each key is its handle's index; 13 is not known.
struct Keys;

fn known(index: u32) -> Result<u64, Trap> {
    if index == 13 { Err(Trap::UnknownHandle(13)) } else { Ok(index.into()) }
}

impl Handles for Keys {
    type Error = Trap;

    fn lift_own(&mut self, _: &'static ResourceDesc, index: u32) -> Result<u64, Trap> {
        known(index)
    }

    fn lift_borrow(&mut self, _: &'static ResourceDesc, index: u32) -> Result<u64, Trap> {
        known(index)
    }

    fn lower_own(&mut self, _: &'static ResourceDesc, key: u64) -> Result<u32, Trap> {
        known(key as u32).map(|key| key as u32)
    }

    fn lower_borrow(&mut self, _: &'static ResourceDesc, key: u64) -> Result<u32, Trap> {
        known(key as u32).map(|key| key as u32)
    }

    fn lift_end(&mut self, _: &'static TypeDesc, index: u32) -> Result<u64, Trap> {
        known(index)
    }

    fn lift_error_context(&mut self, index: u32) -> Result<u64, Trap> {
        known(index)
    }

    fn lower_end(&mut self, _: &'static TypeDesc, key: u64) -> Result<u32, Trap> {
        known(key as u32).map(|key| key as u32)
    }

    fn lower_error_context(&mut self, key: u64) -> Result<u32, Trap> {
        known(key as u32).map(|key| key as u32)
    }
}

/// A memory that grows up to [`MEMORY_BYTES`].
struct Bounded<'a>(ByteSide<'a, Keys>);

impl Handles for Bounded<'_> {
    type Error = Trap;

    fn lift_own(&mut self, resource: &'static ResourceDesc, index: u32) -> Result<u64, Trap> {
        self.0.lift_own(resource, index)
    }

    fn lift_borrow(&mut self, resource: &'static ResourceDesc, index: u32) -> Result<u64, Trap> {
        self.0.lift_borrow(resource, index)
    }

    fn lower_own(&mut self, resource: &'static ResourceDesc, key: u64) -> Result<u32, Trap> {
        self.0.lower_own(resource, key)
    }

    fn lower_borrow(&mut self, resource: &'static ResourceDesc, key: u64) -> Result<u32, Trap> {
        self.0.lower_borrow(resource, key)
    }

    fn lower_end(&mut self, ty: &'static TypeDesc, key: u64) -> Result<u32, Trap> {
        self.0.lower_end(ty, key)
    }

    fn lower_error_context(&mut self, key: u64) -> Result<u32, Trap> {
        self.0.lower_error_context(key)
    }
}

impl GuestMemory for Bounded<'_> {
    fn bytes(&mut self) -> &mut [u8] {
        self.0.bytes()
    }

    fn realloc(&mut self, old_ptr: u32, old_size: u32, align: u32, new_size: u32) -> Result<u32, Trap> {
        let used = self.bytes().len() as u64;
        if used + u64::from(new_size) > MEMORY_BYTES.into() {
            return Err(Trap::ReallocOutOfBounds);
        }
        self.0.realloc(old_ptr, old_size, align, new_size)
    }
}

/// Supplies parts to a memory, flat or at its address 0.
fn supplied(
    ty: &'static TypeDesc,
    parts: &[Part<'static>],
    encoding: StringEncoding,
    slots: Option<&mut [u64]>,
) -> (ByteMemory, Result<usize, SupplyError<Trap>>) {
    let start = if slots.is_some() { 8 } else { TypeAbi::of(ty).size.next_multiple_of(8) };
    let mut memory = ByteMemory::from_bytes(vec![0; start as usize], encoding);
    let mut parts = parts.iter().copied();
    let mut keys = Keys;
    let mut side = Bounded(memory.side(&mut keys));
    let mut view = LowerView::new(&mut side, encoding);
    let lowered = match slots {
        Some(slots) => supply(&mut view, ty, Target::Flat(&mut FlatWriter::new(slots)), &mut parts),
        None => supply(&mut view, ty, Target::Memory(0), &mut parts),
    };
    (memory, lowered.map(|()| parts.count()))
}

/// The parts of a value as text, so that strings of different encodings are compared by their characters.
fn visited(
    ty: &'static TypeDesc,
    memory: &[u8],
    encoding: StringEncoding,
    place: Place<'_, '_>,
) -> Result<Vec<String>, Trap> {
    let mut keys = Keys;
    let mut view = LiftView::new(memory, encoding, &mut keys);
    let mut found = Vec::new();
    visit(&mut view, ty, place, &mut |part| {
        found.push(written(part));
        Ok(())
    })?;
    Ok(found)
}

fn written(part: Part<'_>) -> String {
    if let Part::Text(text) = part { format!("{text}") } else { format!("{part:?}") }
}

fn slots_of(ty: &'static TypeDesc) -> Option<Vec<u64>> {
    let flat = TypeAbi::of(ty).flat;
    (flat.as_slice().is_some() && flat.len() <= MAX_FLAT_PARAMS).then(|| vec![0; flat.len()])
}

#[test]
fn supplied_values_are_visited() {
    let mut random = Random(1);
    for _ in 0..3_000 {
        let ty = random_type(&mut random, 3);
        let mut parts = Vec::new();
        random_parts(&mut random, ty, &mut parts);
        let has_unknown = parts.iter().any(|part| {
            matches!(part, Part::Own(_, 13) | Part::Borrow(_, 13) | Part::ReadableEnd(_, 13) | Part::ErrorContext(13))
        });
        let expected: Vec<String> = parts.iter().map(|part| written(*part)).collect();
        for encoding in ENCODINGS {
            let (memory, lowered) = supplied(ty, &parts, encoding, None);
            if has_unknown {
                assert_eq!(lowered, Err(SupplyError::Guest(Trap::UnknownHandle(13))));
                continue;
            }
            assert_eq!(lowered, Ok(0), "{ty:?} {parts:?}");
            assert_eq!(visited(ty, memory.bytes(), encoding, Place::Memory(0)).as_ref(), Ok(&expected), "{ty:?}");
            let Some(mut slots) = slots_of(ty) else { continue };
            let (memory, lowered) = supplied(ty, &parts, encoding, Some(&mut slots));
            assert_eq!(lowered, Ok(0), "{ty:?} {parts:?}");
            let mut flat = FlatReader::new(&slots);
            let found = visited(ty, memory.bytes(), encoding, Place::Flat(&mut flat));
            assert_eq!(found.as_ref(), Ok(&expected), "{ty:?}");
            assert_eq!(flat.position(), slots.len(), "{ty:?}");
        }
    }
}

#[test]
fn parts_that_were_changed_fit_or_are_errors() {
    let mut random = Random(2);
    let mut errors = 0;
    for _ in 0..10_000 {
        let ty = random_type(&mut random, 3);
        let mut parts = Vec::new();
        random_parts(&mut random, ty, &mut parts);
        let (place, other) = (random.below(parts.len()), random.below(parts.len()));
        match random.below(5) {
            0 => drop(parts.remove(place)),
            1 => parts.insert(other, parts[place]),
            2 => parts.swap(place, other),
            3 => parts.truncate(place),
            _ => parts[place] = Part::Begin(ty, (random.next() >> random.below(64)) as u32),
        }
        let encoding = random.of(&ENCODINGS);
        errors += usize::from(supplied(ty, &parts, encoding, None).1.is_err());
        if let Some(mut slots) = slots_of(ty) {
            errors += usize::from(supplied(ty, &parts, encoding, Some(&mut slots)).1.is_err());
        }
    }
    assert!(errors > 5_000, "there are {errors} errors");
}

#[test]
fn any_bytes_are_visited_or_trap() {
    let mut random = Random(3);
    let [mut values, mut traps] = [0, 0];
    for _ in 0..10_000 {
        let ty = random_type(&mut random, 3);
        // Small numbers are addresses, lengths and cases more often than others.
        let bound = [4, 16, 256][random.below(3)];
        let memory: Vec<u8> =
            (0..256).map(|_| if random.below(3) == 0 { random.below(bound) as u8 } else { 0 }).collect();
        let encoding = random.of(&ENCODINGS);
        let mut found = vec![visited(ty, &memory, encoding, Place::Memory(8 * random.below(40) as u32))];
        if let Some(mut slots) = slots_of(ty) {
            slots.fill_with(|| random.next() >> random.below(64));
            found.push(visited(ty, &memory, encoding, Place::Flat(&mut FlatReader::new(&slots))));
        }
        for found in found {
            *(if found.is_ok() { &mut values } else { &mut traps }) += 1;
        }
    }
    assert!(values > 3_000 && traps > 3_000, "there are {values} values and {traps} traps");
}
