//! Conversions that are the same in all versions of WASI, for the types of each version.

/// Conversions of error codes, in both directions.
macro_rules! convert_codes {
    (
        plain { $($plain:ident,)* }
        payload { $($code:ident($payload:ty),)* }
        optional { $($optional:ident($inner:ty),)* }
    ) => {
        impl From<crate::http::ErrorCode> for types::ErrorCode {
            fn from(code: crate::http::ErrorCode) -> types::ErrorCode {
                match code {
                    $(crate::http::ErrorCode::$plain => types::ErrorCode::$plain,)*
                    $(crate::http::ErrorCode::$code(payload) => types::ErrorCode::$code(payload.into()),)*
                    $(crate::http::ErrorCode::$optional(payload) => types::ErrorCode::$optional(payload.map(Into::into)),)*
                }
            }
        }

        impl From<types::ErrorCode> for crate::http::ErrorCode {
            fn from(code: types::ErrorCode) -> crate::http::ErrorCode {
                match code {
                    $(types::ErrorCode::$plain => crate::http::ErrorCode::$plain,)*
                    $(types::ErrorCode::$code(payload) => crate::http::ErrorCode::$code(payload.into()),)*
                    $(types::ErrorCode::$optional(payload) => crate::http::ErrorCode::$optional(payload.map(Into::into)),)*
                }
            }
        }
    };
}
pub(crate) use convert_codes;

/// Conversions of a record, in both directions.
macro_rules! convert_record {
    ($name:ident { $($field:ident),* }) => {
        impl From<crate::http::$name> for types::$name {
            fn from(crate::http::$name { $($field),* }: crate::http::$name) -> types::$name {
                types::$name { $($field),* }
            }
        }

        impl From<types::$name> for crate::http::$name {
            fn from(types::$name { $($field),* }: types::$name) -> crate::http::$name {
                crate::http::$name { $($field),* }
            }
        }
    };
}
pub(crate) use convert_record;

/// Defines conversions of methods and error codes. The module `types` that is in scope has those of one version of WASI.
macro_rules! conversions {
    () => {
        error_codes!(convert_codes);
        convert_record!(DnsErrorPayload { rcode, info_code });
        convert_record!(TlsAlertReceivedPayload { alert_id, alert_message });
        convert_record!(FieldSizePayload { field_name, field_size });

        /// The methods that have cases of their own.
        const METHODS: [(hyper::Method, types::Method); 9] = [
            (hyper::Method::GET, types::Method::Get),
            (hyper::Method::HEAD, types::Method::Head),
            (hyper::Method::POST, types::Method::Post),
            (hyper::Method::PUT, types::Method::Put),
            (hyper::Method::DELETE, types::Method::Delete),
            (hyper::Method::CONNECT, types::Method::Connect),
            (hyper::Method::OPTIONS, types::Method::Options),
            (hyper::Method::TRACE, types::Method::Trace),
            (hyper::Method::PATCH, types::Method::Patch),
        ];

        pub(super) fn method_of(method: &hyper::Method) -> types::Method {
            match METHODS.into_iter().find(|(known, _)| known == method) {
                Some((_, case)) => case,
                None => types::Method::Other(method.as_str().to_owned()),
            }
        }

        /// The method as hyper has it. `None` if it is not a method of HTTP.
        pub(super) fn method(method: &types::Method) -> Option<hyper::Method> {
            if let types::Method::Other(name) = method {
                return hyper::Method::from_bytes(name.as_bytes()).ok();
            }
            METHODS
                .into_iter()
                .find(|(_, case)| core::mem::discriminant(case) == core::mem::discriminant(method))
                .map(|(known, _)| known)
        }
    };
}
pub(crate) use conversions;
