//! The world of the component as tables, compiled ahead of time: looked at, and written as WIT again.

use core::fmt::{self, Write};

use no_std_bare::say;
use witwright_abi_runtime::layout::TypeAbi;
use witwright_abi_runtime::world::{FuncDesc, ItemKind, TypeDesc};

mod tables {
    include!(concat!(env!("OUT_DIR"), "/meter_tables.rs"));
}

const METER: &str = include_str!("../../meter/data/meter.wit");

/// A text of which a beginning has been written.
struct Expected(&'static str);

impl Write for Expected {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        self.0 = self.0.strip_prefix(part).ok_or(fmt::Error)?;
        Ok(())
    }
}

/// The description of the export `sum`.
pub(crate) fn sum() -> Option<&'static FuncDesc> {
    match tables::METER.export("sum")?.kind {
        ItemKind::Func(func) => Some(&func.desc),
        ItemKind::Interface(_) => None,
    }
}

pub(crate) fn check() -> bool {
    for item in tables::METER.imports.iter().chain(tables::METER.exports) {
        let ItemKind::Func(func) = item.kind else { continue };
        let stream = func.desc.params.iter().filter(|param| matches!(param.ty, TypeDesc::Stream(_))).count();
        say!("tables: `{}` has {} parameters, {stream} of them a stream", item.name, func.desc.params.len());
        if let Some(ty) = func.desc.result {
            say!("tables: its result has {} bytes", TypeAbi::of(ty).size);
        }
    }
    let mut expected = Expected(METER);
    let is_same = write!(expected, "{}", tables::METER).is_ok() && expected.0.is_empty();
    if !is_same {
        say!("tables: the text differs from meter.wit, where this is left:\n{}", expected.0);
    }
    is_same
}
