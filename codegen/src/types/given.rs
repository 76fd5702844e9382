//! Checks that the Rust types which the option `with` gives are the types of WIT that they stand for. The layouts of values come
//! from the Rust types, so others would be read from memory that is not theirs.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::{Head, Lifetime, Scope, enums, flags, records, variants};
use crate::ir::{Bindings, Def, DefId, DefKind, Func, Label, Output, RustType};

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
    let layout = |ty: &RustType| {
        let ty = scope.transferred(ty, Lifetime::Elided);
        quote!(<#ty as _rt::ComponentType>::LAYOUT)
    };
    let (expected, what) = match &def.kind {
        DefKind::Alias(target) => (layout(target), format!("type: it is `{}`", wit_text(scope.bindings, target))),
        DefKind::Resource | DefKind::ResourceAlias(_) => return None,
        DefKind::Record(_) | DefKind::Variant(_) | DefKind::Enum(_) | DefKind::Flags(_) => structure(scope, def),
    };
    let key = match &scope.bindings.module(def.module).extern_name {
        Some(interface) => format!("{interface}.{}", def.wit_name),
        None => def.wit_name.clone(),
    };
    let message = format!("the Rust type that the option `with` gives for `{key}` is not this {what}");
    let (allow, given) = (scope.allow(), layout(&RustType::Def(id)));
    let span = def.remapped.as_ref().map_or_else(Span::call_site, Ident::span);
    Some(quote_spanned!(span=> #allow const _: () = ::core::assert!(#given.identity == #expected.identity, #message);))
}

/// The layout of a type with named parts, as an expression, and the type in words.
fn structure(scope: Scope<'_>, def: &Def) -> (TokenStream, String) {
    let head = Head::of(def);
    let text = |ty: &RustType| wit_text(scope.bindings, ty);
    let labels = |labels: &[Label]| labels.iter().map(|label| format!("`{}`", label.wit_name)).collect();
    let (sort, parts, bodies, texts): (_, _, _, Vec<String>) = match &def.kind {
        DefKind::Record(fields) => {
            let texts = fields.iter().map(|field| format!("`{}: {}`", field.wit_name, text(&field.ty))).collect();
            ("record", "fields", records::bodies(&head, &records::members(scope, &head, fields)), texts)
        }
        DefKind::Variant(cases) => {
            let texts = cases.iter().map(|case| match &case.ty {
                Some(ty) => format!("`{}({})`", case.wit_name, text(ty)),
                None => format!("`{}`", case.wit_name),
            });
            let texts = texts.collect();
            ("variant", "cases", variants::bodies(&head, &variants::members(scope, &head, cases)), texts)
        }
        DefKind::Enum(cases) => ("enum", "cases", enums::bodies(scope, &head, cases), labels(cases)),
        DefKind::Flags(flags) => ("flags type", "flags", flags::bodies(&head, flags), labels(flags)),
        DefKind::Alias(_) | DefKind::Resource | DefKind::ResourceAlias(_) => {
            unreachable!("they have no parts with names")
        }
    };
    let (description, types) = (bodies.description, bodies.parts);
    let layout = quote!(_rt::TypeLayout::of(&#description, _rt::layouts![#(#types),*]));
    (layout, format!("{sort}: it needs the {parts} {}, in this order", texts.join(", ")))
}

/// A type as WIT writes it.
fn wit_text(bindings: &Bindings, ty: &RustType) -> String {
    let text = |ty: &RustType| wit_text(bindings, ty);
    let texts = |types: &[RustType]| types.iter().map(text).collect::<Vec<_>>().join(", ");
    let of = |name: &str, part: Option<&RustType>| match part {
        Some(part) => format!("{name}<{}>", text(part)),
        None => name.to_owned(),
    };
    match ty {
        RustType::Primitive(primitive) => primitive.wit_name().to_owned(),
        RustType::String | RustType::Str => "string".to_owned(),
        RustType::Vec(element) | RustType::Slice(element) => of("list", Some(element)),
        RustType::Array(element, len) => format!("list<{}, {len}>", text(element)),
        RustType::Map(key, value) => format!("map<{}, {}>", text(key), text(value)),
        RustType::Tuple(types) => format!("tuple<{}>", texts(types)),
        RustType::Option(some) => of("option", Some(some)),
        RustType::Result(ok, None) => of("result", ok.as_deref()),
        RustType::Result(ok, Some(err)) => {
            format!("result<{}, {}>", ok.as_deref().map_or_else(|| "_".to_owned(), text), text(err))
        }
        RustType::Def(id) | RustType::Own(id) => bindings.def(*id).wit_name.clone(),
        RustType::Borrow(id) => format!("borrow<{}>", bindings.def(*id).wit_name),
        RustType::Ref(target) => text(target),
        RustType::Stream(element) => of("stream", element.as_deref()),
        RustType::Future(value) => of("future", value.as_deref()),
        RustType::ErrorContext => "error-context".to_owned(),
    }
}
