//! Talks to itself over the network: `net ADDRESS`.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream, ToSocketAddrs, UdpSocket};

/// More than the system and the host keep for it.
const LARGE_BYTES: usize = 200_000;

fn main() -> io::Result<()> {
    let address = std::env::args().nth(1).expect("an address");
    let listener = TcpListener::bind((address.as_str(), 0))?;
    let mut client = TcpStream::connect(listener.local_addr()?)?;
    let (mut server, peer) = listener.accept()?;
    println!("peer {}", peer == client.local_addr()?);
    client.write_all(b"ping")?;
    let mut bytes = [0; 4];
    server.read_exact(&mut bytes)?;
    server.write_all(&bytes)?;
    client.read_exact(&mut bytes)?;
    println!("echo {:?}", core::str::from_utf8(&bytes));
    server.write_all(&vec![7; LARGE_BYTES])?;
    server.shutdown(Shutdown::Write)?;
    let mut rest = Vec::new();
    client.read_to_end(&mut rest)?;
    println!("rest {}", rest.len() == LARGE_BYTES && rest.iter().all(|byte| *byte == 7));
    client.set_nonblocking(true)?;
    drop(server);

    let first = UdpSocket::bind((address.as_str(), 0))?;
    let second = UdpSocket::bind((address.as_str(), 0))?;
    first.send_to(b"datagram", second.local_addr()?)?;
    let mut bytes = [0; 100];
    let (count, from) = second.recv_from(&mut bytes)?;
    println!("datagram {:?} {}", core::str::from_utf8(&bytes[..count]), from == first.local_addr()?);

    let taken = listener.local_addr()?;
    println!("taken {:?}", TcpListener::bind(taken).map_err(|error| error.kind()).err());
    drop((listener, client));
    println!("refused {:?}", TcpStream::connect(taken).map_err(|error| error.kind()).err());
    println!("name {}", ("localhost", 80).to_socket_addrs().is_ok_and(|mut addresses| addresses.next().is_some()));
    Ok(())
}
