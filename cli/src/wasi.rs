//! The parts of the machine that a component is given when it runs.

use std::env;

use witwright_wasi::{FsPerms, SocketAddrUse, WasiCtx, WasiCtxBuilder, WasiState};

use crate::args::{DirGrant, Grants, RunArgs, ServeArgs};
use crate::failure::Failure;

/// The state of a store whose guest is a command: it has the grants of the arguments, and the standard streams.
pub(crate) fn command(args: &RunArgs) -> Result<WasiState, Failure> {
    let mut builder = WasiCtx::builder();
    builder.inherit_stdio().arg(args.component.to_string_lossy()).args(&args.args);
    granted(builder, &args.grants)
}

/// The state of a store whose guest is a service: it has the grants of the arguments, and the standard outputs.
pub(crate) fn service(args: &ServeArgs) -> Result<WasiState, Failure> {
    let mut builder = WasiCtx::builder();
    builder.inherit_stdout().inherit_stderr();
    granted(builder, &args.grants)
}

fn granted(mut builder: WasiCtxBuilder, grants: &Grants) -> Result<WasiState, Failure> {
    if grants.inherit_env {
        builder.inherit_env();
    }
    for variable in &grants.env {
        set(&mut builder, variable)?;
    }
    for DirGrant { host, guest, read_only } in &grants.dir {
        let perms = if *read_only { FsPerms::ReadOnly } else { FsPerms::ReadWrite };
        builder.preopened_dir(host, guest, perms).map_err(|error| Failure::Grant(host.into(), error))?;
    }
    grant_network(&mut builder, grants);
    Ok(WasiState::new(builder.build()))
}

/// Lets the guest use the addresses that it is given.
fn grant_network(builder: &mut WasiCtxBuilder, grants: &Grants) {
    if grants.inherit_network {
        builder.inherit_network().allow_outgoing_requests();
        return;
    }
    let http = grants.http.clone();
    builder.outgoing_request_check(move |server| http.iter().any(|grant| grant.has(server)));
    let (connect, listen) = (grants.connect.clone(), grants.listen.clone());
    builder.allow_ip_name_lookup(!connect.is_empty());
    builder.socket_addr_check(move |address, wanted| match wanted {
        // A socket that is to connect or to send is bound to any port of this machine first.
        SocketAddrUse::TcpBind | SocketAddrUse::UdpBind if address.port() == 0 && !connect.is_empty() => true,
        SocketAddrUse::TcpBind | SocketAddrUse::UdpBind => listen.iter().any(|grant| grant.has(address)),
        SocketAddrUse::TcpConnect | SocketAddrUse::UdpConnect | SocketAddrUse::UdpOutgoingDatagram => {
            connect.iter().any(|grant| grant.has(address))
        }
    });
}

/// Sets a variable: `NAME=VALUE`, or `NAME` with the value that it has here.
fn set(builder: &mut WasiCtxBuilder, variable: &str) -> Result<(), Failure> {
    match variable.split_once('=') {
        Some((name, value)) => builder.env(name, value),
        None => {
            let value = env::var(variable).map_err(|_| Failure::NoVariable(variable.to_owned()))?;
            builder.env(variable, value)
        }
    };
    Ok(())
}
