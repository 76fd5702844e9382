//! The name that the crate `witwright` has as a dependency.
//!
//! Attributes and derives have no `$crate`. The compiler in whose process they run is called with the names of all dependencies:
//! `--extern NAME=PATH/libwitwright-HASH.rlib`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// `::witwright`, or the name that a dependency on it has.
pub(crate) fn path() -> TokenStream {
    let name = name(std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()));
    let name = name.and_then(|name| syn::parse_str::<Ident>(&name).ok());
    let name = name.unwrap_or_else(|| Ident::new("witwright", Span::call_site()));
    quote!(::#name)
}

/// The first name of the library among the arguments of the compiler. `None` if it has its own name.
fn name(arguments: impl Iterator<Item = String>) -> Option<String> {
    let mut follows = false;
    let externs = arguments.filter_map(|argument| {
        let is_value = core::mem::replace(&mut follows, argument == "--extern");
        if is_value { Some(argument) } else { argument.strip_prefix("--extern=").map(str::to_owned) }
    });
    let names = externs.filter_map(|given| {
        let (name, path) = given.split_once('=')?;
        let file = path.rsplit(['/', '\\']).next()?;
        let library = file.strip_prefix("lib")?.split(['-', '.']).next()?;
        // Modifiers are before the name, `priv:name`.
        let name = name.rsplit(':').next()?;
        (library == "witwright").then(|| name.to_owned())
    });
    let names: Vec<String> = names.collect();
    let is_own = names.iter().any(|name| name == "witwright");
    names.into_iter().next().filter(|_| !is_own)
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn the_compiler_knows_the_name() {
        let name = |arguments: &str| name(arguments.split(' ').map(str::to_owned));
        let renamed = "rustc --extern serde=/a/libserde-1.rmeta --extern wit_bindgen=/a/libwitwright-0f.rmeta";
        assert_eq!(name(renamed), Some("wit_bindgen".to_owned()));
        assert_eq!(name("rustc --extern=priv,noprelude:wit=C:\\a\\libwitwright.rlib"), Some("wit".to_owned()));
        assert_eq!(name("rustc --extern witwright=/a/libwitwright-0f.rlib"), None);
        let both = "rustc --extern old=/a/libwitwright-1.rlib --extern witwright=/a/libwitwright-2.rlib";
        assert_eq!(name(both), None);
        assert_eq!(name("rustc --extern host=/a/libwitwright_host-0f.rlib --extern"), None);
        assert_eq!(name("rust-analyzer-proc-macro-srv"), None);
    }
}
