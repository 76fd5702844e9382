//! Errors for the keys of options that have no effect, and the keys that may have been meant.

use std::collections::BTreeSet;

use witwright_front::Diagnostic;
use witwright_front::similar::closest;

use super::Build;
use super::keys::{Filter, Signs, keys};
use super::with::drop_name;
use crate::errors::{self, OptionName};
use crate::ir::{Def, DefKind, Direction, Func, FuncKind, Module, Output};

/// A part of the world that an option may name.
struct Item {
    /// Its name in its interface, or in the world.
    name: String,
    direction: Direction,
    /// Every key that selects it. The first one is the clearest.
    keys: Vec<String>,
}

impl Item {
    fn new(name: &str, direction: Direction, keys: Vec<String>) -> Item {
        Item { name: name.to_owned(), direction, keys }
    }

    /// Whether a key names it, or something that it is in.
    fn is_named(&self, key: &str, form: Form) -> bool {
        match form {
            Form::Filters(signs) => Filter::read(key, signs).names(self.direction, &self.keys),
            Form::Map | Form::All => self.keys.iter().any(|other| other == key),
        }
    }
}

/// A sort of parts of the world.
#[derive(Clone, Copy)]
enum Sort {
    Interfaces,
    ImportedTypes,
    Types,
    Members,
    Functions,
    Rules(Direction),
    Methods,
    Resources,
}

impl Sort {
    fn plural(self) -> &'static str {
        match self {
            Sort::Interfaces => "imported interfaces",
            Sort::ImportedTypes => "imported types",
            Sort::Types => "types",
            Sort::Members => "members of types",
            Sort::Functions | Sort::Rules(_) => "functions",
            Sort::Methods => "imported methods without a result",
            Sort::Resources => "imported resources with methods without a result",
        }
    }
}

/// The form of an option with keys.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Each key is given once, and the most specific one decides.
    Map,
    /// A list, of which the first match decides, and `all` matches.
    Filters(Signs),
    /// All that match count.
    All,
}

impl Form {
    /// The name in a key, without the signs before it.
    fn name(self, key: &str) -> &str {
        match self {
            Form::Filters(signs) => Filter::read(key, signs).name,
            Form::Map | Form::All => key,
        }
    }
}

/// The keys of one option.
struct Given<'a> {
    option: OptionName,
    form: Form,
    keys: Vec<&'a str>,
    /// The sorts of parts that the option names. Of two, keys of at most two steps name the first.
    sorts: &'static [Sort],
}

impl Given<'_> {
    /// Errors for each `all` after one that names the same functions.
    fn covered_by_all(&self) -> Vec<Diagnostic> {
        let Form::Filters(signs) = self.form else { return Vec::new() };
        let all: Vec<_> =
            self.keys.iter().map(|key| (key, Filter::read(key, signs))).filter(|(_, all)| all.name == "all").collect();
        let covers = |one: &Filter<'_>, other: &Filter<'_>| one.side.is_none() || one.side == other.side;
        let covered = all.iter().enumerate().filter_map(|(i, (key, filter))| {
            let (other, _) = all[..i].iter().find(|(_, earlier)| covers(earlier, filter))?;
            Some(errors::covered(&self.option, key, other, false))
        });
        covered.collect()
    }

    /// The error for a key that selected nothing. `items` are those of each sort.
    fn error(
        &self,
        key: &str,
        items: &[(Sort, Vec<Item>)],
        used: &BTreeSet<(&'static str, &str)>,
    ) -> Option<Diagnostic> {
        let all = || items.iter().flat_map(|(_, items)| items);
        let decides = |item: &Item, other: &&&str| {
            **other != key && used.contains(&(self.option.name, **other)) && item.is_named(other, self.form)
        };
        let mut named_items = all().filter(|item| item.is_named(key, self.form));
        if let Some(other) = named_items.find_map(|item| self.keys.iter().find(|other| decides(item, other))) {
            let is_list = matches!(self.form, Form::Filters(_));
            return Some(errors::covered(&self.option, key, other, is_list));
        }
        let (signs, name) = key.split_at(key.len() - self.form.name(key).len());
        let found = items.iter().find_map(|sort| Some((sort, meant(name, &sort.1)?)));
        // `wit_bindgen` does not check these, and programs have them for other worlds too.
        if found.is_none() && matches!(self.option.name, "skip" | "additional_derives_ignore") {
            return None;
        }
        let (sort, meant) = found.map(|(sort, meant)| (sort, format!("{signs}{meant}"))).unzip();
        let meant = meant.or_else(|| self.form.meant(name, items).map(|meant| format!("{signs}{meant}")));
        let sort = sort.or_else(|| items.get(usize::from(depth(name) > 2))).or(items.first());
        let shown = sort.into_iter().flat_map(|(_, items)| items.iter().filter_map(|item| item.keys.first()));
        let what = sort.map(|(sort, _)| sort.plural()).unwrap_or_default();
        Some(errors::option_matches_nothing(&self.option, key, meant.as_deref(), what, shown.map(String::as_str)))
    }
}

impl Form {
    /// The key that may have been meant in a list: `all`, or that of an item after a misspelt `import:` or `export:`.
    fn meant(self, key: &str, items: &[(Sort, Vec<Item>)]) -> Option<String> {
        let Form::Filters(signs) = self else { return None };
        if let Some(all) = closest(key, ["all"]) {
            return Some(all.to_owned());
        }
        let (side, name) = key.split_once(':').filter(|_| signs == Signs::Sides)?;
        let side = closest(side, ["import", "export"])?;
        let is_named = |item: &Item| item.keys.iter().any(|other| other == name);
        items.iter().flat_map(|(_, items)| items).any(is_named).then(|| format!("{side}:{name}"))
    }
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
    let is_same = |a: &str, b: &str| a.replace(['/', '#'], ".") == b.replace(['/', '#'], ".");
    let ((interface, name), (other_interface, other_name)) = (split(key), split(other));
    depth(key) < 3 || !is_same(interface, other_interface) || closest(name, [other_name]).is_some()
}

/// The number of steps in a key: 3 in `ns:package/interface.item`. Those in a version do not count.
fn depth(key: &str) -> usize {
    let (name, version) = key.split_once('@').unwrap_or((key, ""));
    let in_version = version.contains(['/', '#']) || version.matches('.').count() > 2;
    name.matches([':', '/', '.', '#']).count() + usize::from(in_version)
}

fn keys_in<T>(given: &[(String, T)]) -> Vec<&str> {
    given.iter().map(|(key, _)| key.as_str()).collect()
}

fn texts(given: &[String]) -> Vec<&str> {
    given.iter().map(String::as_str).collect()
}

/// The keys of a function or a resource, first that by which messages call it: `ns:p/i#f`, or `f` in the world.
fn with_hash_first(mut keys: Vec<String>) -> Vec<String> {
    keys.sort_by_key(|key| key.contains(':') && !key.contains('#'));
    keys
}

impl<'a> Build<'a> {
    /// Reports the keys of options that have no effect. `exports` are the functions that the world exports itself.
    pub(super) fn check_options(&mut self, exports: &[Func]) {
        let mut errors = Vec::new();
        for given in self.given() {
            let mut seen = BTreeSet::new();
            let (keys, again): (Vec<&str>, Vec<&str>) = given.keys.iter().partition(|key| seen.insert(**key));
            if given.form == Form::Map {
                let again: BTreeSet<&str> = again.into_iter().collect();
                errors.extend(again.into_iter().map(|key| errors::given_twice(&given.option, key)));
            }
            errors.extend(given.covered_by_all());
            let is_all = |key: &str| matches!(given.form, Form::Filters(_)) && given.form.name(key) == "all";
            let is_used = |key: &str| self.used.contains(&(given.option.name, key)) || is_all(key);
            let unused: Vec<&str> = keys.into_iter().filter(|key| !is_used(key)).collect();
            // Only errors need the keys of all items.
            if !unused.is_empty() {
                let items: Vec<_> = given.sorts.iter().map(|sort| (*sort, self.items(*sort, exports))).collect();
                errors.extend(unused.into_iter().filter_map(|key| given.error(key, &items, &self.used)));
            }
        }
        errors.extend(self.never_fail());
        self.errors.extend(errors);
    }

    /// The options with keys.
    fn given(&self) -> [Given<'a>; 10] {
        let options = self.options;
        let given = |name, form, keys, sorts| Given { option: options.named(name), form, keys, sorts };
        let (types, members) = (&options.type_attributes, &options.member_attributes);
        let (ignored, errors) = (&options.additional_derives_ignore, &options.trappable_error_types);
        let (imports, exports) = (&options.imports.rules, &options.exports.rules);
        [
            given("with", Form::Map, keys_in(&options.with), &[Sort::Interfaces, Sort::ImportedTypes]),
            given("additional_derives_ignore", Form::All, texts(ignored), &[Sort::Types]),
            given("additional_type_attributes", Form::All, keys_in(types), &[Sort::Types]),
            given("additional_member_attributes", Form::All, keys_in(members), &[Sort::Members]),
            given("trappable_error_type", Form::Map, keys_in(errors), &[Sort::ImportedTypes]),
            given("skip", Form::All, texts(&options.skip), &[Sort::Functions]),
            given(
                "chainable_methods",
                Form::Filters(Signs::Borrowing),
                texts(&options.chainable_methods),
                &[Sort::Resources, Sort::Methods],
            ),
            given("async", Form::Filters(Signs::Sides), texts(&options.async_functions), &[Sort::Functions]),
            given("imports", Form::Map, keys_in(imports), &[Sort::Rules(Direction::Import)]),
            given("exports", Form::Map, keys_in(exports), &[Sort::Rules(Direction::Export)]),
        ]
    }

    /// The parts of the world of one sort.
    fn items(&self, sort: Sort, exports: &[Func]) -> Vec<Item> {
        match sort {
            Sort::Interfaces => {
                let imported = self.modules.iter().filter(|module| module.direction == Direction::Import);
                imported.filter_map(|module| module.extern_name.as_deref()).map(interface).collect()
            }
            Sort::ImportedTypes => {
                let is_imported = |def: &&Def| self.module_of(def).direction == Direction::Import;
                self.named_types().filter(is_imported).map(|def| self.type_item(def)).collect()
            }
            Sort::Types => self.named_types().map(|def| self.type_item(def)).collect(),
            Sort::Members => self.named_types().flat_map(|def| self.members(def)).collect(),
            Sort::Functions => {
                let item = |(direction, interface, func): (Direction, Option<&str>, &Func)| {
                    let keys = with_hash_first(self.keys_of(interface, &func.extern_name));
                    Item::new(&func.extern_name, direction, keys)
                };
                self.functions(exports).map(item).collect()
            }
            Sort::Rules(side) => {
                let item = |interface: Option<&str>, name: &str| {
                    Item::new(name, side, self.keys_around(interface, name).into_iter().map(|key| key.text).collect())
                };
                let of_side = self.functions(exports).filter(|(direction, ..)| *direction == side);
                let functions = of_side.map(|(_, interface, func)| item(interface, &func.extern_name));
                let destructors = self.imported_resources().filter(|_| side == Direction::Import);
                let destructors = destructors.map(|(interface, name)| item(interface, &drop_name(name)));
                functions.chain(destructors).collect()
            }
            Sort::Methods => self
                .chainable()
                .map(|(interface, func, resource)| {
                    let keys = [func.extern_name.as_str(), resource].map(|name| self.keys_of(interface, name)).concat();
                    Item::new(&func.extern_name, Direction::Import, with_hash_first(keys))
                })
                .collect(),
            Sort::Resources => self
                .chainable()
                .map(|(interface, _, resource)| {
                    Item::new(resource, Direction::Import, with_hash_first(self.keys_of(interface, resource)))
                })
                .collect(),
        }
    }

    fn module_of(&self, def: &Def) -> &Module {
        &self.modules[def.module.0]
    }

    fn named_types(&self) -> impl Iterator<Item = &Def> {
        self.defs.iter().filter(|def| !def.wit_name.is_empty() && !def.is_borrowed)
    }

    fn type_item(&self, def: &Def) -> Item {
        let module = self.module_of(def);
        Item::new(&def.wit_name, module.direction, self.keys_of(module.extern_name.as_deref(), &def.wit_name))
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
        let Item { name: ty, direction, keys } = self.type_item(def);
        let member = |name: &str| {
            let keys = keys.iter().map(|key| format!("{key}.{name}")).collect();
            Item::new(&format!("{ty}.{name}"), direction, keys)
        };
        names.into_iter().map(member).collect()
    }

    /// All functions, with their interfaces.
    fn functions<'f>(&'f self, exports: &'f [Func]) -> impl Iterator<Item = (Direction, Option<&'f str>, &'f Func)> {
        let of_module = |module: &'f Module| {
            module.funcs.iter().map(|func| (module.direction, module.extern_name.as_deref(), func))
        };
        let of_world = exports.iter().map(|func| (Direction::Export, None, func));
        self.modules.iter().flat_map(of_module).chain(of_world)
    }

    /// The interfaces and the names of imported resources.
    fn imported_resources(&self) -> impl Iterator<Item = (Option<&str>, &str)> {
        let resources = self.named_types().filter(|def| matches!(def.kind, DefKind::Resource));
        let of_modules = resources.map(|def| (self.module_of(def), def));
        let imported = of_modules.filter(|(module, _)| module.direction == Direction::Import && !module.remapped);
        imported.map(|(module, def)| (module.extern_name.as_deref(), def.wit_name.as_str()))
    }

    /// The imported methods without a result, with their interfaces and resources.
    fn chainable(&self) -> impl Iterator<Item = (Option<&str>, &Func, &str)> {
        let imported = self.functions(&[]).filter(|(direction, ..)| *direction == Direction::Import);
        imported.filter_map(|(_, interface, func)| match (func.kind, &func.result) {
            (FuncKind::Method(id), Output::Unit) => Some((interface, func, self.defs[id.0].wit_name.as_str())),
            _ => None,
        })
    }

    /// Errors for types with which no function of the world fails, though a Rust type is given for this.
    fn never_fail(&self) -> Vec<Diagnostic> {
        let given = &self.options.trappable_error_types;
        if given.is_empty() {
            return Vec::new();
        }
        let imported = || self.named_types().filter(|def| self.module_of(def).direction == Direction::Import);
        let items = |is_meant: fn(&&Def) -> bool| imported().filter(is_meant).map(|def| self.type_item(def)).collect();
        let fail: Vec<Item> = items(|def| def.is_error);
        // The error is a handle then, which no type converts. wasmtime accepts the key.
        let resources: Vec<Item> = items(|def| matches!(def.kind, DefKind::Resource | DefKind::ResourceAlias(_)));
        let is_used = |key: &&(String, _)| self.used.contains(&("trappable_error_type", key.0.as_str()));
        let is_known = |key: &String| fail.iter().chain(&resources).any(|item| item.keys.contains(key));
        let never = given.iter().filter(is_used).filter(|(key, _)| !is_known(key));
        let shown = || fail.iter().filter_map(|item| item.keys.first()).map(String::as_str);
        never.map(|(key, _)| errors::never_fails(&self.options.named("trappable_error_type"), key, shown())).collect()
    }
}

/// An imported interface, also by its name without that of its package.
fn interface(name: &str) -> Item {
    let short = name.split('/').next_back().and_then(|name| name.split('@').next()).unwrap_or(name);
    Item::new(short, Direction::Import, keys(name, None).into_iter().map(|key| key.text).collect())
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
