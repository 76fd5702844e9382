//! Random items of an interface: definitions of types, functions, and types that have no name.

use core::fmt::Write;

pub(super) const NAMES: [&str; 14] =
    ["t", "d", "self", "string", "result", "option", "vec", "sized", "host", "guest", "store", "new", "drop", "type"];

/// A generator of numbers (xorshift).
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u32) -> Dice {
        Dice(u64::from(seed) * 0x9e37_79b9)
    }

    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    /// At most `most` different names.
    pub(super) fn names(&mut self, most: usize) -> Vec<&'static str> {
        let mut names: Vec<&str> = (0..=self.below(most)).map(|_| NAMES[self.below(NAMES.len())]).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    fn one_of<'a>(&mut self, names: &[&'a str]) -> &'a str {
        names[self.below(names.len())]
    }
}

/// The types of an interface that a type may mention.
#[derive(Clone, Default)]
pub(super) struct Known {
    types: Vec<&'static str>,
    resources: Vec<&'static str>,
    /// Types that hold borrowed handles.
    lent: Vec<&'static str>,
}

impl Known {
    pub(super) fn of_kind(&self, kind: usize) -> &[&'static str] {
        [&self.types, &self.resources, &self.lent][kind]
    }

    pub(super) fn of_kind_mut(&mut self, kind: usize) -> &mut Vec<&'static str> {
        [&mut self.types, &mut self.resources, &mut self.lent].into_iter().nth(kind).unwrap()
    }
}

/// The kinds of values that a type may hold in its place.
#[derive(Clone, Copy)]
struct May {
    /// Borrowed handles: not in results, and not in streams and futures.
    lend: bool,
    /// Handles, ends and error contexts: not in the values of a map.
    own: bool,
}

const ANYTHING: May = May { lend: true, own: true };
const OWNED: May = May { lend: false, own: true };

/// The items of an interface or a world, as they are written.
pub(super) struct Items<'a> {
    pub(super) dice: &'a mut Dice,
    pub(super) text: &'a mut String,
    pub(super) known: Known,
}

impl Items<'_> {
    pub(super) fn definition(&mut self, name: &'static str) {
        match self.dice.below(6) {
            0 => self.resource(name),
            1 => self.members(name, "variant", |case, ty| format!("%{case}({ty}), ")),
            2 => {
                let cases: Vec<_> = self.dice.names(8).iter().map(|case| format!("%{case}")).collect();
                let kind = self.dice.one_of(&["enum", "flags"]);
                writeln!(self.text, "  {kind} %{name} {{ {} }}", cases.join(", ")).unwrap();
                self.known.types.push(name);
            }
            3 => {
                let ty = self.ty(OWNED);
                writeln!(self.text, "  type %{name} = {ty};").unwrap();
                self.known.types.push(name);
            }
            _ => self.members(name, "record", |field, ty| format!("%{field}: {ty}, ")),
        }
    }

    fn resource(&mut self, name: &'static str) {
        writeln!(self.text, "  resource %{name} {{").unwrap();
        self.known.resources.push(name);
        if self.dice.below(2) == 0 {
            self.text.push_str("    constructor(%store: string);\n");
        }
        for name in self.dice.names(4).into_iter().filter(|function| *function != name) {
            let static_ = self.dice.one_of(&["", "static "]);
            write!(self.text, "    %{name}: {static_}").unwrap();
            self.function("self", true);
        }
        self.text.push_str("  }\n");
    }

    fn members(&mut self, name: &'static str, kind: &str, member: impl Fn(&str, &str) -> String) {
        let lend = self.dice.below(2) == 0 && !self.known.resources.is_empty();
        let names = self.dice.names(4);
        let members: String = names.into_iter().map(|name| member(name, &self.ty(May { lend, own: true }))).collect();
        writeln!(self.text, "  {kind} %{name} {{ {members}}}").unwrap();
        self.known.of_kind_mut(if lend { 2 } else { 0 }).push(name);
    }

    /// A function, which has no parameter of the name `not`.
    pub(super) fn function(&mut self, not: &str, may_wait: bool) {
        let async_ = if may_wait { self.dice.one_of(&["", "async "]) } else { "" };
        let names = self.dice.names(4).into_iter().filter(|name| *name != not);
        let params: Vec<_> = names.map(|name| format!("%{name}: {}", self.ty(ANYTHING))).collect();
        let result = match self.dice.below(3) {
            0 => String::new(),
            1 => format!(" -> {}", self.ty(OWNED)),
            _ => format!(" -> result<{}, {}>", self.ty(OWNED), self.ty(OWNED)),
        };
        writeln!(self.text, "{async_}func({}){result};", params.join(", ")).unwrap();
    }

    fn ty(&mut self, may: May) -> String {
        let known = &self.known;
        match self.dice.below(18) {
            0 => "string".to_owned(),
            1 => format!("list<{}>", self.ty(may)),
            2 => format!("option<{}>", self.ty(may)),
            3 => format!("tuple<{}, {}>", self.ty(may), self.ty(may)),
            4 => format!("result<{}, {}>", self.ty(may), self.ty(may)),
            5 => "u64".to_owned(),
            6 if may.lend && !known.resources.is_empty() => format!("borrow<%{}>", self.dice.one_of(&known.resources)),
            7 if may.lend && !known.lent.is_empty() => format!("%{}", self.dice.one_of(&known.lent)),
            8 if may.own && !known.resources.is_empty() => format!("%{}", self.dice.one_of(&known.resources)),
            9 => format!("list<{}, {}>", self.ty(may), 1 + self.dice.below(3)),
            10 => {
                format!("map<{}, {}>", self.dice.one_of(&["string", "u8", "char"]), self.ty(May { own: false, ..may }))
            }
            11 if may.own => format!("stream<{}>", self.ty(OWNED)),
            12 if may.own => format!("future<{}>", self.ty(OWNED)),
            13 if may.own => self.dice.one_of(&["error-context", "stream", "future"]).to_owned(),
            14 if may.own && !known.types.is_empty() => format!("%{}", self.dice.one_of(&known.types)),
            15 if may.own && !known.types.is_empty() => format!("%{}", self.dice.one_of(&known.types)),
            16 => "list<char>".to_owned(),
            _ => "f32".to_owned(),
        }
    }
}
