//! The `component-type` section, in which the linker finds the world of a core module (wit-component's convention).
//!
//! The linker concatenates sections of one name, so each has a name of its own: crate, version, module, world. The
//! section of a library is linked only if another item of its object file is, so imports and exports each refer to a
//! function in the object file of the section.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::ComponentTypes;
use crate::ir::{Bindings, ident};
use crate::options::Options;
use crate::types::Scope;

/// The section of a world, and the function that other items refer to.
pub(super) fn of_world(bindings: &Bindings, encoded: &ComponentTypes, options: &Options) -> TokenStream {
    let (payload, what) = match options.pub_export_macro {
        true => (&encoded.imports, "imports"),
        false => (&encoded.world, "world"),
    };
    let section = section(bindings, payload, what, options);
    let link = link_name(bindings);
    quote! {
        #section
        /// Linking this links the section beside it.
        #[cfg(target_arch = "wasm32")]
        #[doc(hidden)]
        #[inline(never)]
        pub fn #link() {}
    }
}

/// The section of the whole world, where its exports are exported: another crate does it, or none.
pub(super) fn in_export_macro(bindings: &Bindings, encoded: &ComponentTypes, options: &Options) -> TokenStream {
    let section = section(bindings, &encoded.world, "exports", options);
    quote! {
        const _: () = {
            #section
        };
    }
}

/// Makes the object file of a module link the section.
pub(super) fn link(scope: Scope<'_>) -> TokenStream {
    let (root, link) = (scope.to_root(), link_name(scope.bindings));
    quote! {
        #[cfg(target_arch = "wasm32")]
        const _: () = {
            #[used]
            static LINK: fn() = #root #link;
        };
    }
}

/// The name of the function in the object file of the section.
fn link_name(bindings: &Bindings) -> Ident {
    ident(&format!("__link_component_type_{}", bindings.suffix))
}

fn section(bindings: &Bindings, payload: &[u8], what: &str, options: &Options) -> TokenStream {
    let suffix = options.type_section_suffix.as_deref().unwrap_or_default();
    let name = format!(":{}:{what}{suffix}", bindings.world_id);
    let crate_name =
        (!options.command_line).then(|| quote!(env!("CARGO_PKG_NAME"), "@", env!("CARGO_PKG_VERSION"), ":",));
    let constant = ident(&format!("__COMPONENT_TYPE_{}", bindings.suffix.to_ascii_uppercase()));
    let (len, bytes) = (Literal::usize_unsuffixed(payload.len()), Literal::byte_string(payload));
    quote! {
        #[cfg(target_arch = "wasm32")]
        #[doc(hidden)]
        #[unsafe(link_section = concat!("component-type:witwright:", #crate_name module_path!(), #name))]
        pub static #constant: [u8; #len] = *#bytes;
    }
}
