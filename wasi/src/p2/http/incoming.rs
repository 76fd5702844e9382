//! Messages that guests receive: `incoming-request`, `incoming-response`, `incoming-body`, `future-trailers`.

use std::sync::Arc;

use witwright_host::{Error, Resource, ResourceBorrow, ResourceTable};

use super::super::io::{child_input, subscribe};
use super::bindings::wasi::http::types;
use super::convert::method_of;
use super::fields::fixed;
use super::values::{ReceivedBody, ReceivedRequest, ReceivedResponse, Trailers};
use crate::ctx::WasiCtxView;
use crate::http::{FieldsHandle, Incoming, IncomingRequest, IncomingResponse};
use crate::p2::bindings::wasi::io::{poll, streams};
use crate::wait;

type Once<T> = Result<Result<Resource<T>, ()>, Error>;

/// A handle of a request.
pub(super) fn request(
    table: &mut ResourceTable,
    head: IncomingRequest,
) -> Result<Resource<types::IncomingRequest>, Error> {
    table.push(ReceivedRequest { head, has_body: true })
}

/// A handle of a response.
pub(super) fn response(
    table: &mut ResourceTable,
    head: IncomingResponse,
) -> Result<Resource<types::IncomingResponse>, Error> {
    table.push(ReceivedResponse { head, has_body: true })
}

/// A handle of a body, if it was not asked for before.
fn consume(table: &mut ResourceTable, has_body: bool, incoming: Incoming) -> Once<types::IncomingBody> {
    match has_body {
        true => Ok(Ok(table.push(ReceivedBody { incoming, has_stream: true })?)),
        false => Ok(Err(())),
    }
}

impl types::HostIncomingRequest for WasiCtxView<'_> {
    fn method(&mut self, this: ResourceBorrow<types::IncomingRequest>) -> Result<types::Method, Error> {
        Ok(method_of(&self.table.get(&this)?.head.method))
    }

    fn path_with_query(&mut self, this: ResourceBorrow<types::IncomingRequest>) -> Result<Option<String>, Error> {
        Ok(self.table.get(&this)?.head.path.as_ref().map(ToString::to_string))
    }

    fn scheme(&mut self, this: ResourceBorrow<types::IncomingRequest>) -> Result<Option<types::Scheme>, Error> {
        self.table.get(&this)?;
        Ok(Some(types::Scheme::Http))
    }

    fn authority(&mut self, this: ResourceBorrow<types::IncomingRequest>) -> Result<Option<String>, Error> {
        Ok(self.table.get(&this)?.head.authority.as_ref().map(ToString::to_string))
    }

    fn headers(&mut self, this: ResourceBorrow<types::IncomingRequest>) -> Result<Resource<types::Headers>, Error> {
        let fields = self.table.get(&this)?.head.fields.clone();
        // Only of this message does WASI say that it may not be dropped before its fields.
        self.table.push_child(FieldsHandle::Fixed(fields), &this)
    }

    fn consume(&mut self, this: ResourceBorrow<types::IncomingRequest>) -> Once<types::IncomingBody> {
        let request = self.table.get_mut(&this)?;
        let (has_body, body) = (core::mem::take(&mut request.has_body), request.head.body.clone());
        consume(self.table, has_body, body)
    }

    fn drop(&mut self, this: Resource<types::IncomingRequest>) -> Result<(), Error> {
        self.table.delete(this).map(|_| ())
    }
}

impl types::HostIncomingResponse for WasiCtxView<'_> {
    fn status(&mut self, this: ResourceBorrow<types::IncomingResponse>) -> Result<types::StatusCode, Error> {
        Ok(self.table.get(&this)?.head.status)
    }

    fn headers(&mut self, this: ResourceBorrow<types::IncomingResponse>) -> Result<Resource<types::Headers>, Error> {
        let fields = self.table.get(&this)?.head.fields.clone();
        fixed(self.table, &fields)
    }

    fn consume(&mut self, this: ResourceBorrow<types::IncomingResponse>) -> Once<types::IncomingBody> {
        let response = self.table.get_mut(&this)?;
        let (has_body, body) = (core::mem::take(&mut response.has_body), response.head.body.clone());
        consume(self.table, has_body, body)
    }

    fn drop(&mut self, this: Resource<types::IncomingResponse>) -> Result<(), Error> {
        self.table.delete(this).map(|_| ())
    }
}

impl types::HostIncomingBody for WasiCtxView<'_> {
    fn stream(&mut self, this: ResourceBorrow<types::IncomingBody>) -> Once<streams::InputStream> {
        let body = self.table.get_mut(&this)?;
        if !core::mem::take(&mut body.has_stream) {
            return Ok(Err(()));
        }
        let stream = body.incoming.stream();
        Ok(Ok(child_input(self.table, stream, &this)?))
    }

    fn finish(&mut self, this: Resource<types::IncomingBody>) -> Result<Resource<types::FutureTrailers>, Error> {
        let ReceivedBody { incoming: body, .. } = self.table.delete(this)?;
        self.table.push(Trailers { body, is_taken: false })
    }

    fn drop(&mut self, this: Resource<types::IncomingBody>) -> Result<(), Error> {
        self.table.delete(this).map(|_| ())
    }
}

type Got<T> = Option<Result<Result<T, types::ErrorCode>, ()>>;

impl types::HostFutureTrailers for WasiCtxView<'_> {
    fn subscribe(&mut self, this: ResourceBorrow<types::FutureTrailers>) -> Result<Resource<poll::Pollable>, Error> {
        let body = self.table.get(&this)?.body.clone();
        subscribe(self.table, body, &this)
    }

    fn get(
        &mut self,
        this: ResourceBorrow<types::FutureTrailers>,
    ) -> Result<Got<Option<Resource<types::Trailers>>>, Error> {
        let trailers = self.table.get_mut(&this)?;
        if trailers.is_taken {
            return Ok(Some(Err(())));
        }
        let Some(result) = wait::now(|cx| trailers.body.poll_trailers(cx)) else { return Ok(None) };
        trailers.is_taken = true;
        Ok(Some(Ok(match result {
            Ok(Some(fields)) => Ok(Some(fixed(self.table, &Arc::new(fields))?)),
            Ok(None) => Ok(None),
            Err(code) => Err(code.into()),
        })))
    }

    fn drop(&mut self, this: Resource<types::FutureTrailers>) -> Result<(), Error> {
        self.table.delete(this).map(|_| ())
    }
}
