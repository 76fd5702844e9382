//! Random types, their text, and their core values (`CanonicalABI.md#flattening`), implemented independently of the host.

use std::collections::BTreeSet;

use fastrand::Rng;

/// A type. Named types are in [`Types`].
#[derive(Clone, Debug)]
pub(super) enum Type {
    Primitive(&'static str),
    List(Box<Type>),
    FixedList(Box<Type>, u32),
    Map(&'static str, Box<Type>),
    Tuple(Vec<Type>),
    Option(Box<Type>),
    Result(Option<Box<Type>>, Option<Box<Type>>),
    Named(usize),
}

/// A named type.
#[derive(Clone, Debug)]
pub(super) enum Definition {
    /// With fields `f0`, `f1` and so on.
    Record(Vec<Type>),
    /// With cases `c0`, `c1` and so on.
    Variant(Vec<Option<Type>>),
    Enum(usize),
    Flags(usize),
}

/// The named types, each after those that it uses.
#[derive(Default, Debug)]
pub(super) struct Types {
    pub(super) definitions: Vec<Definition>,
}

const PRIMITIVES: [&str; 13] =
    ["f32", "f64", "bool", "s8", "u8", "s16", "u16", "s32", "u32", "s64", "u64", "char", "string"];

/// The maximum nesting of types.
const DEPTH: u32 = 4;

impl Types {
    pub(super) fn random(&mut self, random: &mut Rng) -> Type {
        self.nested(random, DEPTH)
    }

    fn nested(&mut self, random: &mut Rng, depth: u32) -> Type {
        if depth == 0 || random.u8(..4) == 0 {
            return Type::Primitive(random.choice(PRIMITIVES).expect("the list is not empty"));
        }
        let depth = depth - 1;
        match random.u8(..10) {
            0 => Type::List(self.boxed(random, depth)),
            1 => Type::FixedList(self.boxed(random, depth.min(2)), random.u32(1..4)),
            2 => {
                // A floating-point type cannot be a key.
                Type::Map(random.choice(&PRIMITIVES[2..]).expect("the list is not empty"), self.boxed(random, depth))
            }
            3 => Type::Tuple(self.several(random, depth)),
            4 => Type::Option(self.boxed(random, depth)),
            5 => {
                let mut side = || random.bool().then(|| self.boxed(random, depth));
                Type::Result(side(), side())
            }
            6 => {
                let fields = self.several(random, depth);
                self.define(Definition::Record(fields))
            }
            7 => {
                let cases =
                    (0..random.usize(1..6)).map(|_| random.bool().then(|| self.nested(random, depth))).collect();
                self.define(Definition::Variant(cases))
            }
            8 => {
                let cases = if random.u8(..8) == 0 { 257 } else { random.usize(1..5) };
                self.define(Definition::Enum(cases))
            }
            _ => self.define(Definition::Flags(random.usize(1..=32))),
        }
    }

    fn boxed(&mut self, random: &mut Rng, depth: u32) -> Box<Type> {
        Box::new(self.nested(random, depth))
    }

    fn several(&mut self, random: &mut Rng, depth: u32) -> Vec<Type> {
        (0..random.usize(1..6)).map(|_| self.nested(random, depth)).collect()
    }

    fn define(&mut self, definition: Definition) -> Type {
        self.definitions.push(definition);
        Type::Named(self.definitions.len() - 1)
    }

    /// The core types of a value.
    pub(super) fn flat(&self, ty: &Type) -> Vec<&'static str> {
        match ty {
            Type::Primitive(name) => match *name {
                "s64" | "u64" => vec!["i64"],
                "f32" => vec!["f32"],
                "f64" => vec!["f64"],
                "string" => vec!["i32", "i32"],
                _ => vec!["i32"],
            },
            Type::List(_) | Type::Map(..) => vec!["i32", "i32"],
            Type::FixedList(ty, len) => self.flat(ty).repeat(*len as usize),
            Type::Tuple(types) => types.iter().flat_map(|ty| self.flat(ty)).collect(),
            Type::Option(ty) => self.flat_cases(&[None, Some(ty)]),
            Type::Result(ok, error) => self.flat_cases(&[ok.as_deref(), error.as_deref()]),
            Type::Named(index) => match &self.definitions[*index] {
                Definition::Record(types) => types.iter().flat_map(|ty| self.flat(ty)).collect(),
                Definition::Variant(cases) => self.flat_cases(&cases.iter().map(Option::as_ref).collect::<Vec<_>>()),
                Definition::Enum(_) | Definition::Flags(_) => vec!["i32"],
            },
        }
    }

    fn flat_cases(&self, cases: &[Option<&Type>]) -> Vec<&'static str> {
        let mut joined = Vec::new();
        for case in cases.iter().flatten() {
            for (index, core) in self.flat(case).into_iter().enumerate() {
                match joined.get_mut(index) {
                    None => joined.push(core),
                    Some(other) => *other = join(other, core),
                }
            }
        }
        joined.insert(0, "i32");
        joined
    }

    /// The kinds of types in a type.
    pub(super) fn kinds(&self, ty: &Type) -> Vec<&'static str> {
        let mut kinds = BTreeSet::new();
        self.collect_kinds(ty, &mut kinds);
        kinds.into_iter().collect()
    }

    fn collect_kinds(&self, ty: &Type, kinds: &mut BTreeSet<&'static str>) {
        let (kind, parts): (_, Vec<&Type>) = match ty {
            Type::Primitive(name) => (*name, Vec::new()),
            Type::List(ty) => ("list", vec![ty]),
            Type::FixedList(ty, _) => ("fixed", vec![ty]),
            Type::Map(_, ty) => ("map", vec![ty]),
            Type::Tuple(types) => ("tuple", types.iter().collect()),
            Type::Option(ty) => ("option", vec![ty]),
            Type::Result(ok, error) => ("result", ok.iter().chain(error).map(|ty| &**ty).collect()),
            Type::Named(index) => match &self.definitions[*index] {
                Definition::Record(types) => ("record", types.iter().collect()),
                Definition::Variant(cases) => ("variant", cases.iter().flatten().collect()),
                Definition::Enum(_) => ("enum", Vec::new()),
                Definition::Flags(_) => ("flags", Vec::new()),
            },
        };
        kinds.insert(kind);
        parts.into_iter().for_each(|part| self.collect_kinds(part, kinds));
    }
}

fn join(a: &'static str, b: &'static str) -> &'static str {
    match (a, b) {
        _ if a == b => a,
        ("i32", "f32") | ("f32", "i32") => "i32",
        _ => "i64",
    }
}
