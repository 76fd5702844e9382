//! What a generation may be told: the options of `wit_bindgen::generate!`, as data.

use proc_macro2::TokenStream;
use quote::quote;

/// Which side bindings are for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    /// A component: imports are called, exports are implemented.
    Guest,
    /// A host: imports are implemented, exports are called.
    Host,
}

/// Options of a generation.
#[derive(Clone, Debug)]
pub struct Options {
    /// The path of the crate `witwright` as the generated code names it.
    pub crate_path: TokenStream,
    /// The path of the runtime, where it is not the module `__rt` of that crate.
    pub runtime_path: Option<TokenStream>,
    /// What stands for interfaces and types that are not generated: `ns:package/interface@version`, or that and the name
    /// of a type, in the order of the text.
    pub with: Vec<(String, With)>,
    /// Whether interfaces of other packages that [`Options::with`] does not mention are generated; without it, they are
    /// an error.
    pub generate_all: bool,
    /// Functions, by their WIT names, that get no bindings.
    pub skip: Vec<String>,
    /// Traits that records, variants and enums derive beside the usual ones.
    pub additional_derives: Vec<TokenStream>,
    /// Types, by their WIT names, that do not derive them.
    pub additional_derives_ignore: Vec<String>,
    /// Whether types that no function mentions are generated.
    pub generate_unused_types: bool,
    /// Whether there is an implementation `Stub` of all exports, of which each function panics.
    pub stubs: bool,
    /// The name of the macro that exports an implementation; `export` without it.
    pub export_macro_name: Option<String>,
    /// Whether that macro is public, for use in other crates.
    pub pub_export_macro: bool,
    /// Where that macro finds the bindings when it is not told; `self` without it.
    pub default_bindings_module: Option<TokenStream>,
    /// Put before the names of core exports.
    pub export_prefix: Option<String>,
    /// Put behind the name of the `component-type` section.
    pub type_section_suffix: Option<String>,
    /// Whether what uses the bindings of a library links its `component-type` section.
    pub link_section: bool,
    /// Whether functions that a host implements may fail: they give a `Result`, whose error ends the guest as a trap does.
    pub trappable_imports: bool,
}

/// What stands for an interface or a type.
#[derive(Clone, Debug)]
pub enum With {
    /// It is generated.
    Generate,
    /// A module or a type that is there already, made by this generator.
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
    /// The path of the runtime.
    pub(crate) fn runtime(&self) -> TokenStream {
        let crate_path = &self.crate_path;
        self.runtime_path.clone().unwrap_or_else(|| quote!(#crate_path::__rt))
    }
}
