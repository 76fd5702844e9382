//! Error codes of file systems, and their conversion from errors of the operating system.

use std::io;

/// Calls a macro with all codes, each with its POSIX error: those of each version of WASI, and those that 0.3 has not.
macro_rules! error_codes {
    ($macro:ident) => {
        $macro! {
            all {
                /// Permission denied.
                Access = ACCESS,
                /// A connection is being made already.
                Already = ALREADY,
                /// The descriptor cannot be used so.
                BadDescriptor = BADF,
                /// The resource is in use.
                Busy = BUSY,
                /// A deadlock would occur.
                Deadlock = DEADLK,
                /// The quota is used up.
                Quota = DQUOT,
                /// The file exists.
                Exist = EXIST,
                /// The file would be too large.
                FileTooLarge = FBIG,
                /// A name is not Unicode.
                IllegalByteSequence = ILSEQ,
                /// The operation is in progress.
                InProgress = INPROGRESS,
                /// The operation was interrupted.
                Interrupted = INTR,
                /// An argument is not valid.
                Invalid = INVAL,
                /// Input or output failed.
                Io = IO,
                /// It is a directory.
                IsDirectory = ISDIR,
                /// Too many symbolic links.
                Loop = LOOP,
                /// Too many hard links.
                TooManyLinks = MLINK,
                /// The message is too large.
                MessageSize = MSGSIZE,
                /// The name is too long.
                NameTooLong = NAMETOOLONG,
                /// No such device.
                NoDevice = NODEV,
                /// No such file or directory.
                NoEntry = NOENT,
                /// No locks are available.
                NoLock = NOLCK,
                /// Not enough memory.
                InsufficientMemory = NOMEM,
                /// Not enough space on the device.
                InsufficientSpace = NOSPC,
                /// It is no directory.
                NotDirectory = NOTDIR,
                /// The directory is not empty.
                NotEmpty = NOTEMPTY,
                /// The state cannot be recovered.
                NotRecoverable = NOTRECOVERABLE,
                /// The operation is not supported.
                Unsupported = NOTSUP,
                /// It is no terminal.
                NoTty = NOTTY,
                /// No such device or address.
                NoSuchDevice = NXIO,
                /// A value is too large.
                Overflow = OVERFLOW,
                /// The operation is not permitted, such as leaving a preopened directory.
                NotPermitted = PERM,
                /// The pipe is broken.
                Pipe = PIPE,
                /// The file system, or the descriptor, is read-only.
                ReadOnly = ROFS,
                /// It has no position.
                InvalidSeek = SPIPE,
                /// The program file is in use.
                TextFileBusy = TXTBSY,
                /// The files are on different devices.
                CrossDevice = XDEV,
            }
            before_0_3 {
                /// The operation would block.
                WouldBlock = AGAIN,
            }
        }
    };
}
pub(crate) use error_codes;

macro_rules! define {
    (
        all { $($(#[$docs:meta])* $code:ident = $errno:ident,)* }
        before_0_3 { $($(#[$old_docs:meta])* $old:ident = $old_errno:ident,)* }
    ) => {
        /// The reason why an operation on files failed: the codes of `wasi:filesystem`.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum ErrorCode {
            $($(#[$docs])* $code,)*
            $($(#[$old_docs])* $old,)*
        }

        /// The code of a POSIX error, if it has one.
        #[cfg(unix)]
        fn of_errno(errno: rustix::io::Errno) -> Option<ErrorCode> {
            use rustix::io::Errno;
            match errno {
                $(Errno::$errno => Some(ErrorCode::$code),)*
                $(Errno::$old_errno => Some(ErrorCode::$old),)*
                // Where they differ from the errors above.
                Errno::NOSYS => Some(ErrorCode::Unsupported),
                Errno::STALE => Some(ErrorCode::BadDescriptor),
                _ => None,
            }
        }
    };
}
error_codes!(define);

impl From<io::Error> for ErrorCode {
    fn from(error: io::Error) -> ErrorCode {
        ErrorCode::from(&error)
    }
}

impl From<&io::Error> for ErrorCode {
    fn from(error: &io::Error) -> ErrorCode {
        #[cfg(unix)]
        if let Some(code) = error.raw_os_error().and_then(|raw| of_errno(rustix::io::Errno::from_raw_os_error(raw))) {
            return code;
        }
        of_kind(error.kind())
    }
}

/// The codes of errors that are not the operating system's, or are those of a system without POSIX's numbers.
const OF_KINDS: [(io::ErrorKind, ErrorCode); 24] = [
    (io::ErrorKind::NotFound, ErrorCode::NoEntry),
    // This is how paths are refused that lead out of a directory.
    (io::ErrorKind::PermissionDenied, ErrorCode::NotPermitted),
    (io::ErrorKind::AlreadyExists, ErrorCode::Exist),
    (io::ErrorKind::WouldBlock, ErrorCode::WouldBlock),
    (io::ErrorKind::InvalidInput, ErrorCode::Invalid),
    (io::ErrorKind::InvalidData, ErrorCode::IllegalByteSequence),
    (io::ErrorKind::NotADirectory, ErrorCode::NotDirectory),
    (io::ErrorKind::IsADirectory, ErrorCode::IsDirectory),
    (io::ErrorKind::DirectoryNotEmpty, ErrorCode::NotEmpty),
    (io::ErrorKind::ReadOnlyFilesystem, ErrorCode::ReadOnly),
    (io::ErrorKind::StorageFull, ErrorCode::InsufficientSpace),
    (io::ErrorKind::NotSeekable, ErrorCode::InvalidSeek),
    (io::ErrorKind::QuotaExceeded, ErrorCode::Quota),
    (io::ErrorKind::FileTooLarge, ErrorCode::FileTooLarge),
    (io::ErrorKind::ResourceBusy, ErrorCode::Busy),
    (io::ErrorKind::ExecutableFileBusy, ErrorCode::TextFileBusy),
    (io::ErrorKind::Deadlock, ErrorCode::Deadlock),
    (io::ErrorKind::CrossesDevices, ErrorCode::CrossDevice),
    (io::ErrorKind::TooManyLinks, ErrorCode::TooManyLinks),
    (io::ErrorKind::InvalidFilename, ErrorCode::NameTooLong),
    (io::ErrorKind::BrokenPipe, ErrorCode::Pipe),
    (io::ErrorKind::Interrupted, ErrorCode::Interrupted),
    (io::ErrorKind::Unsupported, ErrorCode::Unsupported),
    (io::ErrorKind::OutOfMemory, ErrorCode::InsufficientMemory),
];

fn of_kind(kind: io::ErrorKind) -> ErrorCode {
    OF_KINDS.iter().find(|(known, _)| *known == kind).map_or(ErrorCode::Io, |(_, code)| *code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn errors_of_the_system_keep_their_meaning() {
        use rustix::io::Errno;
        let code = |errno: Errno| ErrorCode::from(io::Error::from(errno));
        assert_eq!(code(Errno::ISDIR), ErrorCode::IsDirectory);
        assert_eq!(code(Errno::NOTDIR), ErrorCode::NotDirectory);
        assert_eq!(code(Errno::PERM), ErrorCode::NotPermitted);
        assert_eq!(code(Errno::ACCESS), ErrorCode::Access);
        assert_eq!(code(Errno::LOOP), ErrorCode::Loop);
        assert_eq!(code(Errno::NOSPC), ErrorCode::InsufficientSpace);
        assert_eq!(code(Errno::NOTEMPTY), ErrorCode::NotEmpty);
        assert_eq!(code(Errno::NAMETOOLONG), ErrorCode::NameTooLong);
        assert_eq!(code(Errno::NOSYS), ErrorCode::Unsupported);
        assert_eq!(code(Errno::NETDOWN), ErrorCode::Io);
    }

    #[test]
    fn a_path_that_leads_out_is_not_permitted() {
        assert_eq!(ErrorCode::from(io::Error::from(io::ErrorKind::PermissionDenied)), ErrorCode::NotPermitted);
    }
}
