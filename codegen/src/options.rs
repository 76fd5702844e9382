//! The options of a generation: those of `wit_bindgen::generate!`, as data.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::Parser;

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
    /// The code to use for interfaces, `ns:package/interface@version`, and types, that and the name of the type, in the
    /// order of the text.
    pub with: Vec<(String, With)>,
    /// Whether interfaces of other packages are generated if [`Options::with`] does not mention them. Otherwise they are
    /// an error.
    pub generate_all: bool,
    /// The WIT names of functions that get no bindings.
    pub skip: Vec<String>,
    /// Traits that records, variants and enums derive in addition to the usual ones.
    pub additional_derives: Vec<TokenStream>,
    /// The WIT names of types that do not derive them.
    pub additional_derives_ignore: Vec<String>,
    /// Whether types that no function mentions are generated.
    pub generate_unused_types: bool,
    /// Whether there is an implementation `Stub` of all exports, of which each function panics.
    pub stubs: bool,
    /// The name of the macro that exports an implementation; `export` without it.
    pub export_macro_name: Option<String>,
    /// Whether that macro is public, for use in other crates.
    pub pub_export_macro: bool,
    /// The module of the bindings, unless a use of that macro names another. `None` for `self`.
    pub default_bindings_module: Option<TokenStream>,
    /// A prefix of the names of core exports.
    pub export_prefix: Option<String>,
    /// A suffix of the name of the `component-type` section.
    pub type_section_suffix: Option<String>,
    /// Whether the options come from a command line: then diagnostics spell them so, and the code does without the variables
    /// that Cargo gives the compiler.
    pub command_line: bool,
    /// Whether every user of the bindings links their `component-type` section, also if they are in a library.
    pub link_section: bool,
    /// Attributes of types, by `ns:package/interface/type`.
    pub type_attributes: Vec<(String, Vec<TokenStream>)>,
    /// Attributes of fields and cases, by `ns:package/interface/type.member`.
    pub member_attributes: Vec<(String, Vec<TokenStream>)>,
    /// Whether what a guest passes to imports borrows its strings and lists within records and variants too.
    pub ownership: Ownership,
    /// Whether strings of a guest are `&[u8]` and `Vec<u8>`, which nobody checks.
    pub raw_strings: bool,
    /// The type of WIT's `map`, with its keys and its values as parameters; `BTreeMap` without it.
    pub map_type: Option<TokenStream>,
    /// Imported methods without a result that give back `self`, or `&self` after a `&`: `all`,
    /// `ns:package/interface#resource`, `ns:package/interface#[method]resource.name`; after a `-` those that do not.
    pub chainable_methods: Vec<String>,
    /// Functions of a guest that are `async` in Rust, or after a `-` are not: `all`, `ns:package/interface#function`, after
    /// `import:` or `export:` in one direction. The first that matches decides; others are as their types are.
    pub async_functions: Vec<String>,
    /// Whether types of one structure are one type, and the others are other names for it.
    pub merge_structurally_equal_types: bool,
    /// Whether implementations of `Error` depend on the feature `std` of the crate with the bindings.
    pub std_feature: bool,
    /// How a host implements functions.
    pub imports: Functions,
    /// How a host calls functions.
    pub exports: Functions,
    /// Rust types that stand for types of WIT where a host's functions fail with them, by `ns:package/interface.type`.
    pub trappable_error_types: Vec<(String, TokenStream)>,
    /// Whether the state of a host's store must be `Send`.
    pub require_store_data_send: bool,
    /// Whether a host's traits are not implemented for exclusive references.
    pub skip_mut_forwarding_impls: bool,
}

/// What is said of functions, by their names, and of all others.
#[derive(Clone, Default, Debug)]
pub struct Functions {
    /// By `ns:package/interface.function`, or by the interface, the package or the namespace.
    pub rules: Vec<(String, FunctionFlags)>,
    /// Of every function.
    pub default: FunctionFlags,
}

/// How a host has a function.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct FunctionFlags {
    /// It gives a `Result`, whose error ends the guest as a trap does.
    pub trappable: bool,
    /// Its calls are told to the crate `tracing`.
    pub tracing: bool,
    /// It is a future, as functions of `async` type always are.
    pub async_: bool,
    /// The rule is for what has this very name, and not for what is in it.
    pub exact: bool,
}

impl FunctionFlags {
    /// What either says.
    pub(crate) fn or(self, other: FunctionFlags) -> FunctionFlags {
        FunctionFlags {
            trappable: self.trappable || other.trappable,
            tracing: self.tracing || other.tracing,
            async_: self.async_ || other.async_,
            ..self
        }
    }
}

/// Who has the strings and lists of the values that a guest passes to imports.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ownership {
    /// Records and variants have theirs; references to them are passed.
    Owning,
    /// Records and variants that functions take have references.
    Borrowing {
        /// Whether those that functions also give exist twice: `ThingParam`, which has references, and `ThingResult`.
        duplicate: bool,
    },
}

/// The code to use for an interface or a type.
#[derive(Clone, Debug)]
pub enum With {
    /// It is generated.
    Generate,
    /// An existing module or type, which this generator made.
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
            imports: Functions::default(),
            exports: Functions::default(),
            trappable_error_types: Vec::new(),
            require_store_data_send: false,
            skip_mut_forwarding_impls: false,
        }
    }
}

/// Reads a Rust path.
///
/// # Errors
/// What is wrong with the text.
pub fn path(text: &str) -> Result<TokenStream, String> {
    let path: syn::Path = syn::parse_str(text).map_err(|error| format!("`{text}` is not a Rust path: {error}"))?;
    Ok(quote!(#path))
}

/// Reads Rust attributes.
///
/// # Errors
/// What is wrong with the text.
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
        if !self.command_line {
            return format!("the option `{option}`");
        }
        match option {
            "additional_derives_ignore" => "`--derive-ignore`".to_owned(),
            "additional_type_attributes" => "`--type-attribute`".to_owned(),
            "additional_member_attributes" => "`--member-attribute`".to_owned(),
            option => format!("`--{}`", option.replace('_', "-")),
        }
    }

    /// The path of the runtime.
    pub(crate) fn runtime(&self) -> TokenStream {
        let crate_path = &self.crate_path;
        self.runtime_path.clone().unwrap_or_else(|| quote!(#crate_path::__rt))
    }
}
