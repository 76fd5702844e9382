//! TCP, UDP, and names.

use wasip3::sockets::ip_name_lookup;
use wasip3::sockets::types::{
    ErrorCode, IpAddress, IpAddressFamily, IpSocketAddress, Ipv4SocketAddress, Ipv6SocketAddress, TcpSocket, UdpSocket,
};

use crate::join::both;

const V4: IpAddressFamily = IpAddressFamily::Ipv4;

fn address(address: (u8, u8, u8, u8), port: u16) -> IpSocketAddress {
    IpSocketAddress::Ipv4(Ipv4SocketAddress { port, address })
}

fn local(port: u16) -> IpSocketAddress {
    address((127, 0, 0, 1), port)
}

fn port(address: &IpSocketAddress) -> u16 {
    match address {
        IpSocketAddress::Ipv4(address) => address.port,
        IpSocketAddress::Ipv6(address) => address.port,
    }
}

/// The error code of a failure.
fn code<T>(result: Result<T, ErrorCode>) -> String {
    match result {
        Ok(_) => "ok".to_owned(),
        Err(code) => format!("{code:?}"),
    }
}

const INVALID_STATE: &str = "ErrorCode::InvalidState";
const INVALID_ARGUMENT: &str = "ErrorCode::InvalidArgument";

pub async fn run() -> Result<(), ()> {
    tcp_states().await;
    tcp_bytes().await;
    tcp_ends().await;
    udp().await;
    names().await;
    Ok(())
}

/// No address may be used.
pub async fn refused() -> Result<(), ()> {
    const ACCESS_DENIED: &str = "ErrorCode::AccessDenied";
    let tcp = TcpSocket::create(V4).unwrap();
    assert_eq!(code(tcp.bind(local(0))), ACCESS_DENIED);
    assert_eq!(code(tcp.listen()), ACCESS_DENIED);
    assert_eq!(code(tcp.connect(local(1)).await), ACCESS_DENIED);
    let udp = UdpSocket::create(V4).unwrap();
    assert_eq!(code(udp.bind(local(0))), ACCESS_DENIED);
    assert_eq!(code(udp.connect(local(1))), ACCESS_DENIED);
    assert_eq!(code(udp.send(vec![1], Some(local(1))).await), ACCESS_DENIED);
    let found = ip_name_lookup::resolve_addresses("localhost".to_owned()).await;
    assert!(matches!(found, Err(ip_name_lookup::ErrorCode::PermanentResolverFailure)), "{found:?}");
    Ok(())
}

fn mapped(port: u16) -> IpSocketAddress {
    let address = (0, 0, 0, 0, 0, 0xffff, 0x7f00, 1);
    IpSocketAddress::Ipv6(Ipv6SocketAddress { port, flow_info: 0, address, scope_id: 0 })
}

/// The operations that a socket refuses in each state.
async fn tcp_states() {
    let socket = TcpSocket::create(V4).unwrap();
    assert!(!socket.get_is_listening());
    assert_eq!(code(socket.get_local_address()), INVALID_STATE);
    assert_eq!(code(socket.get_remote_address()), INVALID_STATE);
    for refused in [mapped(0), address((224, 0, 0, 1), 0), address((255, 255, 255, 255), 0)] {
        assert_eq!(code(socket.bind(refused)), INVALID_ARGUMENT, "{refused:?}");
    }
    for refused in [mapped(80), address((224, 0, 0, 1), 80), address((0, 0, 0, 0), 80), local(0)] {
        assert_eq!(code(socket.connect(refused).await), INVALID_ARGUMENT, "{refused:?}");
    }
    let (received, ended) = socket.receive();
    assert!(received.collect().await.is_empty());
    assert_eq!(code(ended.await), INVALID_STATE);
    let (mut writer, reader) = wasip3::wit_stream::new();
    let sent = socket.send(reader);
    assert_eq!(writer.write_all(vec![1]).await, [1]);
    assert_eq!(code(sent.await), INVALID_STATE);
    options(&socket);

    socket.bind(local(0)).unwrap();
    assert_eq!(code(socket.bind(local(0))), INVALID_STATE);
    assert_ne!(port(&socket.get_local_address().unwrap()), 0);
    let clients = socket.listen().unwrap();
    assert!(socket.get_is_listening());
    assert_eq!(code(socket.bind(local(0))), INVALID_STATE);
    assert_eq!(code(socket.listen()), INVALID_STATE);
    assert_eq!(code(socket.connect(local(1)).await), INVALID_STATE);
    let other = TcpSocket::create(V4).unwrap();
    assert_eq!(code(other.bind(socket.get_local_address().unwrap())), "ErrorCode::AddressInUse");
    other.bind(local(0)).unwrap();
    drop(clients);

    // A socket that listens is bound if it was not.
    let unbound = TcpSocket::create(IpAddressFamily::Ipv6).unwrap();
    let _clients = unbound.listen().unwrap();
    assert_ne!(port(&unbound.get_local_address().unwrap()), 0);
    assert_eq!(code(unbound.set_listen_backlog_size(0)), INVALID_ARGUMENT);

    let refused = TcpSocket::create(V4).unwrap();
    assert_eq!(code(refused.connect(local(1)).await), "ErrorCode::ConnectionRefused");
    assert_eq!(code(refused.connect(local(1)).await), INVALID_STATE);
    assert_eq!(code(refused.get_local_address()), INVALID_STATE);
}

fn options(socket: &TcpSocket) {
    assert_eq!(code(socket.set_hop_limit(0)), INVALID_ARGUMENT);
    assert_eq!(code(socket.set_keep_alive_idle_time(0)), INVALID_ARGUMENT);
    assert_eq!(code(socket.set_keep_alive_count(0)), INVALID_ARGUMENT);
    assert_eq!(code(socket.set_receive_buffer_size(0)), INVALID_ARGUMENT);
    socket.set_hop_limit(42).unwrap();
    socket.set_keep_alive_enabled(true).unwrap();
    socket.set_keep_alive_idle_time(1).unwrap();
    socket.set_keep_alive_interval(u64::MAX).unwrap();
    socket.set_keep_alive_count(u32::MAX).unwrap();
    socket.set_receive_buffer_size(u64::MAX).unwrap();
    assert_eq!((socket.get_hop_limit().unwrap(), socket.get_keep_alive_enabled().unwrap()), (42, true));
    assert_eq!(socket.get_keep_alive_idle_time().unwrap(), 1_000_000_000);
}

async fn pair() -> (TcpSocket, TcpSocket) {
    let server = TcpSocket::create(V4).unwrap();
    server.bind(local(0)).unwrap();
    server.set_hop_limit(43).unwrap();
    let mut clients = server.listen().unwrap();
    let client = TcpSocket::create(V4).unwrap();
    let address = server.get_local_address().unwrap();
    let (connected, accepted) = both(client.connect(address), clients.next()).await;
    connected.unwrap();
    (client, accepted.unwrap())
}

async fn tcp_bytes() {
    let (client, server) = pair().await;
    assert_eq!(server.get_hop_limit().unwrap(), 43, "it is inherited");
    assert_eq!(format!("{:?}", client.get_remote_address()), format!("{:?}", server.get_local_address()));
    assert_eq!(code(client.connect(local(1)).await), INVALID_STATE);
    assert_eq!(code(client.listen()), INVALID_STATE);
    assert_eq!(code(client.set_listen_backlog_size(3)), INVALID_STATE);

    let (mut writer, reader) = wasip3::wit_stream::new();
    let sent = client.send(reader);
    let (received, ended) = server.receive();
    // Once each.
    let (again, ended_again) = server.receive();
    assert!(again.collect().await.is_empty());
    assert_eq!(code(ended_again.await), INVALID_STATE);
    let (_writer, reader) = wasip3::wit_stream::new();
    assert_eq!(code(client.send(reader).await), INVALID_STATE);

    // The streams outlive the sockets.
    drop((client, server));
    let bytes: Vec<u8> = (0..1_000_000_u32).map(|n| (n % 253) as u8).collect();
    let sending = async {
        assert!(writer.write_all(bytes.clone()).await.is_empty());
        drop(writer);
        sent.await
    };
    let (outcome, all) = both(sending, received.collect()).await;
    outcome.unwrap();
    assert!(all == bytes);
    ended.await.unwrap();
}

async fn tcp_ends() {
    // A stream that is dropped receives no more, and its future is ready at once.
    let (client, server) = pair().await;
    let (received, ended) = server.receive();
    drop(received);
    ended.await.unwrap();
    let (mut received, ended) = client.receive();
    let (mut writer, reader) = wasip3::wit_stream::new();
    let sent = server.send(reader);
    assert!(writer.write_all(vec![5]).await.is_empty());
    assert_eq!(received.next().await, Some(5));
    // Both streams are dropped while the other side waits for them.
    drop((received, writer));
    ended.await.unwrap();
    sent.await.unwrap();

    // The other side goes away without reading.
    let (client, server) = pair().await;
    drop(server);
    let (mut writer, reader) = wasip3::wit_stream::new();
    let sent = client.send(reader);
    while writer.write_all(vec![0; 10_000]).await.is_empty() {}
    let ended = code(sent.await);
    assert!(["ErrorCode::ConnectionBroken", "ErrorCode::ConnectionReset"].contains(&ended.as_str()), "{ended}");

    // A port is free again once the socket that listened and its stream are dropped, whatever became of its clients.
    let server = TcpSocket::create(V4).unwrap();
    server.bind(local(0)).unwrap();
    let address = server.get_local_address().unwrap();
    let mut clients = server.listen().unwrap();
    let client = TcpSocket::create(V4).unwrap();
    let (connected, accepted) = both(client.connect(address), clients.next()).await;
    connected.unwrap();
    drop(accepted);
    drop((server, clients));
    let again = TcpSocket::create(V4).unwrap();
    again.bind(address).unwrap();
    drop(again.listen().unwrap());
}

async fn udp() {
    let first = UdpSocket::create(V4).unwrap();
    assert_eq!(code(first.receive().await), INVALID_STATE, "it is not bound");
    assert_eq!(code(first.get_local_address()), INVALID_STATE);
    assert_eq!(code(first.get_remote_address()), INVALID_STATE);
    assert_eq!(code(first.disconnect()), INVALID_STATE);
    assert_eq!(code(first.send(vec![1], None).await), INVALID_ARGUMENT);
    assert_eq!(code(first.bind(mapped(0))), INVALID_ARGUMENT);
    for refused in [local(0), address((0, 0, 0, 0), 80), mapped(80)] {
        assert_eq!(code(first.connect(refused)), INVALID_ARGUMENT, "{refused:?}");
        assert_eq!(code(first.send(vec![1], Some(refused)).await), INVALID_ARGUMENT, "{refused:?}");
    }
    first.bind(local(0)).unwrap();
    assert_eq!(code(first.bind(local(0))), INVALID_STATE);
    let first_address = first.get_local_address().unwrap();

    // It is bound when it sends.
    let second = UdpSocket::create(V4).unwrap();
    second.send(b"one".to_vec(), Some(first_address)).await.unwrap();
    let (bytes, from) = first.receive().await.unwrap();
    assert_eq!(bytes, b"one");
    assert_eq!(port(&from), port(&second.get_local_address().unwrap()));
    assert_eq!(code(second.send(vec![0; 70_000], Some(first_address)).await), "ErrorCode::DatagramTooLarge");

    // Connected, it is bound to the address that leads there, and talks to no other.
    let third = UdpSocket::create(V4).unwrap();
    third.connect(first_address).unwrap();
    let third_address = third.get_local_address().unwrap();
    let IpSocketAddress::Ipv4(chosen) = third_address else { panic!("another family") };
    assert_eq!(chosen.address, (127, 0, 0, 1));
    assert_eq!(format!("{:?}", third.get_remote_address().unwrap()), format!("{first_address:?}"));
    assert_eq!(code(third.send(vec![1], Some(from)).await), INVALID_ARGUMENT);
    second.send(b"unwanted".to_vec(), Some(third_address)).await.unwrap();
    first.send(b"wanted".to_vec(), Some(third_address)).await.unwrap();
    assert_eq!(third.receive().await.unwrap().0, b"wanted");
    third.send(b"two".to_vec(), None).await.unwrap();
    third.send(b"three".to_vec(), Some(first_address)).await.unwrap();
    let (two, three) = both(first.receive(), first.receive()).await;
    let mut received = [two.unwrap().0, three.unwrap().0];
    received.sort();
    assert_eq!(received, [b"three".to_vec(), b"two".to_vec()]);
    third.disconnect().unwrap();
    assert_eq!(code(third.get_remote_address()), INVALID_STATE);
    assert_ne!(port(&third.get_local_address().unwrap()), 0);
    assert_eq!(code(third.send(vec![1], None).await), INVALID_ARGUMENT);
    assert_eq!(code(third.set_unicast_hop_limit(0)), INVALID_ARGUMENT);
}

async fn names() {
    let lookup = |name: &str| ip_name_lookup::resolve_addresses(name.to_owned());
    let literal = lookup("127.0.0.1").await.unwrap();
    assert!(matches!(literal[..], [IpAddress::Ipv4((127, 0, 0, 1))]), "{literal:?}");
    assert!(matches!(lookup("::1").await.unwrap()[..], [IpAddress::Ipv6(_)]));
    assert!(!lookup("localhost").await.unwrap().is_empty());
    assert!(matches!(lookup("a b").await, Err(ip_name_lookup::ErrorCode::InvalidArgument)));
    assert!(matches!(lookup("").await, Err(ip_name_lookup::ErrorCode::InvalidArgument)));
}
