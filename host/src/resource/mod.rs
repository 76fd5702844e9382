//! Resources as a host holds them (`Explainer.md#handle-types`).
//!
//! The type to use depends on the definer of the resource. A resource that the *host* defines has a representation of the
//! host's choice, 64 bits: [`Resource`] if it is owned, [`ResourceBorrow`] if it is lent. A resource that a *guest*
//! defines is held by key: [`ResourceAny`]. A reference to a [`Resource`] or a [`ResourceAny`] lowers as `borrow`.
//!
//! The parameter of each is the Rust type that names the resource: any type, of any crate. Resources that the host defines with one
//! Rust type are one resource type, so that a guest may pass either where it should pass the other.
//!
//! Dynamic values hold any of them as [`ResourceVal`]; a [`HostResourceType`] makes and reads those that the host defines.

use core::any::{TypeId, type_name};
use core::fmt;
use core::marker::PhantomData;

use witwright_abi_runtime::desc::{ResourceDesc, TypeDesc};
use witwright_abi_runtime::flat::{FlatReader, FlatWriter};
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

/// The description of a resource whose handles have a Rust type.
pub(crate) const fn resource_desc<K: 'static>() -> &'static ResourceDesc {
    const { &ResourceDesc::Rust { ty: &TypeId::of::<K>(), name: type_name::<K> } }
}

/// A value that names a resource of the host: a [`Resource`] or a [`ResourceBorrow`].
pub trait HostResource {
    /// The Rust type of the resource.
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
        impl<K: 'static> ComponentType for $name<K> {
            const DESC: &'static TypeDesc = &TypeDesc::Own(resource_desc::<K>());
            const REF_DESC: &'static TypeDesc = &TypeDesc::Borrow(resource_desc::<K>());
        }

        impl<K: 'static> Lower for $name<K> {
            fn lower<C: LowerCx>(&self, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
                flat.push(cx.lower_own(resource_desc::<K>(), self.$field)?.into());
                Ok(())
            }

            fn store<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
                let handle = cx.lower_own(resource_desc::<K>(), self.$field)?;
                cx.write(addr, handle.to_le_bytes())
            }

            fn lower_ref<C: LowerCx>(&self, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
                flat.push(cx.lower_borrow(resource_desc::<K>(), self.$field)?.into());
                Ok(())
            }

            fn store_ref<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
                let handle = cx.lower_borrow(resource_desc::<K>(), self.$field)?;
                cx.write(addr, handle.to_le_bytes())
            }
        }

        impl<K: 'static> Lift for $name<K> {
            fn lift<C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<Self, C::Error> {
                Ok($name { $field: cx.lift_own(resource_desc::<K>(), flat.pop() as u32)?, kind: PhantomData })
            }

            fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<Self, C::Error> {
                let handle = u32::from_le_bytes(cx.read(addr)?);
                Ok($name { $field: cx.lift_own(resource_desc::<K>(), handle)?, kind: PhantomData })
            }
        }
    };
}

owned_value!(Resource, rep);
owned_value!(ResourceAny, key);

impl<K: 'static> ComponentType for ResourceBorrow<K> {
    const DESC: &'static TypeDesc = &TypeDesc::Borrow(resource_desc::<K>());
}

impl<K: 'static> Lower for ResourceBorrow<K> {
    fn lower<C: LowerCx>(&self, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        flat.push(cx.lower_borrow(resource_desc::<K>(), self.rep)?.into());
        Ok(())
    }

    fn store<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
        let handle = cx.lower_borrow(resource_desc::<K>(), self.rep)?;
        cx.write(addr, handle.to_le_bytes())
    }
}

impl<K: 'static> Lift for ResourceBorrow<K> {
    fn lift<C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<Self, C::Error> {
        Ok(ResourceBorrow { rep: cx.lift_borrow(resource_desc::<K>(), flat.pop() as u32)?, kind: PhantomData })
    }

    fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<Self, C::Error> {
        let handle = u32::from_le_bytes(cx.read(addr)?);
        Ok(ResourceBorrow { rep: cx.lift_borrow(resource_desc::<K>(), handle)?, kind: PhantomData })
    }
}
