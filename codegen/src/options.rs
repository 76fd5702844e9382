//! The options of a generation: those of `wit_bindgen::generate!`, as data.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::parse::Parser;
use witwright_front::similar::closest;

use crate::errors::OptionName;

/// The side that uses bindings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    /// A component: imports are called, exports are implemented.
    Guest,
    /// A host: imports are implemented, exports are called.
    Host,
}

/// Options of a generation.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    /// The path of the crate `witwright` in the generated code.
    pub crate_path: TokenStream,
    /// The path of the runtime. `None` for the module `__rt` of that crate.
    pub runtime_path: Option<TokenStream>,
    /// The code to use for interfaces, `ns:package/interface@version`, and types, `ns:package/interface@version/type`, in the
    /// order of the text.
    pub with: Vec<(String, With)>,
    /// Whether interfaces of other packages are generated if [`Options::with`] does not mention them. Otherwise they are
    /// an error.
    pub generate_all: bool,
    /// The keys or names of functions that get no bindings.
    pub skip: Vec<String>,
    /// Traits that records, variants and enums derive in addition to the usual ones.
    pub additional_derives: Vec<TokenStream>,
    /// The keys or names of types that do not derive them.
    pub additional_derives_ignore: Vec<String>,
    /// Whether types that no function mentions are generated.
    pub generate_unused_types: bool,
    /// Whether a type `Stub` is generated that implements all exports by functions that panic.
    pub stubs: bool,
    /// The name of the macro that exports an implementation; `export` without it.
    pub export_macro_name: Option<Ident>,
    /// Whether that macro is public, for use in other crates.
    pub pub_export_macro: bool,
    /// The module of the bindings, unless a use of that macro names another. `None` for `self`.
    pub default_bindings_module: Option<TokenStream>,
    /// A prefix of the names of core exports.
    pub export_prefix: Option<String>,
    /// A suffix of the name of the `component-type` section.
    pub type_section_suffix: Option<String>,
    /// Whether the options come from a command line: then diagnostics spell them so, and the code does not read the variables
    /// that Cargo sets for the compiler.
    pub command_line: bool,
    /// Whether every program that uses the bindings has their `component-type` section, also if they are in a library.
    pub link_section: bool,
    /// Attributes of types, by `ns:package/interface/type` or `type`.
    pub type_attributes: Vec<(String, Vec<TokenStream>)>,
    /// Attributes of fields and cases, by `ns:package/interface/type.member` or `type.member`.
    pub member_attributes: Vec<(String, Vec<TokenStream>)>,
    /// Whether records and variants that a guest passes to imports own their strings and lists.
    pub ownership: Ownership,
    /// Whether strings of a guest are `&[u8]` and `Vec<u8>`, not checked for UTF-8.
    pub raw_strings: bool,
    /// The type of WIT's `map`, with its keys and its values as parameters; `BTreeMap` without it.
    pub map_type: Option<TokenStream>,
    /// Imported methods without a result that return `self`, or `&self` after a `&`: `all`,
    /// `ns:package/interface#resource`, `ns:package/interface#[method]resource.name`; after a `-`, methods that do not.
    pub chainable_methods: Vec<String>,
    /// Functions of a guest that are `async` in Rust, or after a `-` are not: `all`, or `ns:package/interface#function`, after
    /// `import:` or `export:` in one direction only. The first match decides; other functions are `async` if their types are.
    pub async_functions: Vec<String>,
    /// Whether types of one structure become one type and aliases of it.
    pub merge_structurally_equal_types: bool,
    /// Whether implementations of `Error` depend on the feature `std` of the crate with the bindings.
    pub std_feature: bool,
    /// Rules for the functions that a host implements.
    pub imports: FunctionRules,
    /// Rules for the functions that a host calls.
    pub exports: FunctionRules,
    /// Rust types with which a host's functions fail in place of a type of WIT, by `ns:package/interface.type`.
    pub trappable_error_types: Vec<(String, TokenStream)>,
    /// Whether the state of a host's store must be `Send`.
    pub require_store_data_send: bool,
    /// Whether a host's traits are not implemented for exclusive references.
    pub skip_mut_forwarding_impls: bool,
}

/// The rules of an option for functions.
#[derive(Clone, Default, Debug)]
pub struct FunctionRules {
    /// By `ns:package/interface.function`, or by the interface, the package or the namespace.
    pub rules: Vec<(String, FunctionFlags)>,
    /// For functions without a rule.
    pub default: FunctionFlags,
}

/// The form of a function in the bindings of a host.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct FunctionFlags {
    /// Whether it returns a `Result`, whose error ends the guest as a trap does.
    pub trappable: bool,
    /// Whether its calls are reported to the crate `tracing`.
    pub tracing: bool,
    /// Whether it is a future, as a function of `async` type always is.
    pub async_: bool,
    /// Whether the rule applies to the item of its name alone, and not to the items in it.
    pub exact: bool,
}

impl FunctionFlags {
    /// Sets a flag by its name.
    ///
    /// # Errors
    /// A message, if there is no flag of this name.
    pub fn set(&mut self, name: &str) -> Result<(), String> {
        match name {
            "async" | "store" => self.async_ = true,
            "trappable" => self.trappable = true,
            "tracing" | "verbose_tracing" => self.tracing = true,
            "exact" => self.exact = true,
            _ => {
                let meant = closest(name, ["async", "store", "trappable", "tracing", "exact"]);
                let meant = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
                return Err(format!(
                    "there is no flag `{name}`{meant}\nthe flags are `async` (also called `store`), `trappable`, `tracing` and `exact`"
                ));
            }
        }
        Ok(())
    }
}

/// Whether records and variants that a guest passes to imports own their strings and lists.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ownership {
    /// They own them, and are passed by reference.
    Owning,
    /// Those that functions take have references to them.
    Borrowing {
        /// Whether a type that functions take and return exists twice: `ThingParam`, with references, and `ThingResult`.
        duplicate: bool,
    },
}

/// The code to use for an interface or a type.
#[derive(Clone, Debug)]
pub enum With {
    /// New code.
    Generate,
    /// An existing module of this generator's, by its path, or a type.
    Path(TokenStream),
}

impl Default for Options {
    fn default() -> Options {
        Options {
            crate_path: quote!(::witwright),
            runtime_path: None,
            with: Vec::new(),
            generate_all: false,
            skip: Vec::new(),
            additional_derives: Vec::new(),
            additional_derives_ignore: Vec::new(),
            generate_unused_types: false,
            stubs: false,
            export_macro_name: None,
            pub_export_macro: false,
            default_bindings_module: None,
            export_prefix: None,
            type_section_suffix: None,
            command_line: false,
            link_section: true,
            type_attributes: Vec::new(),
            member_attributes: Vec::new(),
            ownership: Ownership::Owning,
            raw_strings: false,
            map_type: None,
            chainable_methods: Vec::new(),
            async_functions: Vec::new(),
            merge_structurally_equal_types: false,
            std_feature: false,
            imports: FunctionRules::default(),
            exports: FunctionRules::default(),
            trappable_error_types: Vec::new(),
            require_store_data_send: false,
            skip_mut_forwarding_impls: false,
        }
    }
}

/// The flag of an option on the command line, without `--`.
#[must_use]
pub fn flag(option: &str) -> String {
    match option {
        "additional_derives" => "derive".to_owned(),
        "additional_derives_ignore" => "derive-ignore".to_owned(),
        "additional_type_attributes" => "type-attribute".to_owned(),
        "additional_member_attributes" => "member-attribute".to_owned(),
        "target_versions" => "target-version".to_owned(),
        option => option.replace('_', "-"),
    }
}

/// Reads a Rust path without arguments.
///
/// # Errors
/// A message, if the text is not a path.
pub fn path(text: &str) -> Result<TokenStream, String> {
    let path = syn::Path::parse_mod_style.parse_str(text);
    path.map(|path| quote!(#path)).map_err(|error| format!("`{text}` is not a Rust path: {error}"))
}

/// Reads a Rust identifier.
///
/// # Errors
/// A message, if the text is none, or one that is a keyword.
pub fn identifier(text: &str) -> Result<Ident, String> {
    let name = syn::parse_str::<Ident>(text).ok().filter(|_| !text.starts_with("r#"));
    name.ok_or_else(|| format!("`{text}` is not a Rust identifier: write a name such as `export_all`"))
}

/// Reads a Rust type, or the path of a module.
///
/// # Errors
/// A message, if the text is neither.
pub fn type_or_module(text: &str) -> Result<TokenStream, String> {
    let ty: syn::Type = syn::parse_str(text).map_err(|error| format!("`{text}` is not a Rust type: {error}"))?;
    Ok(quote!(#ty))
}

/// Reads Rust attributes.
///
/// # Errors
/// A message, if the text is not a list of attributes.
pub fn attribute(text: &str) -> Result<Vec<TokenStream>, String> {
    let wrong = |error| format!("`{text}` is not a Rust attribute: {error}");
    let attributes = syn::Attribute::parse_outer.parse_str(text).map_err(wrong)?;
    Ok(attributes.iter().map(|attribute| quote!(#attribute)).collect())
}

impl Options {
    /// Generates the interfaces of other packages that [`Options::with`] does not mention.
    #[must_use]
    pub fn with_generate_all(mut self) -> Options {
        self.generate_all = true;
        self
    }

    /// An option as the user spells it: `skip` is `--skip` on the command line.
    pub(crate) fn spelled(&self, option: &str) -> String {
        if self.command_line { format!("`--{}`", flag(option)) } else { format!("the option `{option}`") }
    }

    /// An option with keys, for errors.
    pub(crate) fn named(&self, name: &'static str) -> OptionName {
        OptionName { name, spelled: self.spelled(name) }
    }

    /// The name of the macro that exports an implementation.
    #[must_use]
    pub fn export_macro(&self) -> Ident {
        self.export_macro_name.clone().unwrap_or_else(|| format_ident!("export"))
    }
}
