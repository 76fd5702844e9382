//! Layouts of a function's values.

use witwright_abi_runtime::flatten::FuncAbi;
use witwright_abi_runtime::layout::TypeAbi;
use witwright_resolver::model::Func;

use super::Build;

impl Build<'_> {
    /// The layouts of a function's parameters and result.
    pub(super) fn func_abi(&self, func: &Func) -> FuncAbi {
        let abi = |ty| self.layouts.of(ty);
        FuncAbi {
            params: TypeAbi::record(func.params.iter().map(|param| abi(param.ty.ty)), |_| ()),
            result: func.result.map_or(TypeAbi::UNIT, |result| abi(result.ty)),
        }
    }
}
