//! The root's imports: what the linker has to provide, as symbols (`Explainer.md#import-and-export-definitions`).

use alloc::rc::Rc;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use wasmparser::{ComponentTypeRef, InstanceTypeDeclaration, TypeBounds};

use super::{Closure, Exports, FrameIndex, Func, Inliner, Item, Supplied, Type};
use crate::component::plan::{FuncDef, ImportFunc, ImportIndex, ImportItem, ResourceDef, Want};
use crate::error::{Error, Unsupported};

impl<'b, 'a> Inliner<'b, 'a, '_> {
    /// An import by its type; `interface` is the instance that it is in.
    pub(super) fn import(
        &mut self,
        frame: FrameIndex,
        ty: ComponentTypeRef,
        interface: Option<&str>,
        name: &str,
    ) -> Result<(Item<'b, 'a>, ImportItem), Error> {
        self.count_step()?;
        match ty {
            ComponentTypeRef::Func(index) => {
                let Type::Func(ty) = self.frame(frame).types[index as usize] else {
                    return Err(Error::invalid("a function's type is none", 0));
                };
                let import = ImportIndex(self.plan.import_funcs.len() as u32);
                self.plan.import_funcs.push(ImportFunc {
                    interface: interface.map(ToString::to_string),
                    name: name.into(),
                    ty,
                });
                Ok((Item::Func(Func { def: FuncDef::Import(import), ty }), ImportItem::Func(import)))
            }
            ComponentTypeRef::Type(TypeBounds::Eq(index)) => {
                Ok((Item::Type(self.frame(frame).types[index as usize]), ImportItem::Type))
            }
            ComponentTypeRef::Type(TypeBounds::SubResource) => {
                let slot = self.define_resource(name, ResourceDef::Imported);
                Ok((Item::Type(Type::Resource(slot)), ImportItem::Resource(slot)))
            }
            ComponentTypeRef::Instance(index) => {
                let Type::Instance(declarations, parent) = self.frame(frame).types[index as usize] else {
                    return Err(Error::invalid("an instance's type is none", 0));
                };
                let path = match interface {
                    Some(outer) => alloc::format!("{outer}/{name}"),
                    None => name.into(),
                };
                let (exports, items) = self.import_instance(declarations, parent, &path)?;
                Ok((Item::Instance(Rc::new(exports)), ImportItem::Instance(items)))
            }
            ComponentTypeRef::Component(_) => {
                let supplied = match self.supplied(interface, name) {
                    Some(Supplied::Component(body)) => Some(Closure { body, frame: None }),
                    Some(Supplied::Module(_)) | None => self.want(interface, name, "component"),
                };
                Ok((Item::Component(supplied), ImportItem::Supplied))
            }
            ComponentTypeRef::Module(_) => {
                let supplied = match self.supplied(interface, name) {
                    Some(Supplied::Module(module)) => Some(module),
                    Some(Supplied::Component(_)) | None => self.want(interface, name, "core module"),
                };
                Ok((Item::Module(supplied), ImportItem::Supplied))
            }
            ComponentTypeRef::Value(_) => Err(Unsupported::Construct { name: "a component value" }.into()),
        }
    }

    fn supplied(&self, interface: Option<&str>, name: &str) -> Option<Supplied<'b, 'a>> {
        self.supplies.get(&(interface.map(ToString::to_string), name.to_string())).copied()
    }

    fn want<T>(&mut self, interface: Option<&str>, name: &str, sort: &'static str) -> Option<T> {
        self.plan.wants.push(Want { interface: interface.map(ToString::to_string), name: name.into(), sort });
        None
    }

    fn import_instance(
        &mut self,
        declarations: &'b [InstanceTypeDeclaration<'a>],
        parent: FrameIndex,
        path: &str,
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
                    let (item, import) = self.import(frame, *ty, Some(path), &name)?;
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
