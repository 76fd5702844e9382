//! The exports of a component, by name.

use alloc::string::String;

use crate::component::plan::{ExportItem, FuncDef, Plan};
use crate::mismatch::{Problem, Sort};
use crate::names::{find, nearest};
use crate::types::FuncTypeId;

impl Plan {
    /// An export. An interface is found by name, or by a compatible version of it.
    ///
    /// # Errors
    /// When there is none.
    pub(crate) fn export(&self, interface: Option<&str>, name: &str) -> Result<&ExportItem, Problem> {
        let items = match interface {
            None => self.exports.as_slice(),
            Some(interface) => self.exported_instance(interface)?,
        };
        match items.iter().find(|(item, _)| item == name) {
            Some((_, item)) => Ok(item),
            None => {
                let nearest = nearest(items.iter().map(|(name, _)| name.as_str()), name);
                Err(Problem::Missing { sort: Sort::Func, nearest })
            }
        }
    }

    /// The items of an exported instance, as [`Plan::export`] finds it.
    ///
    /// # Errors
    /// When there is none, or the export of this name is of another sort.
    pub(crate) fn exported_instance(&self, interface: &str) -> Result<&[(String, ExportItem)], Problem> {
        instance_items(&self.exports, interface)
    }

    /// An exported function.
    ///
    /// # Errors
    /// When there is none, or the export of this name is of another sort.
    pub(crate) fn exported_func(&self, interface: Option<&str>, name: &str) -> Result<(FuncDef, FuncTypeId), Problem> {
        let item = self.export(interface, name)?;
        let ExportItem::Func(def, ty) = item else {
            return Err(Problem::Sort { expected: Sort::Func, found: item.sort() });
        };
        Ok((*def, *ty))
    }
}

impl ExportItem {
    pub(crate) fn sort(&self) -> Sort {
        match self {
            ExportItem::Func(..) => Sort::Func,
            ExportItem::Instance(_) => Sort::Instance,
            ExportItem::Resource(_) => Sort::Resource,
            ExportItem::Module(_) => Sort::Module,
            ExportItem::Component => Sort::Component,
            ExportItem::Type(_) | ExportItem::Other => Sort::Type,
        }
    }
}

/// The items of an exported instance. The name of an instance within an instance is that of both, `outer/inner`.
fn instance_items<'a>(
    items: &'a [(String, ExportItem)],
    interface: &str,
) -> Result<&'a [(String, ExportItem)], Problem> {
    match find(items.iter().map(|(name, item)| (name.as_str(), item)), interface) {
        Some(ExportItem::Instance(items)) => Ok(items),
        Some(item) => Err(Problem::Sort { expected: Sort::Instance, found: item.sort() }),
        None => {
            for (end, _) in interface.match_indices('/') {
                let (outer, inner) = (&interface[..end], &interface[end + 1..]);
                if let Some(ExportItem::Instance(items)) =
                    items.iter().find(|(name, _)| name == outer).map(|found| &found.1)
                    && let Ok(items) = instance_items(items, inner)
                {
                    return Ok(items);
                }
            }
            let nearest = nearest(items.iter().map(|(name, _)| name.as_str()), interface);
            Err(Problem::Missing { sort: Sort::Instance, nearest })
        }
    }
}
