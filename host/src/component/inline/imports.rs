//! The root's imports: what the linker has to provide, as symbols (`Explainer.md#import-and-export-definitions`).

use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use wasmparser::{ComponentTypeRef, InstanceTypeDeclaration, TypeBounds};

use super::{Closure, Exports, FrameIndex, Func, Inliner, Item, Supplied, SuppliedComponent, Type};
use crate::component::decode::values;
use crate::component::plan::{
    FuncDef, ImportFunc, ImportIndex, ImportItem, ImportedType, Place, Plan, ResourceDef, Want,
};
use crate::error::Error;
use crate::mismatch::Sort;

impl<'b, 'a> Inliner<'b, 'a, '_> {
    /// An import by its type; `outer` names the instances that it is in.
    pub(super) fn import(
        &mut self,
        frame: FrameIndex,
        ty: ComponentTypeRef,
        outer: &[String],
        name: &str,
    ) -> Result<(Item<'b, 'a>, ImportItem), Error> {
        self.count_step()?;
        match ty {
            ComponentTypeRef::Func(index) => {
                let Type::Func(ty) = self.frame(frame).types[index as usize] else {
                    return Err(Error::invalid("a function's type is none", 0));
                };
                let import = ImportIndex(self.plan.import_funcs.len() as u32);
                let interface = Place::new(outer, name).interface();
                self.plan.import_funcs.push(ImportFunc { interface, name: name.into(), ty });
                Ok((Item::Func(Func { def: FuncDef::Import(import), ty }), ImportItem::Func(import)))
            }
            ComponentTypeRef::Type(TypeBounds::Eq(index)) => {
                let ty = self.frame(frame).types[index as usize];
                let imported = match ty {
                    Type::Val(ty) => ImportedType::Val(ty),
                    Type::Resource(slot) => ImportedType::Resource(slot),
                    Type::Func(_) | Type::Instance(..) | Type::Component => ImportedType::Other,
                };
                Ok((Item::Type(ty), ImportItem::Type(imported)))
            }
            ComponentTypeRef::Type(TypeBounds::SubResource) => {
                let slot = self.define_resource(name, ResourceDef::Imported);
                Ok((Item::Type(Type::Resource(slot)), ImportItem::Resource(slot)))
            }
            ComponentTypeRef::Instance(index) => {
                let Type::Instance(declarations, parent) = self.frame(frame).types[index as usize] else {
                    return Err(Error::invalid("an instance's type is none", 0));
                };
                let path = Place::new(outer, name);
                let (exports, items) = self.import_instance(declarations, parent, &path.0)?;
                Ok((Item::Instance(Rc::new(exports)), ImportItem::Instance(items)))
            }
            ComponentTypeRef::Component(_) => {
                let place = Place::new(outer, name);
                let supplied = match self.supplies.get(&place) {
                    Some(Supplied::Component(component)) => Some(self.closure(component)?),
                    Some(Supplied::Module(_)) | None => self.want(place, Sort::Component),
                };
                Ok((Item::Component(supplied), ImportItem::Supplied))
            }
            ComponentTypeRef::Module(_) => {
                let place = Place::new(outer, name);
                let supplied = match self.supplies.get(&place) {
                    Some(Supplied::Module(module)) => Some(*module),
                    Some(Supplied::Component(_)) | None => self.want(place, Sort::Module),
                };
                Ok((Item::Module(supplied), ImportItem::Supplied))
            }
            ComponentTypeRef::Value(_) => Err(values()),
        }
    }

    /// A component as the frame that it closes over and its body.
    ///
    /// One that a binary exports closes over core modules, components and types of those around it. To have these, the
    /// binary's definitions are run aside: nothing that they would make is part of this plan.
    pub(super) fn closure(&mut self, component: &'b SuppliedComponent<'a>) -> Result<Closure<'b, 'a>, Error> {
        let mut closure = Closure { body: &component.root, frame: None };
        for (supplies, path) in &component.outer {
            let mut aside = Plan::new(self.options.limits.nesting);
            core::mem::swap(&mut aside.types, &mut self.plan.types);
            core::mem::swap(&mut aside, &mut self.plan);
            let others = core::mem::replace(&mut self.supplies, supplies);
            let made = self.component(closure.body, closure.frame, None);
            self.supplies = others;
            core::mem::swap(&mut aside, &mut self.plan);
            core::mem::swap(&mut aside.types, &mut self.plan.types);
            closure = exported_component(made?, path)?;
        }
        Ok(closure)
    }

    fn want<T>(&mut self, place: Place, sort: Sort) -> Option<T> {
        self.plan.wants.push(Want { place, sort });
        None
    }

    fn import_instance(
        &mut self,
        declarations: &'b [InstanceTypeDeclaration<'a>],
        parent: FrameIndex,
        path: &[String],
    ) -> Result<(Exports<'b, 'a>, Vec<(String, ImportItem)>), Error> {
        self.descend()?;
        let frame = self.open(Some(parent), None);
        let mut exports = Exports::default();
        let mut items = Vec::new();
        for declaration in declarations {
            self.count_step()?;
            match declaration {
                InstanceTypeDeclaration::CoreType(_) => {}
                InstanceTypeDeclaration::Type(ty) => {
                    let ty = self.define_type(frame, ty)?;
                    self.frame(frame).types.push(ty);
                }
                InstanceTypeDeclaration::Alias(alias) => self.alias(frame, alias)?,
                InstanceTypeDeclaration::Export { name, ty } => {
                    let name = name.full_name();
                    let (item, import) = self.import(frame, *ty, path, &name)?;
                    exports.push(&name, item.clone());
                    items.push((name.into(), import));
                    self.push(frame, item);
                }
            }
        }
        self.depth -= 1;
        Ok((exports, items))
    }
}

/// The component that names lead to.
fn exported_component<'b, 'a>(mut exports: Rc<Exports<'b, 'a>>, path: &[String]) -> Result<Closure<'b, 'a>, Error> {
    for name in path {
        match exports.item(name)?.clone() {
            Item::Instance(inner) => exports = inner,
            Item::Component(Some(closure)) => return Ok(closure),
            Item::Component(None) | Item::Func(_) | Item::Type(_) | Item::Module(_) => break,
        }
    }
    Err(Error::invalid("what is supplied is no component", 0))
}
