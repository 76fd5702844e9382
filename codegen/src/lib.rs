//! Turns a WIT world into Rust bindings for guests and hosts.
//!
//! Model and world → binding IR (`ir`) → tokens (`types`, `guest`, `host`). The macros, `witwright::build` and
//! `witwright bindgen` are front ends of this one function, [`generate`].

mod errors;
mod guest;
mod host;
mod ir;
mod known;
mod modules;
mod options;
mod places;
mod request;
mod tables;
mod types;

use proc_macro2::TokenStream;
use witwright_front::Diagnostic;
use witwright_resolver::Model;
use witwright_resolver::binary::{EncodingOptions, encode_world};
use witwright_resolver::model::WorldId;

pub use known::{KNOWN, Keyed, KnownOption, OptionScope, Setter};
pub use options::{
    FunctionFlags, FunctionRules, Options, Ownership, Target, With, attribute, flag, identifier, path, type_or_module,
};
pub use places::INLINE;
pub use request::{Request, Response};
pub use tables::{TableOptions, tables};
pub use types::derive;
pub use witwright_front::LanguageFeature;

/// Generates the bindings of a world.
///
/// # Errors
/// Constructs that are not supported yet, and options that match nothing.
pub fn generate(
    model: &Model,
    world: WorldId,
    target: Target,
    options: &Options,
) -> Result<TokenStream, Vec<Diagnostic>> {
    let (bindings, errors) = ir::build(model, world, target, options);
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(match target {
        Target::Guest => guest::bindings(&bindings, &encode(model, world, options), options),
        Target::Host => host::bindings(&bindings, options),
    })
}

/// The generated code, formatted, as the text of a file.
///
/// # Panics
/// If the code is not valid Rust. The code of [`generate`] is.
#[cfg(feature = "format")]
#[must_use]
pub fn format(bindings: TokenStream) -> String {
    let file = syn::parse2(bindings).unwrap_or_else(|error| unreachable!("the generator writes valid Rust: {error}"));
    prettyplease::unparse(&file)
}

/// The payloads of the `component-type` sections of a world.
fn encode(model: &Model, world: WorldId, options: &Options) -> guest::ComponentTypes {
    let encode = |model: &Model| encode_world(model, world, EncodingOptions::default());
    let mut imports = Vec::new();
    if options.pub_export_macro {
        let mut model = model.clone();
        model.worlds[world].exports.clear();
        model.worlds[world].name.push_str("-imports");
        imports = encode(&model);
    }
    guest::ComponentTypes { world: encode(model), imports }
}
