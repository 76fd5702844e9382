//! Paths mean to a [`Dir`] what they mean to POSIX: each operation on each form of a path, beside the system's own.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use rustix::fs::{AtFlags, Mode as Permissions, OFlags, Timespec, Timestamps, UTIME_OMIT};
use rustix::io::Result as Native;

use super::dir::{Dir, Open};
use super::error::ErrorCode;
use super::file::Mode;
use super::perms::FsPerms;
use super::stat::NewTime;

const PATHS: [&str; 38] = [
    "",
    ".",
    "./",
    "file",
    "file/",
    "file/.",
    "file/x",
    "./file",
    "dir/../file",
    "dir",
    "dir/",
    "dir//",
    "dir/.",
    "dir/./",
    "dir/..",
    "dir/new",
    "dir/new/",
    "full",
    "full/",
    "full/child",
    "full/..",
    "none",
    "none/",
    "none/.",
    "none/x",
    "link",
    "link/",
    "link/.",
    "link/x",
    "dirlink",
    "dirlink/",
    "dirlink/.",
    "dirlink/child",
    "dangling",
    "dangling/",
    "loop",
    "loop/",
    "long",
];

/// Something that is done with a path, in two ways.
struct Operation {
    name: &'static str,
    ours: fn(&Dir, &str) -> Result<(), ErrorCode>,
    native: fn(&fs::File, &str) -> Native<()>,
}

macro_rules! operations {
    ($($name:literal: |$dir:ident, $path:ident| $ours:expr, |$native_dir:ident, $native_path:ident| $native:expr;)*) => {
        &[$(Operation {
            name: $name,
            ours: |$dir, $path| $ours.map(|_| ()),
            native: |$native_dir, $native_path| $native.map(|_| ()),
        },)*]
    };
}

const OPERATIONS: &[Operation] = operations! {
    "stat": |dir, path| dir.stat_at(path, true), |dir, path| rustix::fs::statat(dir, path, AtFlags::empty());
    "lstat": |dir, path| dir.stat_at(path, false), |dir, path| rustix::fs::statat(dir, path, AtFlags::SYMLINK_NOFOLLOW);
    "open": |dir, path| open(dir, path, READ), |dir, path| native_open(dir, path, OFlags::RDONLY);
    "open, no follow": |dir, path| open(dir, path, Open { follow: false, ..READ }),
        |dir, path| native_open(dir, path, OFlags::RDONLY | OFlags::NOFOLLOW);
    "open, directory": |dir, path| open(dir, path, Open { directory: true, ..READ }),
        |dir, path| native_open(dir, path, OFlags::RDONLY | OFlags::DIRECTORY);
    "open, write": |dir, path| open(dir, path, WRITE), |dir, path| native_open(dir, path, OFlags::RDWR);
    "open, create": |dir, path| open(dir, path, Open { create: true, ..WRITE }),
        |dir, path| native_open(dir, path, OFlags::RDWR | OFlags::CREATE);
    "open, create, no follow": |dir, path| open(dir, path, Open { create: true, follow: false, ..WRITE }),
        |dir, path| native_open(dir, path, OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW);
    "open, exclusive": |dir, path| open(dir, path, Open { create: true, exclusive: true, ..WRITE }),
        |dir, path| native_open(dir, path, OFlags::RDWR | OFlags::CREATE | OFlags::EXCL);
    "open, truncate": |dir, path| open(dir, path, Open { truncate: true, ..WRITE }),
        |dir, path| native_open(dir, path, OFlags::RDWR | OFlags::TRUNC);
    "mkdir": |dir, path| dir.create_dir_at(path), |dir, path| rustix::fs::mkdirat(dir, path, Permissions::RWXU);
    "rmdir": |dir, path| dir.remove_dir_at(path), |dir, path| rustix::fs::unlinkat(dir, path, AtFlags::REMOVEDIR);
    "unlink": |dir, path| dir.unlink_at(path), |dir, path| rustix::fs::unlinkat(dir, path, AtFlags::empty());
    "readlink": |dir, path| dir.read_link_at(path), |dir, path| rustix::fs::readlinkat(dir, path, Vec::new());
    "symlink": |dir, path| dir.symlink_at("file", path), |dir, path| rustix::fs::symlinkat("file", dir, path);
    "set times": |dir, path| dir.set_times_at(path, true, NewTime::Now, NewTime::NoChange),
        |dir, path| rustix::fs::utimensat(dir, path, &NOW, AtFlags::empty());
    "set times, no follow": |dir, path| dir.set_times_at(path, false, NewTime::Now, NewTime::NoChange),
        |dir, path| rustix::fs::utimensat(dir, path, &NOW, AtFlags::SYMLINK_NOFOLLOW);
    "link from": |dir, path| dir.link_at(path, false, dir, "new"),
        |dir, path| rustix::fs::linkat(dir, path, dir, "new", AtFlags::empty());
    "link to": |dir, path| dir.link_at("file", false, dir, path),
        |dir, path| rustix::fs::linkat(dir, "file", dir, path, AtFlags::empty());
    "rename from": |dir, path| dir.rename_at(path, dir, "new"), |dir, path| rustix::fs::renameat(dir, path, dir, "new");
    "rename from, to a directory": |dir, path| dir.rename_at(path, dir, "new/"),
        |dir, path| rustix::fs::renameat(dir, path, dir, "new/");
    "rename a file to": |dir, path| dir.rename_at("file", dir, path),
        |dir, path| rustix::fs::renameat(dir, "file", dir, path);
    "rename a directory to": |dir, path| dir.rename_at("dir", dir, path),
        |dir, path| rustix::fs::renameat(dir, "dir", dir, path);
    "rename a full directory to": |dir, path| dir.rename_at("full", dir, path),
        |dir, path| rustix::fs::renameat(dir, "full", dir, path);
    "rename a link to": |dir, path| dir.rename_at("dirlink", dir, path),
        |dir, path| rustix::fs::renameat(dir, "dirlink", dir, path);
};

const READ: Open = Open {
    follow: true,
    create: false,
    directory: false,
    exclusive: false,
    truncate: false,
    mode: Mode { read: true, write: false, file_sync: false, data_sync: false, read_sync: false, mutate: false },
};
const WRITE: Open = Open { mode: Mode { write: true, ..READ.mode }, ..READ };

const NOW: Timestamps = Timestamps {
    last_access: Timespec { tv_sec: 0, tv_nsec: rustix::fs::UTIME_NOW },
    last_modification: Timespec { tv_sec: 0, tv_nsec: UTIME_OMIT },
};

fn open(dir: &Dir, path: &str, open: Open) -> Result<super::Descriptor, ErrorCode> {
    dir.open_at(path, open)
}

fn native_open(dir: &fs::File, path: &str, flags: OFlags) -> Native<rustix::fd::OwnedFd> {
    rustix::fs::openat(dir, path, flags, Permissions::from(0o666))
}

/// A folder with something of each kind.
fn plant(root: &Path) {
    fs::create_dir_all(root.join("dir")).unwrap();
    fs::create_dir_all(root.join("full")).unwrap();
    fs::write(root.join("full/child"), "child").unwrap();
    fs::write(root.join("file"), "file").unwrap();
    for (target, link) in [("file", "link"), ("full", "dirlink"), ("nowhere", "dangling"), ("loop", "loop")] {
        symlink(target, root.join(link)).unwrap();
    }
}

/// All that is below a folder: the size of each file, the target of each link.
fn contents(root: &Path, below: &Path, all: &mut BTreeMap<PathBuf, String>) {
    for entry in fs::read_dir(root.join(below)).unwrap() {
        let path = below.join(entry.unwrap().file_name());
        let metadata = fs::symlink_metadata(root.join(&path)).unwrap();
        if metadata.is_dir() {
            contents(root, &path, all);
            all.insert(path, "directory".to_owned());
        } else if metadata.is_symlink() {
            let target = fs::read_link(root.join(&path)).unwrap();
            all.insert(path, format!("→ {}", target.display()));
        } else {
            all.insert(path, format!("{} bytes", metadata.len()));
        }
    }
}

/// Does something in a new folder: its outcome, and what is in the folder then.
fn outcome(root: &Path, operate: impl FnOnce(&Path) -> Result<(), ErrorCode>) -> String {
    let _ = fs::remove_dir_all(root);
    plant(root);
    let result = operate(root);
    let mut all = BTreeMap::new();
    contents(root, Path::new(""), &mut all);
    fs::remove_dir_all(root).unwrap();
    format!("{result:?} {all:?}")
}

#[test]
fn paths_mean_what_they_mean_to_posix() {
    let root = std::env::temp_dir().join(format!("witwright-posix-{}", std::process::id()));
    let long = "x".repeat(300);
    let mut differences = Vec::new();
    for Operation { name, ours, native } in OPERATIONS {
        for path in PATHS {
            let path = if path == "long" { &long } else { path };
            let ours = outcome(&root, |root| ours(&Dir::open(root, FsPerms::ReadWrite).unwrap(), path));
            let native = outcome(&root, |root| {
                let result = native(&fs::File::open(root).unwrap(), path);
                result.map_err(|errno| ErrorCode::from(std::io::Error::from(errno)))
            });
            // POSIX gives two names for it (`rmdir`: EINVAL, ENOTEMPTY).
            let has_two_names = *name == "rmdir" && path.ends_with("..");
            if ours != native && !has_two_names {
                differences.push(format!("{name} {path:?}\n  ours   {ours}\n  native {native}"));
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
