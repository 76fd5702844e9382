//! Descriptions of functions, as static tables.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Lifetime, Scope};
use crate::ir::{Func, FuncKind, Output};

/// The description of a function, as an expression.
pub(crate) fn func_desc(scope: &Scope<'_>, func: &Func) -> TokenStream {
    let name = &func.extern_name;
    let params = func.params.iter().map(|param| {
        let (name, ty) = (&param.wit_name, scope.ty(&param.owned, Lifetime::Elided));
        quote!(_rt::FieldDesc { name: #name, ty: <#ty as _rt::ComponentType>::DESC })
    });
    let result = match output(scope, func) {
        Some(ty) => quote!(Some(<#ty as _rt::ComponentType>::DESC)),
        None => quote!(None),
    };
    let async_ = func.async_;
    quote!(_rt::FuncDesc { name: #name, async_: #async_, params: &[#(#params),*], result: #result })
}

/// The shape by which the result of a function is lifted and lowered. `None` if its type has the runtime's traits.
pub(crate) fn output_shape(scope: &Scope<'_>, func: &Func) -> Option<TokenStream> {
    match &func.result {
        Output::Unit | Output::This | Output::FallibleThis(None) => None,
        Output::Value(ty) => scope.shape(ty, Lifetime::Elided),
        Output::FallibleThis(Some(err)) => {
            let err = scope.shape(err, Lifetime::Elided)?;
            Some(quote!(::core::result::Result<_rt::Same, #err>))
        }
    }
}

/// The result of a function in its description.
pub(crate) fn output(scope: &Scope<'_>, func: &Func) -> Option<TokenStream> {
    let this = || match func.kind {
        FuncKind::Constructor(id) => scope.own(id),
        FuncKind::Free | FuncKind::Method(_) | FuncKind::Static(_) => unreachable!("a constructor makes this"),
    };
    match &func.result {
        Output::Unit => None,
        Output::Value(ty) => Some(scope.ty(ty, Lifetime::Elided)),
        Output::This => Some(this()),
        Output::FallibleThis(err) => {
            let (this, err) = (this(), scope.or_unit(err.as_ref(), Lifetime::Elided));
            Some(quote!(::core::result::Result<#this, #err>))
        }
    }
}
