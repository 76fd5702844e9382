//! Messages that guests send: `outgoing-request`, `outgoing-response`, `outgoing-body`, and their handlers.

use core::time::Duration;
use std::sync::Arc;

use hyper::http::uri::Authority;
use witwright_host::{Error, Resource, ResourceBorrow};

use super::super::io::{child_output, subscribe};
use super::bindings::wasi::http::{outgoing_handler, types};
use super::convert::method;
use super::fields::{fixed, take};
use super::incoming;
use super::values::{Message, Request, Response};
use crate::ctx::WasiCtxView;
use crate::http::{
    ErrorCode, Fields, Outgoing, OutgoingBody, OutgoingReader, OutgoingRequest, OutgoingResponse, RequestTimeouts,
    is_authority, is_scheme, path,
};
use crate::p2::bindings::wasi::io::{error, poll, streams};
use crate::wait;

type Once<T> = Result<Result<Resource<T>, ()>, Error>;
type Set = Result<Result<(), ()>, Error>;

impl Message {
    fn new(fields: Arc<Fields>, wrong_length: fn(Option<u64>) -> ErrorCode) -> Message {
        let length = fields.content_length().map_err(|_| ());
        let (body, reader) = Outgoing::new(length.unwrap_or(None), wrong_length);
        Message { fields, length, body: Some(body), reader }
    }

    /// The body. The guest can take it once.
    fn body(&mut self) -> Result<Outgoing, ()> {
        self.length?;
        self.body.take().ok_or(())
    }

    /// The fields and the body, to be sent.
    fn send(self) -> (Arc<Fields>, OutgoingReader) {
        if self.body.is_some() {
            self.reader.end_empty();
        }
        (self.fields, self.reader)
    }
}

impl WasiCtxView<'_> {
    /// A handle of a body, if it was not asked for before.
    fn outgoing_body(&mut self, body: Result<Outgoing, ()>) -> Once<types::OutgoingBody> {
        match body {
            Ok(body) => Ok(Ok(self.table.push(body)?)),
            Err(()) => Ok(Err(())),
        }
    }

    fn request(&mut self, this: ResourceBorrow<types::OutgoingRequest>) -> Result<&mut Request, Error> {
        self.table.get_mut(&this)
    }
}

/// Sets a value, if it is one.
fn set<T>(place: &mut T, value: Option<T>) -> Set {
    Ok(value.map(|value| *place = value).ok_or(()))
}

impl types::HostOutgoingRequest for WasiCtxView<'_> {
    fn new(&mut self, headers: Resource<types::Headers>) -> Result<Resource<types::OutgoingRequest>, Error> {
        let message = Message::new(take(self.table, headers)?, ErrorCode::HttpRequestBodySize);
        self.table.push(Request { method: types::Method::Get, path: None, scheme: None, authority: None, message })
    }

    fn body(&mut self, this: ResourceBorrow<types::OutgoingRequest>) -> Once<types::OutgoingBody> {
        let body = self.request(this)?.message.body();
        self.outgoing_body(body)
    }

    fn method(&mut self, this: ResourceBorrow<types::OutgoingRequest>) -> Result<types::Method, Error> {
        Ok(self.request(this)?.method.clone())
    }

    fn set_method(&mut self, this: ResourceBorrow<types::OutgoingRequest>, value: types::Method) -> Set {
        set(&mut self.request(this)?.method, method(&value).map(|_| value))
    }

    fn path_with_query(&mut self, this: ResourceBorrow<types::OutgoingRequest>) -> Result<Option<String>, Error> {
        Ok(self.request(this)?.path.clone())
    }

    fn set_path_with_query(&mut self, this: ResourceBorrow<types::OutgoingRequest>, value: Option<String>) -> Set {
        set(&mut self.request(this)?.path, path(value.clone()).map(|_| value))
    }

    fn scheme(&mut self, this: ResourceBorrow<types::OutgoingRequest>) -> Result<Option<types::Scheme>, Error> {
        Ok(self.request(this)?.scheme.clone())
    }

    fn set_scheme(&mut self, this: ResourceBorrow<types::OutgoingRequest>, value: Option<types::Scheme>) -> Set {
        let is_valid = match &value {
            Some(types::Scheme::Other(name)) => is_scheme(name),
            Some(types::Scheme::Http | types::Scheme::Https) | None => true,
        };
        set(&mut self.request(this)?.scheme, is_valid.then_some(value))
    }

    fn authority(&mut self, this: ResourceBorrow<types::OutgoingRequest>) -> Result<Option<String>, Error> {
        Ok(self.request(this)?.authority.clone())
    }

    fn set_authority(&mut self, this: ResourceBorrow<types::OutgoingRequest>, value: Option<String>) -> Set {
        let is_valid = value.as_deref().is_none_or(is_authority);
        set(&mut self.request(this)?.authority, is_valid.then_some(value))
    }

    fn headers(&mut self, this: ResourceBorrow<types::OutgoingRequest>) -> Result<Resource<types::Headers>, Error> {
        let fields = self.request(this)?.message.fields.clone();
        fixed(self.table, &fields)
    }

    fn drop(&mut self, this: Resource<types::OutgoingRequest>) -> Result<(), Error> {
        self.table.delete(this).map(|_| ())
    }
}

impl types::HostOutgoingResponse for WasiCtxView<'_> {
    fn new(&mut self, headers: Resource<types::Headers>) -> Result<Resource<types::OutgoingResponse>, Error> {
        let message = Message::new(take(self.table, headers)?, ErrorCode::HttpResponseBodySize);
        self.table.push(Response { status: 200, message })
    }

    fn status_code(&mut self, this: ResourceBorrow<types::OutgoingResponse>) -> Result<types::StatusCode, Error> {
        Ok(self.table.get(&this)?.status)
    }

    fn set_status_code(&mut self, this: ResourceBorrow<types::OutgoingResponse>, value: types::StatusCode) -> Set {
        set(&mut self.table.get_mut(&this)?.status, (100..1000).contains(&value).then_some(value))
    }

    fn headers(&mut self, this: ResourceBorrow<types::OutgoingResponse>) -> Result<Resource<types::Headers>, Error> {
        let fields = self.table.get(&this)?.message.fields.clone();
        fixed(self.table, &fields)
    }

    fn body(&mut self, this: ResourceBorrow<types::OutgoingResponse>) -> Once<types::OutgoingBody> {
        let body = self.table.get_mut(&this)?.message.body();
        self.outgoing_body(body)
    }

    fn drop(&mut self, this: Resource<types::OutgoingResponse>) -> Result<(), Error> {
        self.table.delete(this).map(|_| ())
    }
}

impl types::HostOutgoingBody for WasiCtxView<'_> {
    fn write(&mut self, this: ResourceBorrow<types::OutgoingBody>) -> Once<streams::OutputStream> {
        match self.table.get_mut(&this)?.write() {
            Some(stream) => Ok(Ok(child_output(self.table, stream, &this)?)),
            None => Ok(Err(())),
        }
    }

    fn finish(
        &mut self,
        this: Resource<types::OutgoingBody>,
        trailers: Option<Resource<types::Trailers>>,
    ) -> Result<Result<(), types::ErrorCode>, Error> {
        let trailers = trailers.map(|trailers| take(self.table, trailers)).transpose()?;
        let body = self.table.delete(this)?;
        Ok(body.finish(trailers.as_deref()).map_err(Into::into))
    }

    fn drop(&mut self, this: Resource<types::OutgoingBody>) -> Result<(), Error> {
        self.table.delete(this).map(|_| ())
    }
}

impl types::HostResponseOutparam for WasiCtxView<'_> {
    fn set(
        &mut self,
        param: Resource<types::ResponseOutparam>,
        response: Result<Resource<types::OutgoingResponse>, types::ErrorCode>,
    ) -> Result<(), Error> {
        let reply = self.table.delete(param)?;
        reply.send(match response {
            Ok(response) => {
                let Response { status, message } = self.table.delete(response)?;
                let (fields, body) = message.send();
                Ok(OutgoingResponse { status, fields, body: OutgoingBody::Made(body) })
            }
            Err(code) => Err(code.into()),
        });
        Ok(())
    }

    fn drop(&mut self, this: Resource<types::ResponseOutparam>) -> Result<(), Error> {
        self.table.delete(this).map(|_| ())
    }
}

/// The getter and the setter of a time, in nanoseconds.
macro_rules! timeout {
    ($field:ident, $get:ident, $set:ident) => {
        fn $get(&mut self, this: ResourceBorrow<types::RequestOptions>) -> Result<Option<types::Duration>, Error> {
            let time = self.table.get(&this)?.$field;
            // The value was set from a `u64`, so it fits.
            Ok(time.map(|time| u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)))
        }

        fn $set(&mut self, this: ResourceBorrow<types::RequestOptions>, value: Option<types::Duration>) -> Set {
            self.table.get_mut(&this)?.$field = value.map(Duration::from_nanos);
            Ok(Ok(()))
        }
    };
}

impl types::HostRequestOptions for WasiCtxView<'_> {
    fn new(&mut self) -> Result<Resource<types::RequestOptions>, Error> {
        self.table.push(RequestTimeouts::default())
    }

    timeout!(connect, connect_timeout, set_connect_timeout);
    timeout!(first_byte, first_byte_timeout, set_first_byte_timeout);
    timeout!(between_bytes, between_bytes_timeout, set_between_bytes_timeout);

    fn drop(&mut self, this: Resource<types::RequestOptions>) -> Result<(), Error> {
        self.table.delete(this).map(|_| ())
    }
}

impl outgoing_handler::Host for WasiCtxView<'_> {
    fn handle(
        &mut self,
        request: Resource<types::OutgoingRequest>,
        options: Option<Resource<types::RequestOptions>>,
    ) -> Result<Result<Resource<types::FutureIncomingResponse>, types::ErrorCode>, Error> {
        let timeouts = match options {
            Some(options) => self.table.delete(options)?,
            None => RequestTimeouts::default(),
        };
        let sent = self.table.delete(request)?.check().and_then(|request| request.send(&self.ctx.http, timeouts));
        match sent {
            Ok(pending) => Ok(Ok(self.table.push(pending)?)),
            Err(code) => Ok(Err(code.into())),
        }
    }
}

impl Request {
    /// The request that can be sent.
    ///
    /// # Errors
    /// If it cannot be sent as it is.
    fn check(self) -> Result<OutgoingRequest, ErrorCode> {
        let Request { method, path, scheme, authority, message } = self;
        let tls = match scheme {
            Some(types::Scheme::Http) => false,
            Some(types::Scheme::Https) | None => true,
            Some(types::Scheme::Other(_)) => return Err(ErrorCode::HttpProtocolError),
        };
        let method = self::method(&method).ok_or(ErrorCode::HttpProtocolError)?;
        let authority = authority.and_then(|authority| authority.parse().ok());
        let authority: Authority = authority.ok_or(ErrorCode::HttpRequestUriInvalid)?;
        let path = self::path(path).flatten().ok_or(ErrorCode::HttpProtocolError)?;
        match (message.length, &message.body) {
            (Err(()), _) => return Err(ErrorCode::HttpProtocolError),
            (Ok(Some(length)), Some(_)) if length > 0 => return Err(ErrorCode::HttpRequestBodySize(Some(0))),
            (Ok(_), _) => {}
        }
        let (fields, body) = message.send();
        Ok(OutgoingRequest { method, tls, authority, path, fields, body: OutgoingBody::Made(body) })
    }
}

type Got<T> = Option<Result<Result<T, types::ErrorCode>, ()>>;

impl types::HostFutureIncomingResponse for WasiCtxView<'_> {
    fn subscribe(
        &mut self,
        this: ResourceBorrow<types::FutureIncomingResponse>,
    ) -> Result<Resource<poll::Pollable>, Error> {
        let pending = self.table.get(&this)?.clone();
        subscribe(self.table, pending, &this)
    }

    fn get(
        &mut self,
        this: ResourceBorrow<types::FutureIncomingResponse>,
    ) -> Result<Got<Resource<types::IncomingResponse>>, Error> {
        let pending = self.table.get(&this)?;
        Ok(match wait::now(|cx| pending.poll(cx)) {
            None => None,
            Some(None) => Some(Err(())),
            Some(Some(Ok(response))) => Some(Ok(Ok(incoming::response(self.table, response)?))),
            Some(Some(Err(code))) => Some(Ok(Err(code.into()))),
        })
    }

    fn drop(&mut self, this: Resource<types::FutureIncomingResponse>) -> Result<(), Error> {
        self.table.delete(this).map(|_| ())
    }
}

impl types::Host for WasiCtxView<'_> {
    fn http_error_code(&mut self, err: ResourceBorrow<error::Error>) -> Result<Option<types::ErrorCode>, Error> {
        Ok(ErrorCode::of_stream(&self.table.get(&err)?.error).map(Into::into))
    }
}
