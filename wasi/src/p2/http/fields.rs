//! `fields` of `wasi:http/types`.

use std::sync::Arc;

use witwright_host::{Error, Resource, ResourceBorrow, ResourceTable};

use super::bindings::wasi::http::types::{self, HeaderError};
use crate::ctx::WasiCtxView;
use crate::http::{Fields, FieldsFault, FieldsHandle, TooManyFields};

type This = ResourceBorrow<types::Fields>;
type Changed = Result<Result<(), HeaderError>, Error>;

/// A handle of a message's fields.
pub(super) fn fixed(table: &mut ResourceTable, fields: &Arc<Fields>) -> Result<Resource<types::Fields>, Error> {
    table.push(FieldsHandle::Fixed(fields.clone()))
}

/// The fields of a handle that the guest gives away.
pub(super) fn take(table: &mut ResourceTable, this: Resource<types::Fields>) -> Result<Arc<Fields>, Error> {
    Ok(table.delete(this)?.into_fields())
}

/// The result of a change as the guest sees it.
fn changed<T>(result: Result<T, FieldsFault>) -> Result<Result<T, HeaderError>, Error> {
    Ok(match result {
        Ok(value) => Ok(value),
        Err(FieldsFault::InvalidSyntax) => Err(HeaderError::InvalidSyntax),
        Err(FieldsFault::Forbidden) => Err(HeaderError::Forbidden),
        Err(FieldsFault::TooLarge) => return Err(Error::host(TooManyFields)),
    })
}

impl WasiCtxView<'_> {
    fn fields(&self, this: This) -> Result<&Fields, Error> {
        Ok(self.table.get(&this)?.fields())
    }

    fn change(&mut self, this: This, change: impl FnOnce(&mut Fields) -> Result<(), FieldsFault>) -> Changed {
        match self.table.get_mut(&this)? {
            FieldsHandle::Own(fields) => changed(change(fields)),
            // A change that no fields take is refused for its own reason.
            FieldsHandle::Fixed(_) => Ok(changed(change(&mut Fields::default()))?.and(Err(HeaderError::Immutable))),
        }
    }
}

impl types::HostFields for WasiCtxView<'_> {
    fn new(&mut self) -> Result<Resource<types::Fields>, Error> {
        self.table.push(FieldsHandle::Own(Fields::new(&self.ctx.http.ledger)))
    }

    fn from_list(
        &mut self,
        entries: Vec<(String, Vec<u8>)>,
    ) -> Result<Result<Resource<types::Fields>, HeaderError>, Error> {
        match changed(Fields::from_list(entries, &self.ctx.http.ledger))? {
            Ok(fields) => Ok(Ok(self.table.push(FieldsHandle::Own(fields))?)),
            Err(error) => Ok(Err(error)),
        }
    }

    fn get(&mut self, this: This, name: String) -> Result<Vec<Vec<u8>>, Error> {
        Ok(self.fields(this)?.values(&name))
    }

    fn has(&mut self, this: This, name: String) -> Result<bool, Error> {
        Ok(self.fields(this)?.has(&name))
    }

    fn set(&mut self, this: This, name: String, value: Vec<Vec<u8>>) -> Changed {
        self.change(this, |fields| fields.set(name, &value))
    }

    fn delete(&mut self, this: This, name: String) -> Changed {
        self.change(this, |fields| fields.delete(&name))
    }

    fn append(&mut self, this: This, name: String, value: Vec<u8>) -> Changed {
        self.change(this, |fields| fields.append(name, &value))
    }

    fn entries(&mut self, this: This) -> Result<Vec<(String, Vec<u8>)>, Error> {
        Ok(self.fields(this)?.entries())
    }

    fn clone(&mut self, this: This) -> Result<Resource<types::Fields>, Error> {
        let fields = self.fields(this)?.copy(&self.ctx.http.ledger).map_err(Error::host)?;
        self.table.push(FieldsHandle::Own(fields))
    }

    fn drop(&mut self, this: Resource<types::Fields>) -> Result<(), Error> {
        self.table.delete(this).map(|_| ())
    }
}
