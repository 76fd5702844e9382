//! Resources: what handles do in a call, at the guest's side and at the host's.

use core::cell::RefCell;

use witwright_abi_runtime as rt;

use rt::bytes::{ByteMemory, GuestHandles};
use rt::desc::{ResourceDesc, TypeDesc};
use rt::flat::{FlatReader, FlatWriter};
use rt::handles::{Borrows, Dropped, GrowingHandleTable, Lenders, ScopeId};
use rt::layout::MAX_FLAT_PARAMS;
use rt::resource::{GuestResource, Own, ResourceKind};
use rt::string::StringEncoding;
use rt::transfer::{ComponentType, Lift, LiftCx, Lower, LowerCx};
use rt::trap::Trap;
use rt::view::Handles;

thread_local! {
    static GUEST_HANDLES: RefCell<GrowingHandleTable<Identity>> = RefCell::default();
}

static DOCUMENT: ResourceDesc = ResourceDesc::World { name: "document", interface: Some("acme:text/documents") };
static OTHER: ResourceDesc = ResourceDesc::World { name: "document", interface: Some("acme:text/documents") };

/// `resource document`, as a guest that imports it knows it.
#[derive(Debug)]
pub(crate) struct Document;

impl ResourceKind for Document {
    const DESC: &'static ResourceDesc = &DOCUMENT;
}

impl GuestResource for Document {
    unsafe fn drop_handle(handle: u32) {
        let dropped = GUEST_HANDLES.with_borrow_mut(|table| table.resource_drop(Identity(&DOCUMENT), handle));
        assert!(matches!(dropped, Ok(Dropped::Own { .. })), "{dropped:?}");
    }

    unsafe fn from_handle(_: u32) -> Document {
        unreachable!("these tests hold documents by their handles")
    }
}

/// A document as a host knows it: its representation, owned or borrowed.
#[derive(Debug, PartialEq)]
struct Owned(u64);
#[derive(Debug, PartialEq)]
struct Borrowed(u64);

impl ComponentType for Owned {
    const DESC: &'static TypeDesc = &TypeDesc::Own(&DOCUMENT);
}

impl ComponentType for Borrowed {
    const DESC: &'static TypeDesc = &TypeDesc::Borrow(&DOCUMENT);
}

impl Lower for Owned {
    fn lower<C: LowerCx>(&self, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        flat.push(cx.lower_own(&DOCUMENT, self.0)?.into());
        Ok(())
    }

    fn store<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
        let index = cx.lower_own(&DOCUMENT, self.0)?;
        cx.write(addr, index.to_le_bytes())
    }
}

impl Lift for Owned {
    fn lift<C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<Self, C::Error> {
        Ok(Owned(cx.lift_own(&DOCUMENT, flat.pop() as u32)?))
    }

    fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<Self, C::Error> {
        let index = u32::from_le_bytes(cx.read(addr)?);
        Ok(Owned(cx.lift_own(&DOCUMENT, index)?))
    }
}

impl Lift for Borrowed {
    fn lift<C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<Self, C::Error> {
        Ok(Borrowed(cx.lift_borrow(&DOCUMENT, flat.pop() as u32)?))
    }

    fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<Self, C::Error> {
        let index = u32::from_le_bytes(cx.read(addr)?);
        Ok(Borrowed(cx.lift_borrow(&DOCUMENT, index)?))
    }
}

/// A resource type by the address of its description.
#[derive(Clone, Copy, Debug)]
struct Identity(&'static ResourceDesc);

impl PartialEq for Identity {
    #[inline]
    fn eq(&self, other: &Identity) -> bool {
        self.0.is(other.0)
    }
}

impl Eq for Identity {}

/// The handles of the host's side in one call: it knows resources by representations of 64 bits, and the guest's handles
/// are in a table.
#[derive(Debug)]
struct HostHandles<'a> {
    /// The guest's handles, of all calls.
    table: &'a mut GrowingHandleTable<Identity>,
    /// The handles that the guest lends to the host in this call.
    lenders: &'a mut Lenders,
    /// The handles that the host lends to the guest in this call.
    borrows: &'a mut Borrows,
}

impl Handles for HostHandles<'_> {
    type Error = Trap;

    fn lift_own(&mut self, resource: &'static ResourceDesc, index: u32) -> Result<u64, Trap> {
        self.table.lift_own(Identity(resource), index)
    }

    fn lift_borrow(&mut self, resource: &'static ResourceDesc, index: u32) -> Result<u64, Trap> {
        self.lenders.lift_borrow(self.table, Identity(resource), index)
    }

    fn lower_own(&mut self, resource: &'static ResourceDesc, key: u64) -> Result<u32, Trap> {
        self.table.lower_own(Identity(resource), key)
    }

    fn lower_borrow(&mut self, resource: &'static ResourceDesc, key: u64) -> Result<u32, Trap> {
        self.table.lower_borrow(Identity(resource), key, ScopeId(0), self.borrows)
    }
}

/// Runs `act` as a call of the host, with which the lends of the call end.
fn on_host<R>(act: impl FnOnce(&mut HostHandles<'_>) -> R) -> R {
    GUEST_HANDLES.with_borrow_mut(|table| {
        let mut lenders = Lenders::new();
        let mut borrows = Borrows::new();
        let result = act(&mut HostHandles { table, lenders: &mut lenders, borrows: &mut borrows });
        lenders.release(table);
        result
    })
}

/// The host gives a document to the guest.
fn give(rep: u64) -> Own<Document> {
    let mut memory = ByteMemory::new(StringEncoding::Utf8);
    let flat = on_host(|host| memory.lower(host, 1, &Owned(rep))).expect("there is room");
    memory.lift(&mut GuestHandles, 1, flat.as_slice()).expect("the guest takes what it gets")
}

/// The guest calls the host with these parameters.
fn call<P: Lower, R: Lift>(params: &P) -> Result<R, Trap> {
    let mut memory = ByteMemory::new(StringEncoding::Utf8);
    let flat = memory.lower(&mut GuestHandles, MAX_FLAT_PARAMS, params)?;
    on_host(|host| memory.lift(host, MAX_FLAT_PARAMS, flat.as_slice()))
}

fn guest_handles() -> usize {
    GUEST_HANDLES.with_borrow(|table| table.table().len())
}

const REP: u64 = 0xdead_beef_0000_002a;

#[test]
fn a_value_is_owned_and_a_reference_is_borrowed() {
    assert!(matches!(<&Own<Document> as ComponentType>::DESC, TypeDesc::Borrow(_)));
    let document = give(REP);
    assert_eq!(call(&(&document, 7_u32)), Ok((Borrowed(REP), 7_u32)));
    assert_eq!(guest_handles(), 1, "the lend has ended and the handle stays");
    assert_eq!(call(&vec![document]), Ok(vec![Owned(REP)]));
    assert_eq!(guest_handles(), 0, "the handle has left with the value");
}

#[test]
fn a_handle_is_dropped_with_its_value() {
    let document = give(REP);
    assert_eq!(guest_handles(), 1);
    drop(document);
    assert_eq!(guest_handles(), 0);
}

#[test]
fn a_handle_is_printed_as_by_wit_bindgen() {
    let document = give(REP);
    assert_eq!(format!("{document:?}"), format!("Resource {{ handle: {} }}", document.handle()));
}

#[test]
fn a_handle_given_away_is_not_used_again() {
    let document = give(REP);
    let index = document.handle();
    assert_eq!(call(&(&document,)), Ok((Borrowed(REP),)));
    assert_eq!(call::<_, (Owned, Owned)>(&(index, index)), Err(Trap::UnknownHandle(index)));
    assert_eq!(document.take(), index);
    assert_eq!(call::<_, Borrowed>(&&document), Err(Trap::UnknownHandle(0)));
}

#[test]
fn a_lent_handle_cannot_leave_in_the_same_call() {
    let document = give(REP);
    let twice = (document.handle(), document.handle());
    assert_eq!(call::<_, (Borrowed, Owned)>(&twice), Err(Trap::HandleLent(1)));
    assert_eq!(call::<_, Owned>(&twice.0), Ok(Owned(REP)));
    assert_eq!(call::<_, Owned>(&document.take()), Err(Trap::UnknownHandle(twice.0)));
}

#[test]
fn another_type_of_the_same_name_is_another_type() {
    let document = give(REP);
    let index = document.handle();
    let wrong = on_host(|host| host.table.lift_own(Identity(&OTHER), index));
    assert_eq!(wrong, Err(Trap::WrongResourceType(index)));
}
