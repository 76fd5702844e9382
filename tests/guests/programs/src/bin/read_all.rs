//! Reads every file of the folder `/data`, and prints the number of their bytes.

use std::fs;
use std::io::Result;

fn main() -> Result<()> {
    let (mut files, mut bytes) = (0, 0);
    for entry in fs::read_dir("/data")? {
        bytes += fs::read(entry?.path())?.len();
        files += 1;
    }
    println!("{files} files, {bytes} bytes");
    Ok(())
}
