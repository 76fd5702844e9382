//! The keys by which options name a part of the world, from the most specific to the most general one.
//!
//! A function or type `f` of `ns:p/i@1.0.0` has the keys `ns:p/i@1.0.0.f` and `ns:p/i.f` (also with `/` for `.`), then those of its
//! interface, its package and its namespace. Filters of functions have `#` before `f`.

/// A key, and the path from the item that it names to the part.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Key {
    pub(super) text: String,
    /// Names in WIT: `["p", "i"]` for the key `ns` of the interface `ns:p/i`.
    pub(super) rest: Vec<String>,
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
        let text = |name: &str, dot: &str| format!("{name}{dot}{item}");
        add(&[text(interface, "."), text(interface, "/"), text(name, "."), text(name, "/")], &[]);
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

/// The keys by which filters name a function, or a resource: `ns:p/i@1.0.0#f` and `ns:p/i#f`, or `f` for one of the world itself.
pub(super) fn filter_keys(interface: Option<&str>, item: &str) -> Vec<String> {
    let Some(interface) = interface else { return vec![item.to_owned()] };
    let mut keys = vec![format!("{interface}#{item}")];
    if let Some((name, _)) = interface.split_once('@') {
        keys.push(format!("{name}#{item}"));
    }
    keys
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
            "a:b/c.d ",
            "a:b/c/d ",
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
