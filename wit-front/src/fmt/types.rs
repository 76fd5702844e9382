//! The style of definitions of types, functions and types (`WIT.md#items-type`, `#item-interface`, `#types`).

use crate::ast::{
    FuncType, Label, Param, RecordField, ResourceMethod, ResourceMethodKind, Ty, TyKind, TypedefItem, TypedefKind,
    VariantCase,
};
use crate::lexer::T;

use super::printer::{ListStyle, Printer, Separator};

/// Fields, cases and flags: one a line.
const BODY: ListStyle = ListStyle { edge: Separator::Paragraph, between: Separator::Paragraph, last_comma: "," };

/// Parameters, and arguments of types; the grammar has no comma after the last.
const ARGUMENTS: ListStyle = ListStyle { edge: Separator::Break(""), between: Separator::Break(" "), last_comma: "" };

/// The elements of a tuple.
const ELEMENTS: ListStyle = ListStyle { last_comma: ",", ..ARGUMENTS };

impl Printer<'_> {
    pub(super) fn typedef_item(&mut self, item: &TypedefItem) {
        self.attributes(&item.attributes);
        self.token();
        self.spaced_token();
        self.space();
        match &item.kind {
            TypedefKind::Alias(ty) => {
                self.token();
                self.space();
                self.ty(ty);
                self.token();
            }
            TypedefKind::Record(fields) => self.list(BODY, fields, Printer::record_field),
            TypedefKind::Variant(cases) => self.list(BODY, cases, Printer::variant_case),
            TypedefKind::Enum(labels) | TypedefKind::Flags(labels) => self.list(BODY, labels, Printer::label),
            TypedefKind::Resource(methods) if self.at(T!['{']) => {
                self.block(methods, Printer::resource_method);
            }
            TypedefKind::Resource(_) => {
                self.separate(Separator::Tight);
                self.token();
            }
        }
    }

    fn record_field(&mut self, field: &RecordField) {
        self.token();
        self.token();
        self.space();
        self.ty(&field.ty);
    }

    fn variant_case(&mut self, case: &VariantCase) {
        self.token();
        if let Some(payload) = &case.ty {
            self.token();
            self.ty(payload);
            self.token();
        }
    }

    fn label(&mut self, _label: &Label) {
        self.token();
    }

    fn resource_method(&mut self, method: &ResourceMethod) {
        self.attributes(&method.attributes);
        self.token();
        match method.kind {
            ResourceMethodKind::Constructor(_) => self.params_and_result(&method.func),
            ResourceMethodKind::Method(_) => {
                self.token();
                self.space();
                self.func_type(&method.func);
            }
            ResourceMethodKind::Static(_) => {
                self.token();
                self.spaced_token();
                self.space();
                self.func_type(&method.func);
            }
        }
        self.token();
    }

    pub(super) fn func_type(&mut self, func: &FuncType) {
        if func.async_.is_some() {
            self.token();
            self.space();
        }
        self.token();
        self.params_and_result(func);
    }

    fn params_and_result(&mut self, func: &FuncType) {
        self.list(ARGUMENTS, &func.params, Printer::param);
        if let Some(result) = &func.result {
            self.spaced_token();
            self.space();
            self.ty(result);
        }
    }

    fn param(&mut self, param: &Param) {
        self.token();
        self.token();
        self.space();
        self.ty(&param.ty);
    }

    /// A single argument stays at its bracket, so that nested types do not make stairs.
    fn ty(&mut self, ty: &Ty) {
        match &ty.kind {
            TyKind::Tuple(elements) => {
                self.token();
                self.list(ELEMENTS, elements, Printer::ty);
            }
            TyKind::Map(key, value) => self.two_arguments(Some(key), Some(value)),
            TyKind::Result(ok, Some(err)) => self.two_arguments(ok.as_deref(), Some(err)),
            TyKind::List(argument, None)
            | TyKind::Option(argument)
            | TyKind::Future(Some(argument))
            | TyKind::Stream(Some(argument))
            | TyKind::Result(Some(argument), None) => self.one_argument(argument),
            TyKind::List(argument, Some(_)) => {
                self.token();
                self.token();
                self.ty(argument);
                self.token();
                self.spaced_token();
                self.token();
            }
            TyKind::Prim(_)
            | TyKind::Result(None, None)
            | TyKind::Future(None)
            | TyKind::Stream(None)
            | TyKind::Borrow(_)
            | TyKind::Own(_)
            | TyKind::ErrorContext
            | TyKind::Name(_)
            | TyKind::Error => self.tokens_of(ty.span),
        }
    }

    fn one_argument(&mut self, argument: &Ty) {
        self.token();
        self.token();
        self.ty(argument);
        self.token();
    }

    /// `map<key, value>`, `result<ok, err>`, `result<_, err>`
    fn two_arguments(&mut self, first: Option<&Ty>, second: Option<&Ty>) {
        self.token();
        self.list(ARGUMENTS, &[first, second], |printer, argument| match argument {
            Some(ty) => printer.ty(ty),
            None => printer.token(),
        });
    }
}
