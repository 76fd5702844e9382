//! The options of a generation: those of `wit_bindgen::generate!`, as data.

use proc_macro2::TokenStream;
use quote::quote;

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
    /// Whether every user of the bindings links their `component-type` section, also if they are in a library.
    pub link_section: bool,
    /// Whether functions that a host implements may fail: they give a `Result`, whose error ends the guest as a trap does.
    pub trappable_imports: bool,
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
            link_section: true,
            trappable_imports: false,
        }
    }
}

impl Options {
    /// Generates the interfaces of other packages that [`Options::with`] does not mention.
    #[must_use]
    pub fn with_generate_all(mut self) -> Options {
        self.generate_all = true;
        self
    }

    /// The path of the runtime.
    pub(crate) fn runtime(&self) -> TokenStream {
        let crate_path = &self.crate_path;
        self.runtime_path.clone().unwrap_or_else(|| quote!(#crate_path::__rt))
    }
}
