//! `E0208`: items in a place where they are not allowed.

use alloc::format;
use core::fmt;

use super::syntax::E0208;
use crate::diagnostic::Diagnostic;
use crate::span::Span;

/// A place for items.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    TopLevel,
    NestedPackage,
    Interface,
    World,
    Resource,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Place::TopLevel => "at the top level of a file",
            Place::NestedPackage => "in a nested package",
            Place::Interface => "in an interface",
            Place::World => "in a world",
            Place::Resource => "in a resource",
        })
    }
}

/// A sort of item.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum ItemSort {
    Package,
    Interface,
    World,
    Import,
    Export,
    Include,
    Type,
    Constructor,
    Function,
}

impl ItemSort {
    const fn with_article(self) -> &'static str {
        match self {
            ItemSort::Package => "a package",
            ItemSort::Interface => "an interface",
            ItemSort::World => "a world",
            ItemSort::Import => "an import",
            ItemSort::Export => "an export",
            ItemSort::Include => "an include",
            ItemSort::Type => "a type",
            ItemSort::Constructor => "a constructor",
            ItemSort::Function => "a function",
        }
    }
}

/// E0208: an item in a place that cannot have it.
pub(crate) fn misplaced_item(span: Span, item: ItemSort, place: Place) -> Diagnostic {
    let help = match (item, place) {
        (ItemSort::Function, Place::World) => "write `import name: func(…);` or `export name: func(…);`",
        (ItemSort::Function | ItemSort::Type, _) => "move it into an interface, as in `interface name { … }`",
        (ItemSort::Interface, Place::World) => {
            "write `import name: interface { … }`, or define the interface outside and import it by its name"
        }
        (ItemSort::Interface | ItemSort::World, _) => "move it to the top level of the file",
        (ItemSort::Import | ItemSort::Export | ItemSort::Include, _) => {
            "move it into a world; an interface takes types from others with `use`"
        }
        (ItemSort::Constructor, _) => "move it into a resource",
        (ItemSort::Package, _) => "move it to the top level of a file",
    };
    Diagnostic::error(E0208, format!("{} cannot be {place}", item.with_article()))
        .label(span, format!("not allowed {place}"))
        .help(help)
}
