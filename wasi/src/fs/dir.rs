//! An open directory, and operations on the paths below it.

use core::fmt;
use std::io;
use std::path::Path;
use std::sync::Arc;

use cap_fs_ext::{DirExt, FollowSymlinks, OpenOptionsFollowExt, OpenOptionsMaybeDirExt, OpenOptionsSyncExt};
use cap_std::ambient_authority;
use cap_std::fs::{self, OpenOptions, ReadDir};

use super::Descriptor;
use super::error::ErrorCode;
use super::file::{File, Mode, set_times};
use super::perms::FsPerms;
use super::stat::{Kind, NewTime, Stat};

/// A directory that a guest has, with everything below it.
#[derive(Clone)]
pub struct Dir {
    dir: Arc<fs::Dir>,
    /// The access that it was opened for.
    pub(crate) mode: Mode,
    perms: FsPerms,
}

/// The way in which a path is opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Open {
    pub(crate) follow: bool,
    pub(crate) create: bool,
    pub(crate) directory: bool,
    pub(crate) exclusive: bool,
    pub(crate) truncate: bool,
    pub(crate) mode: Mode,
}

/// The entries of a directory, read one by one.
pub struct Entries(ReadDir);

/// An entry of a directory.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    pub(crate) kind: Kind,
    pub(crate) name: String,
}

impl Dir {
    /// Opens a directory of the operating system.
    ///
    /// # Errors
    /// If it cannot be opened.
    pub(crate) fn open(path: &Path, perms: FsPerms) -> io::Result<Dir> {
        let dir = fs::Dir::open_ambient_dir(path, ambient_authority())?;
        let mode = Mode { read: true, mutate: perms == FsPerms::ReadWrite, ..Mode::default() };
        Ok(Dir { dir: Arc::new(dir), mode, perms })
    }

    pub(crate) fn stat(&self) -> Result<Stat, ErrorCode> {
        Ok(Stat::of(&self.dir.dir_metadata()?))
    }

    pub(crate) fn set_times(&self, accessed: NewTime, modified: NewTime) -> Result<(), ErrorCode> {
        self.may_mutate()?;
        Ok(set_times(&self.dir.open(".")?.into_std(), accessed, modified)?)
    }

    pub(crate) fn sync(&self) -> Result<(), ErrorCode> {
        Ok(self.dir.open(".")?.sync_all()?)
    }

    pub(crate) fn entries(&self) -> Result<Entries, ErrorCode> {
        Ok(Entries(self.dir.entries()?))
    }

    pub(crate) fn create_dir_at(&self, path: &str) -> Result<(), ErrorCode> {
        self.may_mutate()?;
        Ok(self.dir.create_dir(path)?)
    }

    pub(crate) fn stat_at(&self, path: &str, follow: bool) -> Result<Stat, ErrorCode> {
        // A path that ends in a slash is a directory's, also through a link.
        let is_dirs = path.ends_with('/') || path.ends_with("/.");
        let metadata = if follow || is_dirs { self.dir.metadata(path) } else { self.dir.symlink_metadata(path) }?;
        if is_dirs && !metadata.is_dir() {
            return Err(ErrorCode::NotDirectory);
        }
        Ok(Stat::of(&metadata))
    }

    pub(crate) fn set_times_at(
        &self,
        path: &str,
        follow: bool,
        accessed: NewTime,
        modified: NewTime,
    ) -> Result<(), ErrorCode> {
        self.may_mutate()?;
        if accessed.is_early() || modified.is_early() {
            // A symbolic link, which cannot be opened, cannot have such a time.
            let mode = Mode { read: true, ..Mode::default() };
            let file = self.dir.open_with(path, &options(Open { follow, mode, ..Open::default() }))?;
            return Ok(set_times(&file.into_std(), accessed, modified)?);
        }
        let (accessed, modified) = (accessed.spec(), modified.spec());
        Ok(match follow {
            true => self.dir.set_times(path, accessed, modified),
            false => self.dir.set_symlink_times(path, accessed, modified),
        }?)
    }

    /// Makes a hard link.
    pub(crate) fn link_at(&self, path: &str, follow: bool, to: &Dir, new_path: &str) -> Result<(), ErrorCode> {
        self.may_mutate()?;
        to.may_mutate()?;
        if follow {
            // POSIX leaves it open whether links to symbolic links are followed, and WASI has no way to do it safely.
            return Err(ErrorCode::Invalid);
        }
        to.is_free(new_path)?;
        Ok(self.dir.hard_link(path, &to.dir, new_path)?)
    }

    pub(crate) fn read_link_at(&self, path: &str) -> Result<String, ErrorCode> {
        let target = self.dir.read_link(path)?;
        target.into_os_string().into_string().map_err(|_| ErrorCode::IllegalByteSequence)
    }

    pub(crate) fn remove_dir_at(&self, path: &str) -> Result<(), ErrorCode> {
        self.may_mutate()?;
        // The last part is not followed, and what is not a directory is not removed: a slash changes nothing.
        Ok(self.dir.remove_dir(before_slash(path).unwrap_or(path))?)
    }

    pub(crate) fn rename_at(&self, path: &str, to: &Dir, new_path: &str) -> Result<(), ErrorCode> {
        self.may_mutate()?;
        to.may_mutate()?;
        let is_dot = |path: &str| matches!(path.trim_end_matches('/').rsplit('/').next(), Some("." | ".."));
        // The system does not rename these, and says why.
        let is_named = !is_dot(path) && !is_dot(new_path);
        if is_named && before_slash(path).or(before_slash(new_path)).is_some() {
            let from = self.dir.symlink_metadata(before_slash(path).unwrap_or(path))?;
            if !from.is_dir() {
                return Err(ErrorCode::NotDirectory);
            }
        }
        Ok(self.dir.rename(path, &to.dir, new_path)?)
    }

    /// Makes a symbolic link. One to an absolute path is refused.
    pub(crate) fn symlink_at(&self, target: &str, path: &str) -> Result<(), ErrorCode> {
        self.may_mutate()?;
        self.is_free(path)?;
        Ok(DirExt::symlink(&*self.dir, target, path)?)
    }

    pub(crate) fn unlink_at(&self, path: &str) -> Result<(), ErrorCode> {
        self.may_mutate()?;
        if let Some(path) = before_slash(path) {
            let is_dir = self.dir.symlink_metadata(path)?.is_dir();
            return Err(if is_dir { ErrorCode::IsDirectory } else { ErrorCode::NotDirectory });
        }
        Ok(self.dir.remove_file_or_symlink(path)?)
    }

    /// Opens a file or a directory.
    pub(crate) fn open_at(&self, path: &str, open: Open) -> Result<Descriptor, ErrorCode> {
        // A file that is opened for nothing is opened for reading, and one that is created or truncated also for writing.
        let mode = Mode {
            read: open.mode.read || !open.mode.write,
            write: open.mode.write || open.create || open.truncate,
            ..open.mode
        };
        if open.directory && (open.create || open.exclusive || open.truncate) {
            return Err(ErrorCode::Invalid);
        }
        if mode.write || mode.mutate {
            self.may_mutate()?;
        }
        let opened = self.dir.open_with(path, &options(Open { mode, ..open }))?;
        if opened.metadata()?.is_dir() {
            let dir = fs::Dir::from_std_file(opened.into_std());
            let mode = Mode { write: false, mutate: mode.mutate && self.perms == FsPerms::ReadWrite, ..mode };
            return Ok(Descriptor::Dir(Dir { dir: Arc::new(dir), mode, perms: self.perms }));
        }
        if open.directory {
            return Err(ErrorCode::NotDirectory);
        }
        let mode = Mode { mutate: false, ..mode };
        Ok(Descriptor::File(File::new(opened.into_std(), mode, self.perms)))
    }

    /// Whether something new may have this path, as far as the slash at its end is concerned.
    fn is_free(&self, path: &str) -> Result<(), ErrorCode> {
        match before_slash(path).map(|path| self.dir.symlink_metadata(path)) {
            Some(Ok(_)) => Err(ErrorCode::Exist),
            Some(Err(_)) | None => Ok(()),
        }
    }

    fn may_mutate(&self) -> Result<(), ErrorCode> {
        match self.perms {
            FsPerms::ReadWrite => Ok(()),
            FsPerms::ReadOnly => Err(ErrorCode::NotPermitted),
        }
    }
}

/// A path without the slashes at its end, if it has some: the path of a directory.
fn before_slash(path: &str) -> Option<&str> {
    let before = path.trim_end_matches('/');
    (before.len() < path.len() && !before.is_empty()).then_some(before)
}

/// The options of an open call.
fn options(open: Open) -> OpenOptions {
    let Open { follow, create, exclusive, truncate, mode, .. } = open;
    let mut options = OpenOptions::new();
    options.read(mode.read).write(mode.write);
    options.create(create && !exclusive).create_new(create && exclusive);
    options.truncate(truncate);
    options.follow(if follow { FollowSymlinks::Yes } else { FollowSymlinks::No });
    options.sync(mode.file_sync).dsync(mode.data_sync).rsync(mode.read_sync);
    // A named pipe without a writer would block, and there would be no end of that.
    options.maybe_dir(true).nonblock(true);
    options
}

impl Iterator for Entries {
    type Item = Result<Entry, ErrorCode>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|entry| {
            let entry = entry?;
            let name = entry.file_name().into_string().map_err(|_| ErrorCode::IllegalByteSequence)?;
            Ok(Entry { kind: Kind::of(entry.file_type()?), name })
        })
    }
}

impl fmt::Debug for Dir {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dir").field("perms", &self.perms).finish_non_exhaustive()
    }
}

impl fmt::Debug for Entries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Entries")
    }
}

#[cfg(test)]
mod tests {
    use core::time::Duration;
    use std::time::SystemTime;

    use super::*;

    /// An empty directory of a test's own.
    fn empty(name: &str) -> Dir {
        let path = std::env::temp_dir().join(format!("witwright-dir-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Dir::open(&path, FsPerms::ReadWrite).unwrap()
    }

    fn open(dir: &Dir, open: Open) -> File {
        dir.open_at("file", open).unwrap().file().unwrap().clone()
    }

    #[test]
    fn times_may_be_before_1970() {
        let dir = empty("times");
        let file = open(&dir, Open { create: true, ..Open::default() });
        let early = SystemTime::UNIX_EPOCH - Duration::from_secs(5);
        let at = NewTime::At(early);
        dir.set_times_at("file", true, at, NewTime::NoChange).unwrap();
        assert_eq!(file.stat().unwrap().accessed, Some(early));
        file.set_times(NewTime::NoChange, at).unwrap();
        assert_eq!(file.stat().unwrap().modified, Some(early));
        dir.set_times(at, at).unwrap();
        assert_eq!(dir.stat().unwrap().modified, Some(early));
    }

    #[test]
    fn a_descriptor_is_used_as_it_was_opened() {
        let dir = empty("modes");
        let created = open(&dir, Open { create: true, ..Open::default() });
        assert!(created.mode.read && created.mode.write);
        created.write(b"abc", 0).unwrap();
        let opened = open(&dir, Open { mode: Mode { mutate: true, ..Mode::default() }, ..Open::default() });
        assert!(opened.mode.read && !opened.mode.write && !opened.mode.mutate);
        assert_eq!(opened.write(b"x", 0), Err(ErrorCode::BadDescriptor));
        assert_eq!(opened.set_size(0), Err(ErrorCode::Invalid));
        // Without bytes, only the end is a reason for none.
        assert_eq!(opened.read(0, 0), Ok((Vec::new(), true)));
        assert_eq!(opened.read(4, 0), Ok((b"abc".to_vec(), false)));
        let read_only = Dir { perms: FsPerms::ReadOnly, ..dir };
        assert_eq!(read_only.create_dir_at("new"), Err(ErrorCode::NotPermitted));
        let granted = read_only.open_at("file", Open::default()).unwrap();
        assert_eq!(granted.file().unwrap().set_size(0), Err(ErrorCode::NotPermitted));
        assert_eq!(granted.set_times(NewTime::Now, NewTime::Now), Err(ErrorCode::NotPermitted));
    }
}
