//! Reversed worlds: exports become imports, or imports exports.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::mem;

use witwright_front::Diagnostic;

use super::elaborate;
use crate::model::{Model, WorldId, WorldItem, WorldItemKind};

/// The reason why a world cannot be reversed, or united with another.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum TurnError {
    /// Two items would have one plain name.
    NameTaken(String),
    /// The world would need an interface both as an import and as an export.
    Unsatisfiable(Vec<Diagnostic>),
}

impl Model {
    /// Makes a world's exports its imports: the world of the users of its components. The former imports are removed,
    /// except types and interfaces that the new imports need.
    ///
    /// # Errors
    /// If an export has the plain name of a type. The Model is then unchanged.
    pub fn importize(&mut self, world: WorldId) -> Result<(), TurnError> {
        let is_type = |item: &&WorldItem| matches!(item.kind, WorldItemKind::Type(_));
        let World { imports, exports } = World::of(self, world);
        let mut imports: Vec<WorldItem> = imports.iter().filter(is_type).cloned().collect();
        for export in exports {
            if imports.iter().any(|item| item.key == export.key) {
                return Err(TurnError::NameTaken(self.key_name(&export.key)));
            }
            imports.push(WorldItem { stated: true, ..export });
        }
        self.turn(world, imports, Vec::new())
    }

    /// Makes a world's imports its exports: the world of their implementations. The former exports are removed;
    /// types of the world stay imports.
    ///
    /// # Errors
    /// If an interface would be needed both as an import and as an export. The Model is then unchanged.
    pub fn exportize(&mut self, world: WorldId) -> Result<(), TurnError> {
        let World { imports, .. } = World::of(self, world);
        let is_type = |item: &WorldItem| matches!(item.kind, WorldItemKind::Type(_));
        let (types, items): (Vec<WorldItem>, Vec<WorldItem>) = imports.into_iter().partition(is_type);
        let exports = items.into_iter().map(|item| WorldItem { stated: true, ..item }).collect();
        self.turn(world, types, exports)
    }

    pub(super) fn turn(
        &mut self,
        world: WorldId,
        imports: Vec<WorldItem>,
        exports: Vec<WorldItem>,
    ) -> Result<(), TurnError> {
        let before = World {
            imports: mem::replace(&mut self.worlds[world].imports, imports),
            exports: mem::replace(&mut self.worlds[world].exports, exports),
        };
        let mut diagnostics = Vec::new();
        elaborate(self, world, &mut diagnostics);
        if diagnostics.is_empty() {
            return Ok(());
        }
        self.worlds[world].imports = before.imports;
        self.worlds[world].exports = before.exports;
        Err(TurnError::Unsatisfiable(diagnostics))
    }
}

/// The imports and exports of a world.
struct World {
    imports: Vec<WorldItem>,
    exports: Vec<WorldItem>,
}

impl World {
    fn of(model: &Model, world: WorldId) -> World {
        let world = &model.worlds[world];
        World { imports: world.imports.clone(), exports: world.exports.clone() }
    }
}

impl fmt::Display for TurnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TurnError::NameTaken(name) => write!(f, "two items of the world would have the plain name `{name}`"),
            TurnError::Unsatisfiable(diagnostics) => {
                let messages: Vec<&str> = diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
                f.write_str(&messages.join("; "))
            }
        }
    }
}

impl core::error::Error for TurnError {}
