//! The arguments and variables of the command, and its standard streams.

use wasip3::cli::types::ErrorCode;
use wasip3::cli::{environment, stderr, stdin, stdout};
use wasip3::clocks::{monotonic_clock, system_clock};
use wasip3::random::{insecure_seed, random};

pub async fn run() -> Result<(), ()> {
    let (mut out, written) = wasip3::wit_stream::new();
    let written = stdout::write_via_stream(written);
    let given = format!("{:?} {:?}\n", environment::get_arguments(), environment::get_environment());
    assert!(out.write_all(given.into_bytes()).await.is_empty());

    let before = monotonic_clock::now();
    monotonic_clock::wait_for(2_000_000).await;
    monotonic_clock::wait_until(before + 3_000_000).await;
    assert!(monotonic_clock::now() >= before + 3_000_000);
    assert!(system_clock::now().seconds > 0);
    assert_eq!(random::get_random_bytes(5).len(), 5);
    assert_eq!(insecure_seed::get_insecure_seed(), (7, 0));

    let (mut input, ended) = stdin::read_via_stream();
    while let Some(byte) = input.next().await {
        assert!(out.write_all(vec![byte.to_ascii_uppercase()]).await.is_empty());
    }
    assert_eq!(ended.await, Ok(()));
    drop(out);
    assert_eq!(written.await, Ok(()));

    // The other side takes four bytes.
    let (mut err, written) = wasip3::wit_stream::new();
    let written = stderr::write_via_stream(written);
    let _ = err.write_all(b"too much".to_vec()).await;
    drop(err);
    match written.await {
        Err(ErrorCode::Pipe) => Err(()),
        _ => Ok(()),
    }
}
