//! Random worlds of few names: everything collides that may.

mod items;

use core::fmt::Write;

use items::{Dice, Items, Known, NAMES};

/// This number of worlds, the same in each run.
pub(crate) fn worlds(count: u32) -> Vec<String> {
    (1..=count).map(|seed| World::new(seed).write()).collect()
}

/// The name of an interface, its path for `use`, and its types.
type Interface = (&'static str, String, Known);

/// A package with a world, and another package, of which there are two versions.
struct World {
    seed: u32,
    dice: Dice,
    text: String,
    interfaces: Vec<Interface>,
}

impl World {
    fn new(seed: u32) -> World {
        World { seed, dice: Dice::new(seed), text: String::new(), interfaces: Vec::new() }
    }

    fn write(mut self) -> String {
        let package = ["%exports", "%type", "random"][self.dice.below(3)];
        writeln!(self.text, "package odd{}:{package};", self.seed).unwrap();
        let versions = [1, 2].map(|version| self.version(version));
        let names = self.dice.names(4);
        for name in &names {
            let interface = self.interface(name, format!("%{name}"));
            self.interfaces.push(interface);
        }
        let world = NAMES.iter().find(|name| !names.contains(name)).unwrap();
        self.world(world, &names);
        self.text + &versions.concat()
    }

    /// A version of the other package: an interface of the same name, and a world to be included.
    fn version(&mut self, version: u32) -> String {
        let package = format!("odd{}:%use", self.seed);
        let main = core::mem::take(&mut self.text);
        writeln!(self.text, "package {package}@{version}.0.0 {{").unwrap();
        let interface = self.interface("self", format!("{package}/%self@{version}.0.0"));
        self.interfaces.push(interface);
        self.text.push_str("world %await {\n  import %self;\n");
        for direction in ["import", "export"] {
            write!(self.text, "  {direction} %{direction}ed{version}: ").unwrap();
            self.items(&Known::default()).function("", true);
        }
        self.text.push_str("}\n}\n");
        core::mem::replace(&mut self.text, main)
    }

    fn items<'a>(&'a mut self, known: &Known) -> Items<'a> {
        Items { dice: &mut self.dice, text: &mut self.text, known: known.clone() }
    }

    fn interface(&mut self, name: &'static str, path: String) -> Interface {
        writeln!(self.text, "interface %{name} {{").unwrap();
        let names = self.dice.names(10);
        let (functions, definitions) = names.split_at(names.len() / 2);
        let (used, definitions) = definitions.split_at(self.dice.below(definitions.len() + 1));
        let known = self.uses(used);
        let mut items = self.items(&known);
        definitions.iter().for_each(|name| items.definition(name));
        for name in functions {
            write!(items.text, "  %{name}: ").unwrap();
            items.function("", true);
        }
        let known = items.known;
        self.text.push_str("}\n");
        (name, path, known)
    }

    /// Types of earlier interfaces, under these names.
    fn uses(&mut self, names: &[&'static str]) -> Known {
        let mut known = Known::default();
        for name in names {
            if self.interfaces.is_empty() {
                break;
            }
            let (_, path, theirs) = &self.interfaces[self.dice.below(self.interfaces.len())];
            let kind = self.dice.below(3);
            let Some(of_kind) = theirs.of_kind(kind).get(..).filter(|types| !types.is_empty()) else { continue };
            let used = of_kind[self.dice.below(of_kind.len())];
            let renamed = if used == *name { String::new() } else { format!(" as %{name}") };
            writeln!(self.text, "  use {path}.{{%{used}{renamed}}};").unwrap();
            known.of_kind_mut(kind).push(name);
        }
        known
    }

    fn world(&mut self, world: &str, interfaces: &[&str]) {
        writeln!(self.text, "world %{world} {{").unwrap();
        for name in interfaces {
            match self.dice.below(3) {
                0 => writeln!(self.text, "  import %{name};"),
                1 => writeln!(self.text, "  export %{name};"),
                _ => writeln!(self.text, "  import %{name};\n  export %{name};"),
            }
            .unwrap();
        }
        // The worlds of one module become one, so the names of their own types and functions differ.
        let seed = self.seed;
        let names = ["drop", "guest"].map(|name| &*format!("{name}-{seed}").leak());
        let known = self.uses(&names);
        for direction in ["import", "export"] {
            write!(self.text, "  {direction} %{direction}-{seed}: ").unwrap();
            self.items(&known).function("", true);
        }
        for version in [1, 2] {
            let renamed = format!(
                "{{ %imported{version} as %new{version}-{seed}, %exported{version} as %type{version}-{seed} }}"
            );
            writeln!(self.text, "  include odd{seed}:%use/%await@{version}.0.0 with {renamed}").unwrap();
        }
        self.text.push_str("}\n");
    }
}
