//! `fields` of `wasi:http/types`.

use std::sync::Arc;

use witwright_host::{Error, Resource, ResourceBorrow, ResourceTable};

use super::bindings::wasi::http::types::{self, HeaderError};
use crate::ctx::WasiCtxView;
use crate::http::{Fields, FieldsFault, FieldsHandle};

type This = ResourceBorrow<types::Fields>;
type Changed<T = ()> = Result<Result<T, HeaderError>, Error>;

/// A handle of a message's fields, or of trailers.
pub(super) fn fixed(table: &mut ResourceTable, fields: &Arc<Fields>) -> Result<Resource<types::Fields>, Error> {
    table.push(FieldsHandle::Fixed(fields.clone()))
}

/// The fields of a handle that the guest gives away.
pub(super) fn take(table: &mut ResourceTable, this: Resource<types::Fields>) -> Result<Arc<Fields>, Error> {
    Ok(table.delete(this)?.into_fields())
}

impl From<FieldsFault> for HeaderError {
    fn from(fault: FieldsFault) -> HeaderError {
        match fault {
            FieldsFault::InvalidSyntax => HeaderError::InvalidSyntax,
            FieldsFault::Forbidden => HeaderError::Forbidden,
            FieldsFault::TooLarge => HeaderError::SizeExceeded,
        }
    }
}

impl WasiCtxView<'_> {
    fn header_fields(&self, this: This) -> Result<&Fields, Error> {
        Ok(self.table.get(&this)?.fields())
    }

    fn change_fields<T>(
        &mut self,
        this: This,
        change: impl FnOnce(&mut Fields) -> Result<T, FieldsFault>,
    ) -> Changed<T> {
        Ok(match self.table.get_mut(&this)? {
            FieldsHandle::Own(fields) => change(fields).map_err(HeaderError::from),
            // A change that no fields take is refused for its own reason.
            FieldsHandle::Fixed(_) => {
                change(&mut Fields::default()).map_err(HeaderError::from).and(Err(HeaderError::Immutable))
            }
        })
    }
}

impl types::HostFields for WasiCtxView<'_> {
    fn new(&mut self) -> Result<Resource<types::Fields>, Error> {
        self.table.push(FieldsHandle::Own(Fields::new(&self.ctx.http.ledger)))
    }

    fn from_list(&mut self, entries: Vec<(String, Vec<u8>)>) -> Changed<Resource<types::Fields>> {
        match Fields::from_list(entries, &self.ctx.http.ledger) {
            Ok(fields) => self.table.push(FieldsHandle::Own(fields)).map(Ok),
            Err(fault) => Ok(Err(fault.into())),
        }
    }

    fn get(&mut self, this: This, name: String) -> Result<Vec<Vec<u8>>, Error> {
        Ok(self.header_fields(this)?.values(&name))
    }

    fn has(&mut self, this: This, name: String) -> Result<bool, Error> {
        Ok(self.header_fields(this)?.has(&name))
    }

    fn set(&mut self, this: This, name: String, value: Vec<Vec<u8>>) -> Changed {
        self.change_fields(this, |fields| fields.set(name, &value))
    }

    fn delete(&mut self, this: This, name: String) -> Changed {
        self.change_fields(this, |fields| fields.delete(&name))
    }

    fn get_and_delete(&mut self, this: This, name: String) -> Changed<Vec<Vec<u8>>> {
        self.change_fields(this, |fields| {
            let values = fields.values(&name);
            fields.delete(&name).map(|()| values)
        })
    }

    fn append(&mut self, this: This, name: String, value: Vec<u8>) -> Changed {
        self.change_fields(this, |fields| fields.append(name, &value))
    }

    fn copy_all(&mut self, this: This) -> Result<Vec<(String, Vec<u8>)>, Error> {
        Ok(self.header_fields(this)?.entries())
    }

    fn clone(&mut self, this: This) -> Result<Resource<types::Fields>, Error> {
        let fields = self.header_fields(this)?.copy(&self.ctx.http.ledger).map_err(Error::host)?;
        self.table.push(FieldsHandle::Own(fields))
    }

    fn drop(&mut self, this: Resource<types::Fields>) -> Result<(), Error> {
        self.table.delete(this).map(|_| ())
    }
}
