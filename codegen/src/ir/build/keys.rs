//! The keys by which options name a part of the world, from the most specific to the most general one.
//!
//! A function or type `f` of `ns:p/i@1.0.0` has the keys `ns:p/i@1.0.0.f` and `ns:p/i.f` (also with `/` or `#` for `.`), then those
//! of its interface, its package and its namespace.

use crate::ir::Direction;

/// A key, and the path from the item that it names to the part.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Key {
    pub(super) text: String,
    /// Names in WIT: `["p", "i"]` for the key `ns` of the interface `ns:p/i`.
    pub(super) rest: Vec<String>,
}

impl Key {
    /// A key of the part itself.
    pub(super) fn of_item(text: String) -> Key {
        Key { text, rest: Vec::new() }
    }
}

/// The keys of an interface, or of an item of it.
pub(super) fn keys(interface: &str, item: Option<&str>) -> Vec<Key> {
    let (name, version) = match interface.split_once('@') {
        Some((name, version)) => (name, format!("@{version}")),
        None => (interface, String::new()),
    };
    let mut keys = Vec::new();
    let mut add = |texts: &[String], rest: &[&str]| {
        for text in texts {
            let key = Key { text: text.clone(), rest: rest.iter().map(|name| (*name).to_owned()).collect() };
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
    };
    if let Some(item) = item {
        add(&[interface, name].map(|name| [".", "/", "#"].map(|dot| format!("{name}{dot}{item}"))).concat(), &[]);
    }
    let item: Vec<&str> = item.into_iter().collect();
    add(&[interface.to_owned(), name.to_owned()], &item);
    let Some((package, interface)) = name.split_once('/') else { return keys };
    add(&[format!("{package}{version}"), package.to_owned()], &[&[interface], item.as_slice()].concat());
    if let Some((namespace, package)) = package.rsplit_once(':') {
        add(&[namespace.to_owned()], &[&[package, interface], item.as_slice()].concat());
    }
    keys
}

/// The keys that name an item of an interface, and nothing else.
pub(super) fn item_keys(interface: &str, item: &str) -> Vec<String> {
    keys(interface, Some(item)).into_iter().filter(|key| key.rest.is_empty()).map(|key| key.text).collect()
}

/// The signs that a key in a list of functions may have after `-`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Signs {
    /// `&`
    Borrowing,
    /// `import:` or `export:`
    Sides,
}

/// A key in a list of functions: `-import:ns:p/i#f`.
pub(super) struct Filter<'a> {
    /// `-`: whether the functions that it names are excluded.
    pub(super) excludes: bool,
    /// `&`: whether methods return `&self`.
    pub(super) borrows: bool,
    /// `import:` or `export:`: the only direction in which it names functions.
    pub(super) side: Option<Direction>,
    /// A key, or `all`.
    pub(super) name: &'a str,
}

impl<'a> Filter<'a> {
    pub(super) fn read(text: &'a str, signs: Signs) -> Filter<'a> {
        let after = |text: &'a str, sign| text.strip_prefix(sign).map_or((false, text), |rest| (true, rest));
        let (excludes, rest) = after(text, "-");
        match signs {
            Signs::Borrowing => {
                let (borrows, name) = after(rest, "&");
                Filter { excludes, borrows, side: None, name }
            }
            Signs::Sides => {
                let of_side = |prefix, side| Some((Some(side), rest.strip_prefix(prefix)?));
                let of_side = of_side("import:", Direction::Import).or(of_side("export:", Direction::Export));
                let (side, name) = of_side.unwrap_or((None, rest));
                Filter { excludes, borrows: false, side, name }
            }
        }
    }

    /// Whether it names an item that has these keys.
    pub(super) fn names(&self, side: Direction, keys: &[String]) -> bool {
        let is_key = || keys.iter().any(|key| key == self.name);
        self.side.is_none_or(|of| of == side) && (self.name == "all" || is_key())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_goes_by_its_name_and_by_those_of_what_it_is_in() {
        let keys: Vec<String> =
            keys("a:b/c@1.0.0", Some("d")).iter().map(|key| format!("{} {}", key.text, key.rest.join("::"))).collect();
        let expected = [
            "a:b/c@1.0.0.d ",
            "a:b/c@1.0.0/d ",
            "a:b/c@1.0.0#d ",
            "a:b/c.d ",
            "a:b/c/d ",
            "a:b/c#d ",
            "a:b/c@1.0.0 d",
            "a:b/c d",
            "a:b@1.0.0 c::d",
            "a:b c::d",
            "a b::c::d",
        ];
        assert_eq!(keys, expected);
        assert_eq!(super::keys("world", None), [Key { text: "world".to_owned(), rest: Vec::new() }]);
    }
}
