//! The union of two worlds, as `include` without new names makes it (`WIT.md#union-of-worlds-with-include`).

use super::copy::Copier;
use crate::model::{Gate, Model, TypeOwner, WorldId, WorldItem, WorldKey};
use crate::worlds::TurnError;

impl Model {
    /// Adds the imports and exports of another world. An interface that both have is added once; it keeps its gate only
    /// if both have the same.
    ///
    /// # Errors
    /// If both have an import or an export of one plain name, or if an interface would be needed both as an import and
    /// as an export. The Model is then unchanged.
    pub fn unite(&mut self, world: WorldId, other: WorldId) -> Result<(), TurnError> {
        let mut united = self.clone();
        let (mine, theirs) = (&self.worlds[world], &self.worlds[other]);
        let mut copier = Copier::new(TypeOwner::World(other), TypeOwner::World(world), None);
        let mut side = |mine: &[WorldItem], theirs: &[WorldItem]| {
            let mut items = mine.to_vec();
            for item in theirs {
                match (items.iter_mut().find(|mine| mine.key == item.key), &item.key) {
                    (None, WorldKey::Interface(_)) => items.push(item.clone()),
                    (None, WorldKey::Name(_)) => {
                        let copy = copier.item(&mut united, item, self.worlds[world].package);
                        items.push(copy);
                    }
                    (Some(mine), WorldKey::Interface(_)) => {
                        mine.stated |= item.stated;
                        if mine.gate != item.gate {
                            mine.gate = Gate::default();
                        }
                    }
                    (Some(_), WorldKey::Name(name)) => return Err(TurnError::NameTaken(name.clone())),
                }
            }
            Ok(items)
        };
        let imports = side(&mine.imports, &theirs.imports)?;
        let exports = side(&mine.exports, &theirs.exports)?;
        united.turn(world, imports, exports)?;
        *self = united;
        Ok(())
    }
}
