//! Random worlds of few names: everything collides that may.

use core::fmt::Write;

const NAMES: [&str; 14] =
    ["t", "d", "self", "string", "result", "option", "vec", "sized", "host", "guest", "store", "new", "drop", "type"];

/// So many worlds, the same in each run.
pub(crate) fn worlds(count: u32) -> Vec<String> {
    (1..=count)
        .map(|seed| World { dice: Dice(u64::from(seed) * 0x9e37_79b9), text: String::new() }.write(seed))
        .collect()
}

/// A generator of numbers (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    /// Names that differ, at most so many.
    fn names(&mut self, most: usize) -> Vec<&'static str> {
        let mut names: Vec<&str> = (0..=self.below(most)).map(|_| NAMES[self.below(NAMES.len())]).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

struct World {
    dice: Dice,
    text: String,
}

/// The types of an interface that a type may mention.
#[derive(Default)]
struct Known {
    types: Vec<&'static str>,
    resources: Vec<&'static str>,
    /// Types that hold borrowed handles.
    lent: Vec<&'static str>,
}

impl World {
    fn write(mut self, seed: u32) -> String {
        writeln!(self.text, "package odd{seed}:{};", ["%exports", "%type", "random"][self.dice.below(3)]).unwrap();
        let interfaces = self.dice.names(4);
        for name in &interfaces {
            self.interface(name);
        }
        let world = NAMES.iter().find(|name| !interfaces.contains(name)).unwrap();
        writeln!(self.text, "world %{world} {{").unwrap();
        for name in interfaces {
            match self.dice.below(3) {
                0 => writeln!(self.text, "  import %{name};"),
                1 => writeln!(self.text, "  export %{name};"),
                _ => writeln!(self.text, "  import %{name};\n  export %{name};"),
            }
            .unwrap();
        }
        self.text.push_str("}\n");
        self.text
    }

    fn interface(&mut self, name: &str) {
        writeln!(self.text, "interface %{name} {{").unwrap();
        let (mut known, names) = (Known::default(), self.dice.names(10));
        let functions = names.len() / 2;
        for name in &names[functions..] {
            self.item(name, &mut known);
        }
        for name in &names[..functions] {
            write!(self.text, "  %{name}: ").unwrap();
            self.function(&known, "");
        }
        self.text.push_str("}\n");
    }

    fn item(&mut self, name: &'static str, known: &mut Known) {
        match self.dice.below(6) {
            0 => {
                writeln!(self.text, "  resource %{name} {{").unwrap();
                known.resources.push(name);
                if self.dice.below(2) == 0 {
                    self.text.push_str("    constructor(%store: string);\n");
                }
                for name in self.dice.names(4).into_iter().filter(|function| *function != name) {
                    let static_ = ["", "static "][self.dice.below(2)];
                    write!(self.text, "    %{name}: {static_}").unwrap();
                    self.function(known, "self");
                }
                self.text.push_str("  }\n");
            }
            1 => {
                let cases = self.dice.names(4);
                let lends = self.dice.below(2) == 0 && !known.resources.is_empty();
                write!(self.text, "  variant %{name} {{ ").unwrap();
                for case in cases {
                    let ty = self.ty(known, lends);
                    write!(self.text, "%{case}({ty}), ").unwrap();
                }
                self.text.push_str("}\n");
                if lends { &mut known.lent } else { &mut known.types }.push(name);
            }
            2 => {
                let cases: Vec<_> = self.dice.names(8).iter().map(|case| format!("%{case}")).collect();
                let kind = ["enum", "flags"][self.dice.below(2)];
                writeln!(self.text, "  {kind} %{name} {{ {} }}", cases.join(", ")).unwrap();
                known.types.push(name);
            }
            3 => {
                let ty = self.ty(known, false);
                writeln!(self.text, "  type %{name} = {ty};").unwrap();
                known.types.push(name);
            }
            _ => {
                let lends = self.dice.below(2) == 0 && !known.resources.is_empty();
                write!(self.text, "  record %{name} {{ ").unwrap();
                for field in self.dice.names(4) {
                    let ty = self.ty(known, lends);
                    write!(self.text, "%{field}: {ty}, ").unwrap();
                }
                self.text.push_str("}\n");
                if lends { &mut known.lent } else { &mut known.types }.push(name);
            }
        }
    }

    fn function(&mut self, known: &Known, not: &str) {
        let names = self.dice.names(4).into_iter().filter(|name| *name != not);
        let params: Vec<_> = names.map(|name| format!("%{name}: {}", self.ty(known, true))).collect();
        let result = match self.dice.below(3) {
            0 => String::new(),
            1 => format!(" -> {}", self.ty(known, false)),
            _ => format!(" -> result<{}, {}>", self.ty(known, false), self.ty(known, false)),
        };
        writeln!(self.text, "func({}){result};", params.join(", ")).unwrap();
    }

    /// A type; `lends` if it may hold borrowed handles.
    fn ty(&mut self, known: &Known, lends: bool) -> String {
        match self.dice.below(11) {
            0 => "string".to_owned(),
            1 => format!("list<{}>", self.ty(known, lends)),
            2 => format!("option<{}>", self.ty(known, lends)),
            3 => format!("tuple<{}, {}>", self.ty(known, lends), self.ty(known, lends)),
            4 => format!("result<{}, {}>", self.ty(known, lends), self.ty(known, lends)),
            5 => "u64".to_owned(),
            6 if lends && !known.resources.is_empty() => {
                format!("borrow<%{}>", known.resources[self.dice.below(known.resources.len())])
            }
            7 if lends && !known.lent.is_empty() => format!("%{}", known.lent[self.dice.below(known.lent.len())]),
            8 if !known.resources.is_empty() => format!("%{}", known.resources[self.dice.below(known.resources.len())]),
            _ if !known.types.is_empty() => format!("%{}", known.types[self.dice.below(known.types.len())]),
            _ => "f32".to_owned(),
        }
    }
}
