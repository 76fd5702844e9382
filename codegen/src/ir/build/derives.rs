//! Derived traits that need others: the compiler would say so in the bindings, for each type.

use witwright_front::Diagnostic;

use super::Build;
use crate::errors;
use crate::ir::{Def, DefKind, names};

/// Traits of the standard library, with those that a type needs for them. The bindings derive none of these by themselves for records
/// and variants, and all of them for enums.
const NEEDS: [(&str, &[&str]); 3] =
    [("Eq", &["PartialEq"]), ("PartialOrd", &["PartialEq"]), ("Ord", &["PartialEq", "Eq", "PartialOrd"])];

impl Build<'_> {
    /// The error for the first derived trait that needs another one. A type with attributes may have that by one of them.
    pub(super) fn unmet_derive(&self) -> Option<Diagnostic> {
        let derives = |def: &&Def| {
            def.printed && def.attributes.is_empty() && matches!(def.kind, DefKind::Record(_) | DefKind::Variant(_))
        };
        self.defs.iter().filter(derives).find_map(|def| {
            let asked: Vec<String> = def.derives.iter().map(names::last).collect();
            let has = |name: &str| asked.iter().any(|asked| asked == name);
            let (derive, missing) = NEEDS.iter().find_map(|(derive, needs)| {
                let missing: Vec<&str> = needs.iter().copied().filter(|name| !has(name)).collect();
                (has(derive) && !missing.is_empty()).then_some((derive, missing))
            })?;
            Some(errors::derive_needs(&self.options.named("additional_derives"), derive, &missing, &def.wit_name))
        })
    }
}
