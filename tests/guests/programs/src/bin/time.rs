//! Waits, and prints whether clocks and random numbers work.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

fn main() {
    let start = Instant::now();
    thread::sleep(Duration::from_millis(20));
    println!("slept {}", start.elapsed() >= Duration::from_millis(20));
    println!("today {:?}", SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map(|now| now.as_secs()));
    println!("random {}", RandomState::new().build_hasher().finish());
}
