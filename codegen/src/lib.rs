//! Turns a WIT world into Rust bindings for guests and hosts.
//!
//! Model and world → binding IR (`ir`) → tokens (`types`, `guest`, `host`). The macros, `witwright::build` and
//! `witwright bindgen` are front ends of this one function, [`generate`].

mod errors;
mod host;
mod ir;
mod modules;
mod options;
mod types;

use proc_macro2::TokenStream;
use witwright_front::Diagnostic;
use witwright_resolver::Model;
use witwright_resolver::model::WorldId;

pub use options::{Options, Target, With};

/// Generates the bindings of a world.
///
/// # Errors
/// Everything that hinders it: what is not supported yet, and options that match nothing.
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
        Target::Guest => TokenStream::new(),
        Target::Host => host::bindings(&bindings, options),
    })
}
