//! Works with files below `/data`, and prints the outcomes.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Result, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::{Duration, SystemTime};

fn main() -> Result<()> {
    let data = Path::new("/data");
    fs::create_dir_all(data.join("a/b"))?;
    fs::write(data.join("a/one.txt"), "one")?;
    fs::write(data.join("a/b/two.txt"), "twotwo")?;

    let mut file = OpenOptions::new().append(true).open(data.join("a/one.txt"))?;
    file.write_all(b" more")?;
    drop(file);
    let mut file = OpenOptions::new().read(true).write(true).open(data.join("a/one.txt"))?;
    file.seek(SeekFrom::Start(4))?;
    file.write_all(b"MORE")?;
    file.rewind()?;
    let mut text = String::new();
    file.read_to_string(&mut text)?;
    println!("text {text:?}");
    file.set_len(3)?;
    file.sync_all()?;
    println!("size {}", file.metadata()?.len());
    let time = SystemTime::UNIX_EPOCH + Duration::new(1_000_000_000, 5_000);
    file.set_modified(time)?;
    println!("time {}", file.metadata()?.modified()? == time);

    fs::rename(data.join("a/b/two.txt"), data.join("a/two.txt"))?;
    println!("copied {}", fs::copy(data.join("a/two.txt"), data.join("a/b/three.txt"))?);
    walk(data, 0)?;

    println!("missing {:?}", File::open(data.join("nothing")).unwrap_err().kind());
    println!("exists {:?}", File::create_new(data.join("a/one.txt")).unwrap_err().kind());
    // The standard library has no kind for this one; 55 is WASI's number for it.
    println!("not empty {:?}", fs::remove_dir(data.join("a")).unwrap_err().raw_os_error());
    println!("directory {:?}", fs::write(data.join("a"), "").unwrap_err().kind());
    println!("no directory {:?}", fs::read_dir(data.join("a/one.txt")).unwrap_err().kind());
    fs::remove_file(data.join("a/b/three.txt"))?;
    fs::remove_dir(data.join("a/b"))?;
    Ok(())
}

fn walk(folder: &Path, depth: usize) -> Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<Result<Vec<_>>>()?;
    entries.sort_by_key(|entry| entry.file_name());
    for entry in entries {
        let name = entry.file_name().into_string().expect("a name in Unicode");
        if entry.file_type()?.is_dir() {
            println!("{:depth$}{name}/", "");
            walk(&entry.path(), depth + 2)?;
        } else {
            println!("{:depth$}{name} {}", "", entry.metadata()?.len());
        }
    }
    Ok(())
}
