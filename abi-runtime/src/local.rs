//! State of a component instance, which runs on one thread. Natively it is the state of a thread, since tests run on many.

/// A static of a component instance.
#[cfg(target_arch = "wasm32")]
pub(crate) struct OneThread<T>(T);

// SAFETY: a component instance has one thread.
#[cfg(target_arch = "wasm32")]
unsafe impl<T> Sync for OneThread<T> {}

#[cfg(target_arch = "wasm32")]
impl<T> OneThread<T> {
    pub(crate) const fn new(value: T) -> OneThread<T> {
        OneThread(value)
    }

    /// Runs `body` with the value, as `std::thread::LocalKey::with` does.
    #[inline]
    pub(crate) fn with<R>(&'static self, body: impl FnOnce(&T) -> R) -> R {
        body(&self.0)
    }
}

/// Declares a static of the instance, or of the thread; `NAME.with` gives access to it.
macro_rules! local {
    ($(#[$docs:meta])* static $name:ident: $ty:ty = $init:expr;) => {
        $(#[$docs])*
        #[cfg(target_arch = "wasm32")]
        static $name: $crate::local::OneThread<$ty> = $crate::local::OneThread::new($init);

        #[cfg(not(target_arch = "wasm32"))]
        std::thread_local! {
            $(#[$docs])*
            static $name: $ty = const { $init };
        }
    };
}

pub(crate) use local;
