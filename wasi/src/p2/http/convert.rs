//! Methods and codes of errors, as `wasi:http` has them and as the crate has them.

use core::mem::discriminant;

use hyper::Method;

use super::bindings::wasi::http::types;
use crate::http::{self, error_codes};

macro_rules! convert {
    (
        plain { $($plain:ident,)* }
        payload { $($code:ident($payload:ty),)* }
        optional { $($optional:ident($inner:ty),)* }
    ) => {
        impl From<http::ErrorCode> for types::ErrorCode {
            fn from(code: http::ErrorCode) -> types::ErrorCode {
                match code {
                    $(http::ErrorCode::$plain => types::ErrorCode::$plain,)*
                    $(http::ErrorCode::$code(payload) => types::ErrorCode::$code(payload.into()),)*
                    $(http::ErrorCode::$optional(payload) => types::ErrorCode::$optional(payload.map(Into::into)),)*
                }
            }
        }

        impl From<types::ErrorCode> for http::ErrorCode {
            fn from(code: types::ErrorCode) -> http::ErrorCode {
                match code {
                    $(types::ErrorCode::$plain => http::ErrorCode::$plain,)*
                    $(types::ErrorCode::$code(payload) => http::ErrorCode::$code(payload.into()),)*
                    $(types::ErrorCode::$optional(payload) => http::ErrorCode::$optional(payload.map(Into::into)),)*
                }
            }
        }
    };
}
error_codes!(convert);

/// The conversions of a record, in both directions.
macro_rules! record {
    ($name:ident { $($field:ident),* }) => {
        impl From<http::$name> for types::$name {
            fn from(http::$name { $($field),* }: http::$name) -> types::$name {
                types::$name { $($field),* }
            }
        }

        impl From<types::$name> for http::$name {
            fn from(types::$name { $($field),* }: types::$name) -> http::$name {
                http::$name { $($field),* }
            }
        }
    };
}
record!(DnsErrorPayload { rcode, info_code });
record!(TlsAlertReceivedPayload { alert_id, alert_message });
record!(FieldSizePayload { field_name, field_size });

/// The methods that have cases of their own.
const METHODS: [(Method, types::Method); 9] = [
    (Method::GET, types::Method::Get),
    (Method::HEAD, types::Method::Head),
    (Method::POST, types::Method::Post),
    (Method::PUT, types::Method::Put),
    (Method::DELETE, types::Method::Delete),
    (Method::CONNECT, types::Method::Connect),
    (Method::OPTIONS, types::Method::Options),
    (Method::TRACE, types::Method::Trace),
    (Method::PATCH, types::Method::Patch),
];

pub(super) fn method_of(method: &Method) -> types::Method {
    match METHODS.into_iter().find(|(known, _)| known == method) {
        Some((_, case)) => case,
        None => types::Method::Other(method.as_str().to_owned()),
    }
}

/// `None` if it is not a method of HTTP.
pub(super) fn method(method: &types::Method) -> Option<Method> {
    if let types::Method::Other(name) = method {
        return Method::from_bytes(name.as_bytes()).ok();
    }
    METHODS.into_iter().find(|(_, case)| discriminant(case) == discriminant(method)).map(|(known, _)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_pass_unchanged() {
        for (known, _) in METHODS {
            assert_eq!(method(&method_of(&known)), Some(known));
        }
        let other = types::Method::Other("PURGE".to_owned());
        assert!(matches!(method_of(&method(&other).unwrap()), types::Method::Other(name) if name == "PURGE"));
        assert_eq!(method(&types::Method::Other("a b".to_owned())), None);
    }
}
