//! `request`, `request-options` and `response` of `wasi:http/types`.

use core::time::Duration;

use hyper::Method;
use witwright_host::{
    Access, CoreEngine, Error, FutureReader, Resource, ResourceBorrow, StoreContextMut, StreamReader,
};

use super::super::streams::Outcome;
use super::bindings::wasi::http::types::{self, ErrorCode, RequestOptionsError};
use super::convert::{method, method_of};
use super::fields::{fixed, take};
use super::values::{Body, Options, Request, Response, Trailers};
use crate::ctx::{HasWasi, WasiCtxView, WasiView};
use crate::http::{
    self, IncomingRequest, IncomingResponse, OutgoingRequest, OutgoingResponse, RequestTimeouts, authority, is_scheme,
    path,
};

type Req = ResourceBorrow<types::Request>;
type Res = ResourceBorrow<types::Response>;
type Opts = ResourceBorrow<types::RequestOptions>;
type Set = Result<Result<(), ()>, Error>;

/// Sets a value, if it is one.
fn set<T>(place: &mut T, value: Option<T>) -> Set {
    Ok(value.map(|value| *place = value).ok_or(()))
}

impl Request {
    /// A request that came from the network.
    pub(super) fn received(request: IncomingRequest) -> Request {
        let IncomingRequest { method, path, authority, fields, body } = request;
        let scheme = Some(types::Scheme::Http);
        Request { method, path, scheme, authority, fields, timeouts: None, body: Body::Received(body) }
    }

    /// The request that can be sent.
    ///
    /// # Errors
    /// If it cannot be sent as it is.
    pub(super) fn send<T: WasiView + Send, E: CoreEngine>(
        self,
        cx: &mut StoreContextMut<'_, T, E>,
    ) -> Result<OutgoingRequest, http::ErrorCode> {
        let Request { method, path, scheme, authority, fields, body, .. } = self;
        let tls = match scheme {
            Some(types::Scheme::Http) => false,
            Some(types::Scheme::Https) | None => true,
            Some(types::Scheme::Other(_)) => return Err(http::ErrorCode::HttpProtocolError),
        };
        let authority = authority.ok_or(http::ErrorCode::HttpRequestUriInvalid)?;
        let path = path.ok_or(http::ErrorCode::HttpRequestUriInvalid)?;
        let length = fields.content_length().map_err(|_| http::ErrorCode::HttpProtocolError)?;
        let body = body.send(cx, length, http::ErrorCode::HttpRequestBodySize, false);
        Ok(OutgoingRequest { method, tls, authority, path, fields, body })
    }
}

impl Response {
    /// A response that came from the network.
    pub(super) fn received(response: IncomingResponse) -> Response {
        let IncomingResponse { status, fields, body } = response;
        Response { status, fields, body: Body::Received(body) }
    }

    /// The response that can be sent.
    ///
    /// # Errors
    /// If it cannot be sent as it is.
    pub(super) fn send<T: WasiView + Send, E: CoreEngine>(
        self,
        cx: &mut StoreContextMut<'_, T, E>,
    ) -> Result<OutgoingResponse, http::ErrorCode> {
        let Response { status, fields, body } = self;
        let length = fields.content_length().map_err(|_| http::ErrorCode::HttpProtocolError)?;
        let body = body.send(cx, length, http::ErrorCode::HttpResponseBodySize, true);
        Ok(OutgoingResponse { status, fields, body })
    }
}

impl WasiCtxView<'_> {
    fn http_request(&mut self, this: Req) -> Result<&mut Request, Error> {
        self.table.get_mut(&this)
    }

    fn http_response(&mut self, this: Res) -> Result<&mut Response, Error> {
        self.table.get_mut(&this)
    }
}

impl<T: WasiView + Send> types::HostRequestWithStore for HasWasi<T> {
    async fn new<E: CoreEngine>(
        access: &Access<T, E>,
        headers: Resource<types::Headers>,
        contents: Option<StreamReader<u8>>,
        trailers: FutureReader<Trailers>,
        options: Option<Resource<types::RequestOptions>>,
    ) -> Result<(Resource<types::Request>, FutureReader<Outcome<ErrorCode>>), Error> {
        access.with(|mut cx| {
            let (body, transmitted) = Body::made(&mut cx, contents, trailers)?;
            let table = cx.data_mut().wasi().table;
            let fields = take(table, headers)?;
            let options: Option<Options> = options.map(|options| table.delete(options)).transpose()?;
            let timeouts = options.map(|options| options.timeouts);
            let request =
                Request { method: Method::GET, path: None, scheme: None, authority: None, fields, timeouts, body };
            Ok((table.push(request)?, transmitted))
        })
    }

    async fn consume_body<E: CoreEngine>(
        access: &Access<T, E>,
        this: Resource<types::Request>,
        result: FutureReader<Outcome<ErrorCode>>,
    ) -> Result<(StreamReader<u8>, FutureReader<Trailers>), Error> {
        access.with(|mut cx| {
            let request: Request = cx.data_mut().wasi().table.delete(this)?;
            request.body.consume(&mut cx, result)
        })
    }
}

impl types::HostRequest for WasiCtxView<'_> {
    fn get_method(&mut self, this: Req) -> Result<types::Method, Error> {
        Ok(method_of(&self.http_request(this)?.method))
    }

    fn set_method(&mut self, this: Req, value: types::Method) -> Set {
        set(&mut self.http_request(this)?.method, method(&value))
    }

    fn get_path_with_query(&mut self, this: Req) -> Result<Option<String>, Error> {
        Ok(self.http_request(this)?.path.as_ref().map(|path| path.as_str().to_owned()))
    }

    fn set_path_with_query(&mut self, this: Req, value: Option<String>) -> Set {
        set(&mut self.http_request(this)?.path, path(value))
    }

    fn get_scheme(&mut self, this: Req) -> Result<Option<types::Scheme>, Error> {
        Ok(self.http_request(this)?.scheme.clone())
    }

    fn set_scheme(&mut self, this: Req, value: Option<types::Scheme>) -> Set {
        let is_valid = match &value {
            Some(types::Scheme::Other(name)) => is_scheme(name),
            Some(types::Scheme::Http | types::Scheme::Https) | None => true,
        };
        set(&mut self.http_request(this)?.scheme, is_valid.then_some(value))
    }

    fn get_authority(&mut self, this: Req) -> Result<Option<String>, Error> {
        Ok(self.http_request(this)?.authority.as_ref().map(ToString::to_string))
    }

    fn set_authority(&mut self, this: Req, value: Option<String>) -> Set {
        set(&mut self.http_request(this)?.authority, authority(value))
    }

    fn get_options(&mut self, this: Req) -> Result<Option<Resource<types::RequestOptions>>, Error> {
        let timeouts = self.http_request(this)?.timeouts;
        timeouts.map(|timeouts| self.table.push(Options { timeouts, is_fixed: true })).transpose()
    }

    fn get_headers(&mut self, this: Req) -> Result<Resource<types::Headers>, Error> {
        let fields = self.http_request(this)?.fields.clone();
        fixed(self.table, &fields)
    }

    fn drop(&mut self, this: Resource<types::Request>) -> Result<(), Error> {
        self.table.delete(this).map(|_| ())
    }
}

/// The getter and the setter of a time, in nanoseconds.
macro_rules! timeout {
    ($field:ident, $get:ident, $set:ident) => {
        fn $get(&mut self, this: Opts) -> Result<Option<types::Duration>, Error> {
            let time = self.table.get(&this)?.timeouts.$field;
            // The value was set from a `u64`, so it fits.
            Ok(time.map(|time| u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)))
        }

        fn $set(
            &mut self,
            this: Opts,
            value: Option<types::Duration>,
        ) -> Result<Result<(), RequestOptionsError>, Error> {
            let options = self.table.get_mut(&this)?;
            if options.is_fixed {
                return Ok(Err(RequestOptionsError::Immutable));
            }
            options.timeouts.$field = value.map(Duration::from_nanos);
            Ok(Ok(()))
        }
    };
}

impl types::HostRequestOptions for WasiCtxView<'_> {
    fn new(&mut self) -> Result<Resource<types::RequestOptions>, Error> {
        self.table.push(Options { timeouts: RequestTimeouts::default(), is_fixed: false })
    }

    timeout!(connect, get_connect_timeout, set_connect_timeout);
    timeout!(first_byte, get_first_byte_timeout, set_first_byte_timeout);
    timeout!(between_bytes, get_between_bytes_timeout, set_between_bytes_timeout);

    fn clone(&mut self, this: Opts) -> Result<Resource<types::RequestOptions>, Error> {
        let timeouts = self.table.get(&this)?.timeouts;
        self.table.push(Options { timeouts, is_fixed: false })
    }

    fn drop(&mut self, this: Resource<types::RequestOptions>) -> Result<(), Error> {
        self.table.delete(this).map(|_| ())
    }
}

impl<T: WasiView + Send> types::HostResponseWithStore for HasWasi<T> {
    async fn new<E: CoreEngine>(
        access: &Access<T, E>,
        headers: Resource<types::Headers>,
        contents: Option<StreamReader<u8>>,
        trailers: FutureReader<Trailers>,
    ) -> Result<(Resource<types::Response>, FutureReader<Outcome<ErrorCode>>), Error> {
        access.with(|mut cx| {
            let (body, transmitted) = Body::made(&mut cx, contents, trailers)?;
            let table = cx.data_mut().wasi().table;
            let fields = take(table, headers)?;
            Ok((table.push(Response { status: 200, fields, body })?, transmitted))
        })
    }

    async fn consume_body<E: CoreEngine>(
        access: &Access<T, E>,
        this: Resource<types::Response>,
        result: FutureReader<Outcome<ErrorCode>>,
    ) -> Result<(StreamReader<u8>, FutureReader<Trailers>), Error> {
        access.with(|mut cx| {
            let response: Response = cx.data_mut().wasi().table.delete(this)?;
            response.body.consume(&mut cx, result)
        })
    }
}

impl types::HostResponse for WasiCtxView<'_> {
    fn get_status_code(&mut self, this: Res) -> Result<types::StatusCode, Error> {
        Ok(self.http_response(this)?.status)
    }

    fn set_status_code(&mut self, this: Res, value: types::StatusCode) -> Set {
        set(&mut self.http_response(this)?.status, (100..600).contains(&value).then_some(value))
    }

    fn get_headers(&mut self, this: Res) -> Result<Resource<types::Headers>, Error> {
        let fields = self.http_response(this)?.fields.clone();
        fixed(self.table, &fields)
    }

    fn drop(&mut self, this: Resource<types::Response>) -> Result<(), Error> {
        self.table.delete(this).map(|_| ())
    }
}

impl types::Host for WasiCtxView<'_> {}
