//! Errors for the keys of options that select nothing, and the keys that may have been meant.

use std::collections::BTreeSet;

use witwright_front::Diagnostic;
use witwright_front::similar::closest;

use super::Build;
use super::keys::{filter_keys, keys};
use super::with::drop_name;
use crate::errors;
use crate::ir::{Def, DefKind, Direction, Func};

/// A part of the world that an option may name.
struct Item {
    /// Its name in its interface, or in the world.
    name: String,
    /// Every key that selects it. The first one is the clearest.
    keys: Vec<String>,
}

impl Item {
    fn new(name: &str, keys: Vec<String>) -> Item {
        Item { name: name.to_owned(), keys }
    }
}

/// The keys of one option.
struct Given<'a> {
    /// The option's name in the macros.
    name: &'static str,
    /// The option, as the user spells it.
    option: String,
    /// The keys of options that selected something.
    used: &'a BTreeSet<(&'static str, &'a str)>,
}

impl Given<'_> {
    /// Whether a key selected something.
    fn is_used(&self, key: &str) -> bool {
        self.used.contains(&(self.name, key))
    }

    /// The error for a key that selected nothing. `items` are those of a first sort, each with its name in the plural.
    fn error(&self, key: &str, items: &[(&str, &[Item])]) -> Diagnostic {
        let (prefix, key_text) = key.split_at(key.len() - named(key).len());
        let same = |item: &&Item| item.keys.iter().any(|other| other == key_text);
        let mut others = items.iter().flat_map(|(_, items)| *items).filter(same).flat_map(|item| &item.keys);
        if let Some(other) = others.find(|other| *other != key_text && self.is_used(other)) {
            return errors::named_twice(&self.option, key, other);
        }
        let meant = |(_, items): &(&str, &[Item])| meant(key_text, items).map(|meant| format!("{prefix}{meant}"));
        let found = items.iter().find_map(|sort| Some((sort, meant(sort)?)));
        let (sort, meant) = match found {
            Some((sort, meant)) => (Some(sort), Some(meant)),
            None => (items.get(usize::from(depth(key_text) > 2)).or(items.first()), None),
        };
        let (what, shown) = sort.copied().unwrap_or_default();
        let shown = shown.iter().filter_map(|item| item.keys.first()).map(String::as_str);
        errors::option_matches_nothing(&self.option, key, meant.as_deref(), what, shown)
    }
}

/// A filter of functions without what is said before its name.
fn named(filter: &str) -> &str {
    let rest = filter.strip_prefix('-').unwrap_or(filter);
    let rest = rest.strip_prefix('&').unwrap_or(rest);
    rest.strip_prefix("import:").or(rest.strip_prefix("export:")).unwrap_or(rest)
}

/// The key that may have been meant: that of an item with this name, else the nearest one that is as deep, else that of the item
/// with the nearest name.
fn meant<'a>(key: &str, items: &'a [Item]) -> Option<&'a str> {
    let of_name = |name: &str| items.iter().find(|item| item.name == name).and_then(|item| item.keys.first());
    let keys = items.iter().flat_map(|item| &item.keys).map(String::as_str);
    let others = keys.filter(|other| *other != key && depth(other) == depth(key) && may_be_meant(key, other));
    let is_key = |other: &&String| *other != key;
    of_name(key).filter(is_key).map(String::as_str).or_else(|| closest(key, others)).or_else(|| {
        let name = closest(key, items.iter().map(|item| item.name.as_str()))?;
        of_name(name).filter(is_key).map(String::as_str)
    })
}

/// Whether the items that two keys name have like names, if they are in one interface.
fn may_be_meant(key: &str, other: &str) -> bool {
    let split = |key| str::rsplit_once(key, ['/', '.', '#']).unwrap_or_default();
    let is_same = |a: &str, b: &str| a.replace('/', ".") == b.replace('/', ".");
    let ((interface, name), (other_interface, other_name)) = (split(key), split(other));
    depth(key) < 3 || !is_same(interface, other_interface) || closest(name, [other_name]).is_some()
}

/// The number of steps in a key: 3 in `ns:package/interface.item`. Those in a version do not count.
fn depth(key: &str) -> usize {
    let (name, version) = key.split_once('@').unwrap_or((key, ""));
    let in_version = version.contains(['/', '#']) || version.matches('.').count() > 2;
    name.matches([':', '/', '.', '#']).count() + usize::from(in_version)
}

impl Build<'_> {
    /// Reports the keys of options that matched nothing. `exports` are the functions that the world exports itself.
    pub(super) fn check_options(&mut self, exports: &[Func]) {
        let errors: Vec<Diagnostic> =
            [self.unmatched_parts(), self.unmatched_functions(exports)].into_iter().flatten().collect();
        self.errors.extend(errors);
    }

    fn given(&self, name: &'static str) -> Given<'_> {
        Given { name, option: self.options.spelled(name), used: &self.used }
    }

    /// For options about interfaces and types.
    fn unmatched_parts(&self) -> Vec<Diagnostic> {
        let options = self.options;
        let imported = self.modules.iter().filter(|module| module.direction == Direction::Import);
        let interfaces: Vec<Item> = imported
            .filter_map(|module| module.extern_name.as_deref())
            .map(|name| {
                let short = name.split('/').next_back().and_then(|name| name.split('@').next()).unwrap_or(name);
                Item::new(short, keys(name, None).into_iter().map(|key| key.text).collect())
            })
            .collect();
        let named = || self.defs.iter().filter(|def| !def.wit_name.is_empty());
        let is_imported = |def: &&Def| self.modules[def.module.0].direction == Direction::Import;
        let item = |def: &Def| {
            let keys = self.keys_of_type(def.module, &def.wit_name).into_iter().map(|key| key.text);
            Item::new(&def.wit_name, keys.collect())
        };
        let imported_types: Vec<Item> = named().filter(is_imported).map(item).collect();
        let types: Vec<Item> = named().map(item).collect();
        let names: Vec<Item> = types.iter().map(|item| Item::new(&item.name, vec![item.name.clone()])).collect();
        let mut errors = Vec::new();
        let with = self.given("with");
        for (key, _) in options.with.iter().filter(|(key, _)| !with.is_used(key)) {
            errors.push(with.error(key, &[("imported interfaces", &interfaces), ("imported types", &imported_types)]));
        }
        for key in &options.additional_derives_ignore {
            if !names.iter().any(|item| item.name == *key) {
                errors.push(self.given("additional_derives_ignore").error(key, &[("types", &names)]));
            }
        }
        let members: Vec<Item> = named().flat_map(|def| self.members(def)).collect();
        let attributes = [
            ("additional_type_attributes", &options.type_attributes, "types", &types),
            ("additional_member_attributes", &options.member_attributes, "members of types", &members),
        ];
        for (option, attributes, sort, items) in attributes {
            let given = self.given(option);
            for (key, _) in attributes.iter().filter(|(key, _)| !given.is_used(key)) {
                errors.push(given.error(key, &[(sort, items)]));
            }
        }
        let given = self.given("trappable_error_type");
        for (key, _) in options.trappable_error_types.iter().filter(|(key, _)| !given.is_used(key)) {
            errors.push(given.error(key, &[("imported types", &imported_types)]));
        }
        errors
    }

    /// The fields, cases or flags of a type.
    fn members(&self, def: &Def) -> Vec<Item> {
        let names: Vec<&str> = match &def.kind {
            DefKind::Record(fields) => fields.iter().map(|field| field.wit_name.as_str()).collect(),
            DefKind::Variant(cases) => cases.iter().map(|case| case.wit_name.as_str()).collect(),
            DefKind::Enum(labels) | DefKind::Flags(labels) => {
                labels.iter().map(|label| label.wit_name.as_str()).collect()
            }
            DefKind::Alias(_) | DefKind::Resource | DefKind::ResourceAlias(_) => Vec::new(),
        };
        let keys = self.keys_of_type(def.module, &def.wit_name);
        let keys = || keys.iter().filter(|key| key.rest.is_empty());
        let member = |name: &str| {
            let keys = keys().map(|key| format!("{}.{name}", key.text)).collect();
            Item::new(&format!("{}.{name}", def.wit_name), keys)
        };
        names.into_iter().map(member).collect()
    }

    /// The interfaces and the names of imported resources.
    fn imported_resources(&self) -> Vec<(Option<&str>, &str)> {
        let resources =
            self.defs.iter().filter(|def| matches!(def.kind, DefKind::Resource) && !def.wit_name.is_empty());
        let of_modules = resources.map(|def| (&self.modules[def.module.0], def));
        let imported = of_modules.filter(|(module, _)| module.direction == Direction::Import && !module.remapped);
        imported.map(|(module, def)| (module.extern_name.as_deref(), def.wit_name.as_str())).collect()
    }

    /// For options about functions.
    fn unmatched_functions(&self, exports: &[Func]) -> Vec<Diagnostic> {
        let options = self.options;
        let of_modules = self.modules.iter().flat_map(|module| {
            module.funcs.iter().map(|func| (module.direction, module.extern_name.as_deref(), func.extern_name.as_str()))
        });
        let of_world = exports.iter().map(|func| (Direction::Export, None, func.extern_name.as_str()));
        let all: Vec<(Direction, Option<&str>, &str)> = of_modules.chain(of_world).collect();
        let names: Vec<Item> = all.iter().map(|(_, _, name)| Item::new(name, vec![(*name).to_owned()])).collect();
        let filter = |(interface, name): (Option<&str>, &str)| Item::new(name, filter_keys(interface, name));
        let filters: Vec<Item> = all.iter().map(|(_, interface, name)| filter((*interface, name))).collect();
        let resources = self.imported_resources();
        let chainable: Vec<Item> = resources.iter().copied().map(filter).collect();
        let mut errors = Vec::new();
        let skip = self.given("skip");
        for key in options.skip.iter().filter(|key| !skip.is_used(key)) {
            errors.push(skip.error(key, &[("functions", &names)]));
        }
        let is_method = |(direction, _, name): &&(Direction, Option<&str>, &str)| {
            *direction == Direction::Import && name.starts_with("[method]")
        };
        let methods: Vec<Item> =
            all.iter().filter(is_method).map(|(_, interface, name)| filter((*interface, name))).collect();
        let of_chains: [(&str, &[Item]); 2] = [("imported methods", &methods), ("imported resources", &chainable)];
        let of_async: [(&str, &[Item]); 1] = [("functions", &filters)];
        for (option, keys, sorts) in [
            ("chainable_methods", &options.chainable_methods, &of_chains[..]),
            ("async", &options.async_functions, &of_async[..]),
        ] {
            let given = self.given(option);
            for key in keys.iter().filter(|key| !given.is_used(key) && named(key) != "all") {
                errors.push(given.error(key, sorts));
            }
        }
        for (option, functions, side) in
            [("imports", &options.imports, Direction::Import), ("exports", &options.exports, Direction::Export)]
        {
            let of_side = all.iter().filter(|(direction, ..)| *direction == side);
            let item = |interface: Option<&str>, name: &str| {
                let keys = interface.map(|interface| keys(interface, Some(name)).into_iter().map(|key| key.text));
                Item::new(name, keys.map_or_else(|| vec![name.to_owned()], Iterator::collect))
            };
            let functions_of_side = of_side.map(|(_, interface, name)| item(*interface, name));
            let destructors = resources.iter().filter(|_| side == Direction::Import);
            let destructors = destructors.map(|(interface, name)| item(*interface, &drop_name(name)));
            let items: Vec<Item> = functions_of_side.chain(destructors).collect();
            let given = self.given(option);
            for (key, _) in functions.rules.iter().filter(|(key, _)| !given.is_used(key)) {
                errors.push(given.error(key, &[("functions", &items)]));
            }
        }
        errors
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_not_steps() {
        for (key, steps) in [("a", 0), ("a:b@1.0.0", 1), ("a:b/c@1.0.0", 2), ("a:b/c@1.0.0.d", 3), ("a:b/c#d", 3)] {
            assert_eq!(depth(key), steps, "{key}");
        }
    }
}
