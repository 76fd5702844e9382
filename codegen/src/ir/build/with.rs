//! The options that name parts of the world: the parts that they select.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::parse::Parser as _;
use witwright_front::Span;
use witwright_resolver::model::InterfaceId;

use super::Build;
use super::keys::{Filter, Key, Signs, item_keys, keys};
use crate::errors;
use crate::ir::{Chaining, Direction, ModuleId, TypedError, names};
use crate::options::{FunctionFlags, With};

impl<'a> Build<'a> {
    /// The name under which the root imports the module that replaces an imported interface. `None` if none does.
    pub(super) fn remapped_interface(&mut self, name: &str, id: InterfaceId, span: Option<Span>) -> Option<Ident> {
        match self.with(keys(name, None)) {
            Some((With::Path(path), rest)) => return Some(self.remap(path, &rest)),
            Some((With::Generate, _)) => return None,
            None => {}
        }
        let local = self.model.interfaces[id].package == self.world.package;
        if !local && !self.options.generate_all {
            self.errors.push(errors::missing_with(name, span, self.options.command_line));
        }
        None
    }

    /// Lets the option `with` name an exported interface, as the macros of `wit_bindgen` and wasmtime do. Its bindings are always
    /// generated.
    pub(super) fn accept_with(&mut self, name: &str) {
        let _ = self.with(keys(name, None));
    }

    /// The name under which the root imports the type that stands for an imported type, if one does.
    pub(super) fn remapped_type(&mut self, module: ModuleId, name: &str) -> Option<Ident> {
        let interface = self.modules[module.0].extern_name.as_deref();
        let keys = self.keys_of(interface, name);
        match self.with(keys.into_iter().map(Key::of_item).collect())? {
            (With::Path(path), _) => Some(self.remap(path, &[])),
            (With::Generate, _) => None,
        }
    }

    /// The attributes that an option gives a type, or a member of it.
    pub(super) fn attributes(
        &mut self,
        option: &'a [(String, Vec<TokenStream>)],
        module: ModuleId,
        name: &str,
        member: Option<&str>,
    ) -> Vec<TokenStream> {
        if option.is_empty() {
            return Vec::new();
        }
        let mut keys = self.keys_and_name_of(self.modules[module.0].extern_name.as_deref(), name);
        if let Some(member) = member {
            keys.iter_mut().for_each(|key| *key = format!("{key}.{member}"));
        }
        let given = option.iter().filter(|(candidate, _)| keys.contains(candidate));
        let (keys, attributes): (Vec<_>, Vec<_>) = given.map(|(key, given)| (key.as_str(), given)).unzip();
        let name = if member.is_some() { "additional_member_attributes" } else { "additional_type_attributes" };
        self.used.extend(keys.into_iter().map(|key| (name, key)));
        attributes.into_iter().flatten().cloned().collect()
    }

    /// The keys that name one type or function: those of its interface, or of the world, with its name. In the world, its name alone
    /// is one too.
    pub(super) fn keys_of(&self, interface: Option<&str>, name: &str) -> Vec<String> {
        if let Some(interface) = interface {
            return item_keys(interface, name);
        }
        let full = self.model.packages[self.world.package].name.qualify(&self.world.name);
        [vec![name.to_owned()], item_keys(&full, name), item_keys(&self.world.name, name)].concat()
    }

    /// [`Build::keys_of`], and the keys of its interface, its package and its namespace.
    pub(super) fn keys_around(&self, interface: Option<&str>, name: &str) -> Vec<Key> {
        match interface {
            Some(interface) => keys(interface, Some(name)),
            None => self.keys_of(None, name).into_iter().map(Key::of_item).collect(),
        }
    }

    /// [`Build::keys_of`], for options that may name all items of one name.
    pub(super) fn keys_and_name_of(&self, interface: Option<&str>, name: &str) -> Vec<String> {
        let mut keys = self.keys_of(interface, name);
        keys.extend(interface.map(|_| name.to_owned()));
        keys
    }

    /// Whether options leave a type out of the traits that others derive.
    pub(super) fn ignores(&mut self, module: ModuleId, name: &str) -> bool {
        let interface = self.modules[module.0].extern_name.clone();
        self.selects("additional_derives_ignore", &self.options.additional_derives_ignore, interface.as_deref(), name)
    }

    /// Whether a key of an option names this part.
    fn selects(&mut self, option: &'static str, given: &'a [String], interface: Option<&str>, name: &str) -> bool {
        if given.is_empty() {
            return false;
        }
        let keys = self.keys_and_name_of(interface, name);
        let mut selected = given.iter().filter(|key| keys.contains(key)).map(|key| (option, key.as_str())).peekable();
        let any = selected.peek().is_some();
        self.used.extend(selected);
        any
    }

    /// The name under which the root has a module or a type from elsewhere. Relative paths are relative to the root.
    fn remap(&mut self, path: &TokenStream, rest: &[String]) -> Ident {
        let world = names::id_text(&self.model.packages[self.world.package].name.qualify(&self.world.name));
        let span = names::end(path);
        let located = |mut name: Ident| {
            name.set_span(span);
            name
        };
        let rest = rest.iter().map(|name| located(names::snake(name)));
        let alias = located(names::ident(&format!("__with_name{}_{world}", self.remapped.len())));
        self.remapped.push(match syn::Path::parse_mod_style.parse2(path.clone()) {
            // In braces, since the compiler's help would put the alias into the option otherwise.
            Ok(path) => quote_spanned!(span=>
                #[allow(unused_imports, unused_import_braces)]
                use {#path #(::#rest)* as #alias};
            ),
            // A type with arguments, or one that has no path.
            Err(_) => quote!(
                #[allow(dead_code, non_camel_case_types)]
                type #alias = #path;
            ),
        });
        alias
    }

    /// Whether the options leave a function out.
    pub(super) fn skips(&mut self, interface: Option<&str>, extern_name: &str) -> bool {
        self.selects("skip", &self.options.skip, interface, extern_name)
    }

    /// The way in which a method without a result returns `self`.
    pub(super) fn chaining(&mut self, interface: Option<&str>, method: &str) -> Option<Chaining> {
        if self.options.chainable_methods.is_empty() {
            return None;
        }
        let resource = method.trim_start_matches("[method]").split('.').next().unwrap_or_default();
        let keys = [method, resource].map(|item| self.keys_of(interface, item)).concat();
        let given = &self.options.chainable_methods;
        let (text, filter) = first_match(given, Signs::Borrowing, Direction::Import, &keys)?;
        self.used.insert(("chainable_methods", text));
        match filter {
            Filter { excludes: true, .. } => None,
            Filter { borrows: true, .. } => Some(Chaining::Borrowing),
            Filter { borrows: false, .. } => Some(Chaining::Owning),
        }
    }

    /// Whether a function is `async` in Rust: as its type is, unless an option says otherwise.
    pub(super) fn is_async(
        &mut self,
        direction: Direction,
        interface: Option<&str>,
        name: &str,
        is_async: bool,
    ) -> bool {
        let given = &self.options.async_functions;
        if given.is_empty() {
            return is_async;
        }
        let keys = self.keys_of(interface, name);
        let Some((text, filter)) = first_match(given, Signs::Sides, direction, &keys) else { return is_async };
        self.used.insert(("async", text));
        !filter.excludes
    }

    /// The flags that an option gives a function.
    pub(super) fn flags(&mut self, direction: Direction, interface: Option<&str>, name: &str) -> FunctionFlags {
        let (option, rules) = match direction {
            Direction::Import => ("imports", &self.options.imports),
            Direction::Export => ("exports", &self.options.exports),
        };
        if rules.rules.is_empty() {
            return rules.default;
        }
        let keys = self.keys_around(interface, name);
        let rule = keys.iter().find_map(|key| {
            rules.rules.iter().find(|(rule, flags)| *rule == key.text && (key.rest.is_empty() || !flags.exact))
        });
        match rule {
            Some((key, flags)) => {
                self.used.insert((option, key));
                *flags
            }
            None => rules.default,
        }
    }

    /// Whether the destructor of an imported resource may wait: that is the function `[drop]r` of wasmtime's filters.
    pub(super) fn drop_waits(&mut self, module: ModuleId, resource: &str) -> bool {
        let interface = self.modules[module.0].extern_name.clone();
        self.flags(Direction::Import, interface.as_deref(), &drop_name(resource)).async_
    }

    /// The Rust type that stands for a type where functions fail with it.
    pub(super) fn typed_error(&mut self, module: ModuleId, name: &str) -> Option<TypedError> {
        let given = &self.options.trappable_error_types;
        if given.is_empty() {
            return None;
        }
        let keys = self.keys_of(self.modules[module.0].extern_name.as_deref(), name);
        let (key, path) = given.iter().find(|(key, _)| keys.contains(key))?;
        self.used.insert(("trappable_error_type", key));
        let convert = names::ident(&format!("convert_{}", names::snake_text(name)));
        Some(TypedError { ty: self.remap(path, &[]), convert })
    }

    fn with(&mut self, keys: Vec<Key>) -> Option<(&'a With, Vec<String>)> {
        keys.into_iter().find_map(|key| {
            let (candidate, with) = self.options.with.iter().find(|(candidate, _)| *candidate == key.text)?;
            self.used.insert(("with", candidate));
            Some((with, key.rest))
        })
    }
}

/// The name of a resource's destructor in filters of functions.
pub(super) fn drop_name(resource: &str) -> String {
    format!("[drop]{resource}")
}

/// The filter that decides about an item with these keys, as written and as read.
fn first_match<'a>(
    given: &'a [String],
    signs: Signs,
    side: Direction,
    keys: &[String],
) -> Option<(&'a str, Filter<'a>)> {
    let mut filters = given.iter().map(|text| (text.as_str(), Filter::read(text, signs)));
    filters.find(|(_, filter)| filter.names(side, keys))
}
