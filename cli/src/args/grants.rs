//! The parts of the machine that a component is given by `run` and `serve`.

use core::net::{IpAddr, SocketAddr};
use core::str::FromStr;
use std::path::PathBuf;

use clap::Args;
use witwright_wasi::http::Destination;

/// Reads a variable.
fn variable(text: &str) -> Result<String, &'static str> {
    if text.is_empty() || text.starts_with('=') {
        Err("the name is missing; write `NAME=VALUE`")
    } else {
        Ok(text.to_owned())
    }
}

/// The parts of the machine that a component is given.
#[derive(Debug, Args)]
pub(crate) struct Grants {
    /// Give the component a directory, under the same path or another one; with `:ro`, for reading only.
    #[arg(long, value_name = "HOST[::GUEST][:ro]")]
    pub(crate) dir: Vec<DirGrant>,
    /// Set a variable of the component's environment; without a value, to the value in this environment.
    #[arg(long, value_name = "NAME[=VALUE]", value_parser = variable)]
    pub(crate) env: Vec<String>,
    /// Give the component all variables of this environment.
    #[arg(long)]
    pub(crate) inherit_env: bool,
    /// Let the component use the whole network, and look up names.
    #[arg(long)]
    pub(crate) inherit_network: bool,
    /// Let the component connect and send to this address, and look up names; `*` stands for every port.
    #[arg(long, value_name = "IP:PORT")]
    pub(crate) connect: Vec<AddressGrant>,
    /// Let the component listen and receive on this address; `*` stands for every port.
    #[arg(long, value_name = "IP:PORT")]
    pub(crate) listen: Vec<AddressGrant>,
    /// Let the component send HTTP requests to this server, on its usual ports or on one port; `*` stands for every server, or
    /// every port.
    #[arg(long, value_name = "HOST[:PORT]")]
    pub(crate) http: Vec<HttpGrant>,
}

/// Servers that a component may send requests to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct HttpGrant {
    /// `None` for every one.
    pub(crate) host: Option<String>,
    pub(crate) ports: Ports,
}

/// The ports of a server.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Ports {
    /// The port of the scheme.
    Usual,
    One(u16),
    Every,
}

impl HttpGrant {
    /// Whether requests to a server are granted.
    pub(crate) fn has(&self, server: &Destination) -> bool {
        let is_port = match self.ports {
            Ports::Usual => server.port == if server.tls { 443 } else { 80 },
            Ports::One(port) => server.port == port,
            Ports::Every => true,
        };
        is_port && self.host.as_ref().is_none_or(|host| *host == server.host)
    }
}

impl FromStr for HttpGrant {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<HttpGrant, &'static str> {
        let help = "write a server as in `example.com`, `127.0.0.1:8080`, `[::1]:8080`, `example.com:*` or `*`";
        if text == "*" {
            return Ok(HttpGrant { host: None, ports: Ports::Every });
        }
        // The colons of an IPv6 address are within brackets.
        let (host, ports) = match text.rsplit_once(':').filter(|(_, port)| !port.contains(']')) {
            Some((host, "*")) => (host, Ports::Every),
            Some((host, port)) => (host, Ports::One(port.parse().map_err(|_| help)?)),
            None => (text, Ports::Usual),
        };
        let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
        if host.is_empty() || host.contains(['/', '@', '*']) {
            return Err(help);
        }
        Ok(HttpGrant { host: Some(host.to_ascii_lowercase()), ports })
    }
}

/// Addresses that a component may use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct AddressGrant {
    pub(crate) ip: IpAddr,
    /// `None` for every port.
    pub(crate) port: Option<u16>,
}

impl AddressGrant {
    /// Whether an address is one of them.
    pub(crate) fn has(&self, address: SocketAddr) -> bool {
        address.ip() == self.ip && self.port.is_none_or(|port| port == address.port())
    }
}

impl FromStr for AddressGrant {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<AddressGrant, &'static str> {
        let help = "write an address and a port, as in `127.0.0.1:8080`, `[::1]:8080` or `127.0.0.1:*`";
        let (ip, port) = text.rsplit_once(':').ok_or(help)?;
        let ip = ip.strip_prefix('[').and_then(|ip| ip.strip_suffix(']')).unwrap_or(ip);
        let port = if port == "*" { None } else { Some(port.parse().map_err(|_| help)?) };
        Ok(AddressGrant { ip: ip.parse().map_err(|_| help)?, port })
    }
}

/// A directory that a component is given.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct DirGrant {
    pub(crate) host: PathBuf,
    pub(crate) guest: String,
    pub(crate) read_only: bool,
}

impl FromStr for DirGrant {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<DirGrant, &'static str> {
        let (paths, read_only) = text.strip_suffix(":ro").map_or((text, false), |paths| (paths, true));
        if let Some((_, mode)) = paths.rsplit_once(':')
            && matches!(mode, "r" | "w" | "rw" | "wo" | "rwx" | "ro")
        {
            return Err("the only mode is `:ro`, for reading alone; leave it out for reading and writing");
        }
        let (host, guest) = paths.split_once("::").unwrap_or((paths, paths));
        if host.is_empty() || guest.is_empty() {
            return Err("a path is missing; write `HOST`, or `HOST::GUEST`");
        }
        Ok(DirGrant { host: host.into(), guest: guest.to_owned(), read_only })
    }
}
