//! Panics of host functions, carried around wasmi's frames.
//!
//! The handlers of wasmi's interpreter cannot be unwound on every target: a panic that reaches them aborts the process. So it is
//! caught before it reaches them, is carried as an error, and goes on after wasmi has returned. Without `std`, no panic can be caught.

use ::wasmi as engine;

/// Runs the body of a host function; a panic becomes an error for wasmi.
#[cfg(feature = "std")]
#[inline]
pub(super) fn catch<R>(f: impl FnOnce() -> R) -> Result<R, engine::Error> {
    // The code that catches the panic after wasmi asserts unwind safety, or lets the thread end.
    std::panic::catch_unwind(core::panic::AssertUnwindSafe(f)).map_err(with_std::error)
}

/// Runs the body of a host function.
#[cfg(not(feature = "std"))]
#[inline]
pub(super) fn catch<R>(f: impl FnOnce() -> R) -> Result<R, engine::Error> {
    Ok(f())
}

/// Resumes the panic that an error carries, or returns the error.
#[cfg(feature = "std")]
pub(super) fn resume(mut error: engine::Error) -> engine::Error {
    if let Some(payload) = error.downcast_mut::<with_std::Panicked>().and_then(with_std::Panicked::take) {
        std::panic::resume_unwind(payload);
    }
    error
}

/// Gives the error back.
#[cfg(not(feature = "std"))]
pub(super) fn resume(error: engine::Error) -> engine::Error {
    error
}

#[cfg(feature = "std")]
mod with_std {
    //! The error that carries a panic.

    use alloc::boxed::Box;
    use core::any::Any;
    use core::fmt;
    use std::sync::Mutex;

    use ::wasmi as engine;
    use engine::errors::HostError;

    /// The payload of a panic. The mutex is needed only because wasmi requires errors to be `Sync`.
    #[derive(Debug)]
    pub(super) struct Panicked(Mutex<Option<Box<dyn Any + Send>>>);

    impl Panicked {
        pub(super) fn take(&mut self) -> Option<Box<dyn Any + Send>> {
            self.0.get_mut().ok()?.take()
        }
    }

    #[cold]
    pub(super) fn error(payload: Box<dyn Any + Send>) -> engine::Error {
        engine::Error::host(Panicked(Mutex::new(Some(payload))))
    }

    impl fmt::Display for Panicked {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a host function panicked")
        }
    }

    impl HostError for Panicked {}
}
