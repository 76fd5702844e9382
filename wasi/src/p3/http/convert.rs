//! Methods and codes of errors, as `wasi:http` has them and as the crate has them.

use super::bindings::wasi::http::types;
use crate::http::{conversions, convert_codes, convert_record, error_codes};

conversions!();
