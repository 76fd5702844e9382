//! Addresses of names.

use core::future::Future;
use core::net::IpAddr;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::io;
use std::net::ToSocketAddrs;
use std::sync::{Arc, Mutex, PoisonError};

use blocking::Task;

use super::error::ErrorCode;
use super::policy::Policy;
use crate::wait::{self, Ready};

/// The most bytes of a name.
const MOST_NAME_BYTES: usize = 253;

/// The addresses of a name, which may still be looked up.
#[derive(Clone)]
pub(crate) struct Lookup(Arc<Mutex<State>>);

enum State {
    /// A thread of the pool asks the system.
    Asking(Task<io::Result<Vec<IpAddr>>>),
    Known(Result<std::vec::IntoIter<IpAddr>, ErrorCode>),
}

impl Lookup {
    /// Starts to look up a name; an address is a name for itself.
    pub(crate) fn new(name: &str, policy: &Policy) -> Result<Lookup, ErrorCode> {
        if !policy.names {
            return Err(ErrorCode::PermanentResolverFailure);
        }
        let literal = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
        let state = if let Ok(address) = literal.parse::<IpAddr>() {
            State::Known(Ok(vec![address].into_iter()))
        } else if is_name(name) {
            State::Asking(addresses(name))
        } else {
            return Err(ErrorCode::InvalidArgument);
        };
        Ok(Lookup(Arc::new(Mutex::new(state))))
    }

    /// The next address; `None` after the last.
    pub(crate) fn next(&self) -> Result<Option<IpAddr>, ErrorCode> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if wait::now(|cx| state.poll_known(cx)).is_none() {
            return Err(ErrorCode::WouldBlock);
        }
        match &mut *state {
            State::Known(Ok(addresses)) => Ok(addresses.next()),
            State::Known(Err(code)) => Err(*code),
            State::Asking(_) => Err(ErrorCode::WouldBlock),
        }
    }

    /// All addresses that were not given yet.
    pub(crate) fn rest(&self) -> Result<Vec<IpAddr>, ErrorCode> {
        core::iter::from_fn(|| self.next().transpose()).collect()
    }
}

/// Asks the system for the addresses of a name, on a thread of the pool.
pub(crate) fn addresses(name: &str) -> Task<io::Result<Vec<IpAddr>>> {
    let name = name.to_owned();
    blocking::unblock(move || {
        Ok((name.as_str(), 0).to_socket_addrs()?.map(|address| address.ip().to_canonical()).collect())
    })
}

/// Whether the system may be asked for a name.
fn is_name(name: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    !name.is_empty() && name.len() <= MOST_NAME_BYTES && name.bytes().all(is_letter) && !name.contains("..")
}

impl State {
    fn poll_known(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if let State::Asking(task) = self {
            let Poll::Ready(result) = Pin::new(task).poll(cx) else { return Poll::Pending };
            // The system's errors for names have no numbers in Rust.
            *self = State::Known(result.map(Vec::into_iter).map_err(|_| ErrorCode::NameUnresolvable));
        }
        Poll::Ready(())
    }
}

impl Ready for Lookup {
    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).poll_known(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_its_own_name() {
        let mut allowed = Policy::default();
        allowed.names = true;
        let lookup = |name| Lookup::new(name, &allowed);
        let literal = lookup("127.0.0.1").unwrap();
        assert_eq!(literal.next(), Ok(Some("127.0.0.1".parse().unwrap())));
        assert_eq!(literal.next(), Ok(None));
        assert_eq!(lookup("[::1]").unwrap().next(), Ok(Some("::1".parse().unwrap())));
        for invalid in ["", "a b", "example.com:80", "http://example.com", "a..b"] {
            assert_eq!(lookup(invalid).err(), Some(ErrorCode::InvalidArgument), "{invalid}");
        }
    }

    #[test]
    fn no_name_is_looked_up_unless_it_is_allowed() {
        assert_eq!(Lookup::new("localhost", &Policy::default()).err(), Some(ErrorCode::PermanentResolverFailure));
    }
}
