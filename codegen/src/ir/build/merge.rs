//! The option `merge_structurally_equal_types`: of types with one structure, all but the first become aliases of it.

use std::collections::BTreeMap;

use witwright_resolver::model::Type;

use super::Build;
use super::shapes::{Shape, Shapes};
use crate::ir::{DefId, DefKind, RustType};

impl Build<'_> {
    /// Makes an alias of each type that an earlier one equals.
    pub(super) fn merge_equal(&mut self) {
        if !self.options.merge_structurally_equal_types {
            return;
        }
        let mut shapes = Shapes::default();
        let mut first: BTreeMap<Shape, DefId> = BTreeMap::new();
        for (key, def) in self.by_declaration() {
            if !self.defs[def.0].printed || !self.is_new_type(key) {
                continue;
            }
            let earlier = *first.entry(shapes.of(self, key.0, Type::Id(key.1))).or_insert(def);
            if earlier != def {
                self.defs[def.0].is_error = false;
                self.defs[def.0].kind = DefKind::Alias(RustType::Def(earlier));
            }
        }
    }
}
