//! Checks that the Rust types which the option `with` gives are the types of WIT that they stand for. The layouts of values come
//! from the Rust types, so others would be read from memory that is not theirs.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::{Lifetime, Scope, labels_desc};
use crate::ir::{Bindings, Def, DefId, DefKind, Func, Output, RustType};

/// The checks of all given types that functions of the bindings pass, for their root.
pub(crate) fn checks(scope: Scope<'_>) -> TokenStream {
    let bindings = scope.bindings;
    let is_given = |id: &DefId| {
        let def = bindings.def(*id);
        // The members of types with shapes are compared by rustc.
        !def.by_shape && (def.remapped.is_some() || bindings.module(def.module).remapped)
    };
    passed(bindings).into_iter().filter(is_given).filter_map(|id| check(scope, id)).collect()
}

/// The definitions that functions and printed types mention.
pub(super) fn passed(bindings: &Bindings) -> BTreeSet<DefId> {
    let mut passed = BTreeSet::new();
    let of_modules = bindings.modules.iter().flat_map(|module| &module.funcs);
    for func in of_modules.chain(&bindings.exports) {
        types(func).into_iter().for_each(|ty| pass(bindings, ty, &mut passed));
    }
    for def in bindings.defs.iter().filter(|def| def.printed) {
        def.kind.types().into_iter().for_each(|ty| pass(bindings, ty, &mut passed));
    }
    passed
}

/// The types of a function's parameters and result.
fn types(func: &Func) -> Vec<&RustType> {
    let result = match &func.result {
        Output::Value(ty) => Some(ty),
        Output::FallibleThis(err) => err.as_ref(),
        Output::Unit | Output::This => None,
    };
    func.params.iter().flat_map(|param| [&param.owned, &param.given]).chain(result).collect()
}

/// Adds the definitions that a type mentions.
fn pass(bindings: &Bindings, ty: &RustType, passed: &mut BTreeSet<DefId>) {
    let (RustType::Def(id) | RustType::Own(id) | RustType::Borrow(id)) = ty else {
        return ty.parts().into_iter().for_each(|part| pass(bindings, part, passed));
    };
    if passed.insert(*id) {
        let kind = &bindings.def(*id).kind;
        kind.types().into_iter().for_each(|part| pass(bindings, part, passed));
        if let DefKind::ResourceAlias(target) = kind {
            pass(bindings, &RustType::Own(*target), passed);
        }
    }
}

fn check(scope: Scope<'_>, id: DefId) -> Option<TokenStream> {
    let def = scope.bindings.def(id);
    let desc = |ty: &RustType| {
        let ty = scope.transferred(ty, Lifetime::Elided);
        quote!(<#ty as _rt::ComponentType>::DESC)
    };
    let (expected, what) = match &def.kind {
        DefKind::Alias(target) => (desc(target), "type".to_owned()),
        DefKind::Resource | DefKind::ResourceAlias(_) => return None,
        DefKind::Record(_) | DefKind::Variant(_) | DefKind::Enum(_) | DefKind::Flags(_) => structure(def, desc),
    };
    let key = match &scope.bindings.module(def.module).extern_name {
        Some(interface) => format!("{interface}.{}", def.wit_name),
        None => def.wit_name.clone(),
    };
    let message = format!("the Rust type that the option `with` gives for `{key}` is not this {what}");
    let (allow, given) = (scope.allow(), desc(&RustType::Def(id)));
    Some(quote!(#allow const _: () = ::core::assert!(#given.is_same(#expected), #message);))
}

/// The description of a type with named parts, as an expression, and in words.
fn structure(def: &Def, desc: impl Fn(&RustType) -> TokenStream) -> (TokenStream, String) {
    let name = &def.wit_name;
    let words = |sort: &str, parts: &str, names: Vec<&String>| {
        let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
        format!("{sort}: it needs the {parts} {}, in this order and with their types", names.join(", "))
    };
    let labels = |names: &[&String]| {
        let names: Vec<&str> = names.iter().map(|name| name.as_str()).collect();
        labels_desc(name, &names)
    };
    match &def.kind {
        DefKind::Record(fields) => {
            let names: Vec<&String> = fields.iter().map(|field| &field.wit_name).collect();
            let types = fields.iter().map(|field| desc(&field.ty));
            let fields = quote!(&[#(_rt::FieldDesc { name: #names, ty: #types }),*]);
            let record = quote!(&_rt::TypeDesc::Record(&_rt::RecordDesc { name: #name, fields: #fields }));
            (record, words("record", "fields", names))
        }
        DefKind::Variant(cases) => {
            let names: Vec<&String> = cases.iter().map(|case| &case.wit_name).collect();
            let types = cases.iter().map(|case| match &case.ty {
                Some(ty) => {
                    let desc = desc(ty);
                    quote!(Some(#desc))
                }
                None => quote!(None),
            });
            let cases = quote!(&[#(_rt::CaseDesc { name: #names, ty: #types }),*]);
            let variant = quote!(&_rt::TypeDesc::Variant(&_rt::VariantDesc { name: #name, cases: #cases }));
            (variant, words("variant", "cases", names))
        }
        DefKind::Enum(cases) => {
            let names: Vec<&String> = cases.iter().map(|case| &case.wit_name).collect();
            let labels = labels(&names);
            (quote!(&_rt::TypeDesc::Enum(#labels)), words("enum", "cases", names))
        }
        DefKind::Flags(flags) => {
            let names: Vec<&String> = flags.iter().map(|flag| &flag.wit_name).collect();
            let labels = labels(&names);
            (quote!(&_rt::TypeDesc::Flags(#labels)), words("flags type", "flags", names))
        }
        DefKind::Alias(_) | DefKind::Resource | DefKind::ResourceAlias(_) => {
            unreachable!("they have no parts with names")
        }
    }
}
