//! Resources as a host holds them (`Explainer.md#handle-types`).
//!
//! The type to use depends on the definer of the resource. A resource that the *host* defines has a representation of the
//! host's choice, 64 bits: [`Resource`] if it is owned, [`ResourceBorrow`] if it is lent. A resource that a *guest*
//! defines is held by key: [`ResourceAny`]. A reference to a [`Resource`] or a [`ResourceAny`] lowers as `borrow`.
//!
//! Dynamic values hold any of them as [`ResourceVal`]; a [`HostResourceType`] makes and reads those that the host defines.

use core::fmt;
use core::marker::PhantomData;

use witwright_abi_runtime::desc::TypeDesc;
use witwright_abi_runtime::flat::{FlatReader, FlatWriter};
use witwright_abi_runtime::resource::ResourceKind;
use witwright_abi_runtime::transfer::{ComponentType, Lift, LiftCx, Lower, LowerCx};

mod dynamic;
mod table;

pub use dynamic::HostResourceType;
pub use table::ResourceTable;

/// An owned resource that the host defines. As a value it is `own<k>`, by reference `borrow<k>`.
///
/// It identifies the resource; dropping this value does nothing.
pub struct Resource<K> {
    rep: u64,
    kind: PhantomData<fn() -> K>,
}

/// A resource that the host defines, lent to it for the duration of a call: `borrow<k>`.
pub struct ResourceBorrow<K> {
    rep: u64,
    kind: PhantomData<fn() -> K>,
}

/// A resource that a guest defines, held by the host. As a value it is `own<k>`, by reference `borrow<k>`.
///
/// It identifies the resource; dropping this value does nothing. [`ResourceAny::drop`] drops the resource.
pub struct ResourceAny<K> {
    pub(crate) key: u64,
    kind: PhantomData<fn() -> K>,
}

/// A resource within a dynamic value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ResourceVal {
    /// The runtime resource type, in its store.
    pub(crate) ty: u32,
    /// The host's key, or the representation of a resource that the host defines.
    pub(crate) key: u64,
    pub(crate) owned: bool,
}

/// The kind of a resource that the host defines: it decides the type of the values in a [`ResourceTable`].
///
/// A type that the option `with` of the bindings gives to a resource is the type of its values. A host that leaves the type of a
/// resource to the bindings can implement this trait for it.
#[diagnostic::on_unimplemented(
    message = "the type of the values of the resource `{Self}` is not known",
    note = "name it in the options of the bindings, `with: {{ \"ns:package/interface.resource\": path::Type }}`, or implement \
            `HostResourceKind` for `{Self}`"
)]
pub trait HostResourceKind {
    /// The type of the values.
    type Value;
}

/// A value that names a resource of the host: a [`Resource`] or a [`ResourceBorrow`].
pub trait HostResource {
    /// The kind of the resource.
    type Kind;

    /// Its representation.
    fn rep(&self) -> u64;
}

impl<K> Resource<K> {
    /// A resource that its holder owns.
    #[must_use]
    pub const fn new_own(rep: u64) -> Resource<K> {
        Resource { rep, kind: PhantomData }
    }

    /// Its representation.
    #[must_use]
    pub const fn rep(&self) -> u64 {
        self.rep
    }
}

impl<K> ResourceBorrow<K> {
    /// A resource that is lent.
    #[must_use]
    pub const fn new_borrow(rep: u64) -> ResourceBorrow<K> {
        ResourceBorrow { rep, kind: PhantomData }
    }

    /// Its representation.
    #[must_use]
    pub const fn rep(&self) -> u64 {
        self.rep
    }
}

impl ResourceVal {
    /// Whether its holder owns it.
    #[must_use]
    pub fn owned(&self) -> bool {
        self.owned
    }
}

impl<K> HostResource for Resource<K> {
    type Kind = K;

    fn rep(&self) -> u64 {
        self.rep
    }
}

impl<K> HostResource for ResourceBorrow<K> {
    type Kind = K;

    fn rep(&self) -> u64 {
        self.rep
    }
}

/// The common traits of the wrappers, which do not depend on `K`'s.
macro_rules! wrapper {
    ($name:ident, $field:ident) => {
        impl<K> Clone for $name<K> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<K> Copy for $name<K> {}

        impl<K> PartialEq for $name<K> {
            fn eq(&self, other: &Self) -> bool {
                self.$field == other.$field
            }
        }

        impl<K> Eq for $name<K> {}

        impl<K> fmt::Debug for $name<K> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).field(stringify!($field), &self.$field).finish()
            }
        }
    };
}

wrapper!(Resource, rep);
wrapper!(ResourceBorrow, rep);
wrapper!(ResourceAny, key);

/// `Lift` and `Lower` of an owned resource, whose reference is a borrow.
macro_rules! owned_value {
    ($name:ident, $field:ident) => {
        impl<K: ResourceKind> ComponentType for $name<K> {
            const DESC: &'static TypeDesc = &TypeDesc::Own(K::DESC);
            const REF_DESC: &'static TypeDesc = &TypeDesc::Borrow(K::DESC);
        }

        impl<K: ResourceKind> Lower for $name<K> {
            fn lower<C: LowerCx>(&self, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
                flat.push(cx.lower_own(K::DESC, self.$field)?.into());
                Ok(())
            }

            fn store<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
                let handle = cx.lower_own(K::DESC, self.$field)?;
                cx.write(addr, handle.to_le_bytes())
            }

            fn lower_ref<C: LowerCx>(&self, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
                flat.push(cx.lower_borrow(K::DESC, self.$field)?.into());
                Ok(())
            }

            fn store_ref<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
                let handle = cx.lower_borrow(K::DESC, self.$field)?;
                cx.write(addr, handle.to_le_bytes())
            }
        }

        impl<K: ResourceKind> Lift for $name<K> {
            fn lift<C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<Self, C::Error> {
                Ok($name { $field: cx.lift_own(K::DESC, flat.pop() as u32)?, kind: PhantomData })
            }

            fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<Self, C::Error> {
                let handle = u32::from_le_bytes(cx.read(addr)?);
                Ok($name { $field: cx.lift_own(K::DESC, handle)?, kind: PhantomData })
            }
        }
    };
}

owned_value!(Resource, rep);
owned_value!(ResourceAny, key);

impl<K: ResourceKind> ComponentType for ResourceBorrow<K> {
    const DESC: &'static TypeDesc = &TypeDesc::Borrow(K::DESC);
}

impl<K: ResourceKind> Lower for ResourceBorrow<K> {
    fn lower<C: LowerCx>(&self, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        flat.push(cx.lower_borrow(K::DESC, self.rep)?.into());
        Ok(())
    }

    fn store<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
        let handle = cx.lower_borrow(K::DESC, self.rep)?;
        cx.write(addr, handle.to_le_bytes())
    }
}

impl<K: ResourceKind> Lift for ResourceBorrow<K> {
    fn lift<C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<Self, C::Error> {
        Ok(ResourceBorrow { rep: cx.lift_borrow(K::DESC, flat.pop() as u32)?, kind: PhantomData })
    }

    fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<Self, C::Error> {
        let handle = u32::from_le_bytes(cx.read(addr)?);
        Ok(ResourceBorrow { rep: cx.lift_borrow(K::DESC, handle)?, kind: PhantomData })
    }
}
