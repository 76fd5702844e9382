//! Lookups of the addresses of names.

use core::future::Future;
use core::net::IpAddr;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::io;
use std::net::ToSocketAddrs;
use std::sync::{Arc, Mutex, PoisonError};

use blocking::Task;
use url::Host;

use super::error::ErrorCode;
use super::policy::Policy;
use crate::wait::{self, Ready};

/// The largest number of bytes in a name.
const MAX_NAME_BYTES: usize = 253;

/// The addresses of a name, which may still be looked up.
#[derive(Clone)]
pub struct Lookup(Arc<Mutex<State>>);

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
        let state = match host(name).ok_or(ErrorCode::InvalidArgument)? {
            Host::Domain(name) => State::Asking(addresses(&name)),
            Host::Ipv4(address) => State::Known(Ok(vec![address.into()].into_iter())),
            Host::Ipv6(address) => State::Known(Ok(vec![address.into()].into_iter())),
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

/// A name, or an address, in the form for the system: names that are not in ASCII are converted by IDNA.
fn host(name: &str) -> Option<Host> {
    // An address of IPv6 needs no brackets here, as it does in a URL.
    let host = name.parse().map(Host::Ipv6).or_else(|_| Host::parse(name)).ok()?;
    match &host {
        Host::Domain(name) if name.len() > MAX_NAME_BYTES || name.contains("..") => None,
        Host::Domain(_) | Host::Ipv4(_) | Host::Ipv6(_) => Some(host),
    }
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
    fn names_are_converted_for_the_system() {
        let domain = |name: &str| Some(Host::Domain(name.to_owned()));
        assert_eq!(host("EXAMPLE.com."), domain("example.com."));
        assert_eq!(host("münchen.example"), domain("xn--mnchen-3ya.example"));
        assert_eq!(host("例え.テスト"), domain("xn--r8jz45g.xn--zckzah"));
        assert_eq!(host("ＬＯＣＡＬＨＯＳＴ"), domain("localhost"));
        assert_eq!(host(&"a.".repeat(127)), None);
    }

    #[test]
    fn no_name_is_looked_up_unless_it_is_allowed() {
        assert_eq!(Lookup::new("localhost", &Policy::default()).err(), Some(ErrorCode::PermanentResolverFailure));
    }
}
