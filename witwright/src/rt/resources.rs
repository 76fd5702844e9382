//! The bodies of resource types: handles of imported resources, resources that the guest defines.

/// The parts that handle types of both kinds share. The last argument lists the methods about the handle.
#[doc(hidden)]
#[macro_export]
macro_rules! __handle {
    ($name:ident, $interface:expr, $resource:tt, [$($method:ident)*]) => {
        impl $name {
            $($crate::__handle!(@method $method);)*
        }

        impl $crate::__rt::Handle for $name {
            fn own(&self) -> &$crate::__rt::Own<Self> {
                &self.handle
            }
        }

        impl $crate::__rt::ResourceKind for $name {
            const DESC: &'static $crate::__rt::ResourceDesc = {
                static DESC: $crate::__rt::ResourceDesc =
                    $crate::__rt::ResourceDesc::World { name: $resource, interface: $interface };
                &DESC
            };
        }

        impl $crate::__rt::ComponentType for $name {
            const DESC: &'static $crate::__rt::TypeDesc =
                <$crate::__rt::Own<Self> as $crate::__rt::ComponentType>::DESC;
            const REF_DESC: &'static $crate::__rt::TypeDesc =
                <$crate::__rt::Own<Self> as $crate::__rt::ComponentType>::REF_DESC;
        }

        impl $crate::__rt::Lower for $name {
            fn lower<_C: $crate::__rt::LowerCx>(
                &self,
                cx: &mut _C,
                flat: &mut $crate::__rt::FlatWriter<'_>,
            ) -> ::core::result::Result<(), _C::Error> {
                $crate::__rt::Lower::lower(&self.handle, cx, flat)
            }

            fn store<_C: $crate::__rt::LowerCx>(
                &self,
                cx: &mut _C,
                addr: u32,
            ) -> ::core::result::Result<(), _C::Error> {
                $crate::__rt::Lower::store(&self.handle, cx, addr)
            }

            fn lower_ref<_C: $crate::__rt::LowerCx>(
                &self,
                cx: &mut _C,
                flat: &mut $crate::__rt::FlatWriter<'_>,
            ) -> ::core::result::Result<(), _C::Error> {
                $crate::__rt::Lower::lower_ref(&self.handle, cx, flat)
            }

            fn store_ref<_C: $crate::__rt::LowerCx>(
                &self,
                cx: &mut _C,
                addr: u32,
            ) -> ::core::result::Result<(), _C::Error> {
                $crate::__rt::Lower::store_ref(&self.handle, cx, addr)
            }
        }

        impl $crate::__rt::Lift for $name {
            fn lift<_C: $crate::__rt::LiftCx>(
                cx: &mut _C,
                flat: &mut $crate::__rt::FlatReader<'_>,
            ) -> ::core::result::Result<Self, _C::Error> {
                Ok(Self { handle: $crate::__rt::Lift::lift(cx, flat)? })
            }

            fn load<_C: $crate::__rt::LiftCx>(cx: &mut _C, addr: u32) -> ::core::result::Result<Self, _C::Error> {
                Ok(Self { handle: $crate::__rt::Lift::load(cx, addr)? })
            }
        }
    };
    (@method from_handle) => {
        #[doc(hidden)]
        pub unsafe fn from_handle(handle: u32) -> Self {
            // SAFETY: as the caller promises.
            Self { handle: unsafe { $crate::__rt::Own::from_handle(handle) } }
        }
    };
    (@method take_handle) => {
        #[doc(hidden)]
        pub fn take_handle(&self) -> u32 {
            self.handle.take()
        }
    };
    (@method handle) => {
        #[doc(hidden)]
        pub fn handle(&self) -> u32 {
            self.handle.handle()
        }
    };
}

/// The body of an imported resource: its type, the interface that it is imported from, its WIT name, and the methods about
/// its handle, save those whose names the resource's functions have.
#[doc(hidden)]
#[macro_export]
macro_rules! __imported_resource {
    ($name:ident, $interface:expr, $module:tt, $resource:tt, $drop:tt, $methods:tt) => {
        $crate::__handle!($name, $interface, $resource, $methods);

        impl $crate::__rt::GuestResource for $name {
            unsafe fn from_handle(handle: u32) -> Self {
                // SAFETY: as the caller promises.
                Self { handle: unsafe { $crate::__rt::Own::from_handle(handle) } }
            }

            unsafe fn drop_handle(handle: u32) {
                $crate::__drop_imported!(Self, handle, $module, $drop)
            }
        }

        impl<'a> $crate::__rt::Lift for &'a $name {
            fn lift<_C: $crate::__rt::LiftCx>(
                cx: &mut _C,
                flat: &mut $crate::__rt::FlatReader<'_>,
            ) -> ::core::result::Result<Self, _C::Error> {
                let resource = <$name as $crate::__rt::ResourceKind>::DESC;
                let handle = $crate::__rt::LiftCx::lift_borrow(cx, resource, flat.pop() as u32)?;
                Ok($crate::__lent!($name, handle as u32))
            }

            fn load<_C: $crate::__rt::LiftCx>(cx: &mut _C, addr: u32) -> ::core::result::Result<Self, _C::Error> {
                let resource = <$name as $crate::__rt::ResourceKind>::DESC;
                let index = u32::from_le_bytes($crate::__rt::LiftCx::read(cx, addr)?);
                let handle = $crate::__rt::LiftCx::lift_borrow(cx, resource, index)?;
                Ok($crate::__lent!($name, handle as u32))
            }
        }
    };
}

/// `resource.drop` of an imported resource.
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
#[macro_export]
macro_rules! __drop_imported {
    ($ty:ty, $handle:expr, $module:tt, $drop:tt) => {{
        #[link(wasm_import_module = $module)]
        unsafe extern "C" {
            #[link_name = $drop]
            fn drop(_: i32);
        }
        // SAFETY: as the caller promises.
        unsafe { drop($handle as i32) }
    }};
}

/// `resource.drop` of an imported resource: calls `drop` of the installed imports.
#[cfg(not(target_arch = "wasm32"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __drop_imported {
    ($ty:ty, $handle:expr, $module:tt, $drop:tt) => {{
        static IMPORT: $crate::__rt::native::ImportDesc = $crate::__rt::import_desc($module, $drop);
        $crate::__rt::native::resource_drop_imported(&IMPORT, <$ty as $crate::__rt::ResourceKind>::DESC, $handle)
    }};
}

/// A handle that was lent for the duration of the call; the component drops it when the call ends.
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
#[macro_export]
macro_rules! __lent {
    ($name:ident, $handle:expr) => {
        // SAFETY: the handle is new and has no other owner; the export that lifts it has entered a scope.
        unsafe { $crate::__rt::held::hold(<$name as $crate::__rt::GuestResource>::from_handle($handle)) }
    };
}

/// A handle that was lent for the duration of the call. Natively it is the lender's own, which the lender keeps.
#[cfg(not(target_arch = "wasm32"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __lent {
    ($name:ident, $handle:expr) => {
        // SAFETY: the handle is not dropped; the call that lifts it has entered a scope.
        unsafe {
            &**$crate::__rt::held::hold(::core::mem::ManuallyDrop::new(
                <$name as $crate::__rt::GuestResource>::from_handle($handle),
            ))
        }
    };
}

/// The body of an exported resource: its type and that of its borrows, the trait of its implementation, the interface that
/// exports it, and its WIT name.
#[doc(hidden)]
#[macro_export]
macro_rules! __exported_resource {
    ($name:ident, $borrow:ident, $guest:ident, $interface:expr, $module:tt, $resource:tt, $new:tt, $rep:tt, $drop:tt) => {
        $crate::__handle!($name, $interface, $resource, [from_handle take_handle handle]);

        impl $name {
            /// Creates a resource from a value.
            pub fn new<T: $guest>(value: T) -> Self {
                let place = <<T as $crate::__rt::Resource>::Rep as $crate::__rt::ResourceRep<T>>::rep_new(value);
                // SAFETY: the place stays where it is until the destructor runs.
                let rep = unsafe { <T as $guest>::resource_into_raw_(place) }.cast::<u8>();
                <Self as $crate::__rt::ExportedResource>::types().add::<T>(rep);
                // SAFETY: the representation is new.
                let handle = unsafe { <T as $guest>::_resource_new(rep) };
                // SAFETY: the handle is new.
                Self { handle: unsafe { $crate::__rt::Own::from_handle(handle) } }
            }

            /// The value of the resource.
            pub fn get<T: $guest>(&self) -> &T {
                self.handle.get()
            }

            /// The value of the resource, mutably.
            pub fn get_mut<T: $guest>(&mut self) -> &mut T {
                self.handle.value_mut()
            }

            /// Takes the value out; the resource is dropped.
            pub fn into_inner<T: $guest>(self) -> T {
                self.handle.into_inner()
            }

            /// The destructor.
            #[doc(hidden)]
            pub unsafe fn dtor<T: $guest>(rep: *mut u8) {
                let types = <Self as $crate::__rt::ExportedResource>::types();
                types.check::<T>(rep);
                types.remove(rep);
                // SAFETY: the destructor is called once, with a representation that `new` made.
                ::core::mem::drop(unsafe { <T as $guest>::resource_from_raw_(rep.cast()) });
            }

            /// A borrow of the resource.
            pub fn borrow(&self) -> $borrow<'_> {
                $borrow { rep: self.handle.borrow() }
            }
        }

        impl<'a> $borrow<'a> {
            /// A borrow of the resource with a representation.
            #[doc(hidden)]
            pub unsafe fn lift(rep: *const u8) -> Self {
                // SAFETY: as the caller promises.
                Self { rep: unsafe { $crate::__rt::BorrowedRep::from_rep(rep) } }
            }

            /// The value of the resource.
            pub fn get<T: $guest>(&self) -> &'a T {
                self.rep.get()
            }
        }

        impl $crate::__rt::ComponentType for $borrow<'_> {
            const DESC: &'static $crate::__rt::TypeDesc = <$name as $crate::__rt::ComponentType>::REF_DESC;
        }

        impl<'a> $crate::__rt::Lift for $borrow<'a> {
            fn lift<_C: $crate::__rt::LiftCx>(
                cx: &mut _C,
                flat: &mut $crate::__rt::FlatReader<'_>,
            ) -> ::core::result::Result<Self, _C::Error> {
                Ok(Self { rep: $crate::__rt::Lift::lift(cx, flat)? })
            }

            fn load<_C: $crate::__rt::LiftCx>(cx: &mut _C, addr: u32) -> ::core::result::Result<Self, _C::Error> {
                Ok(Self { rep: $crate::__rt::Lift::load(cx, addr)? })
            }
        }

        $crate::__exported_handle!($name, $module, $new, $rep, $drop);
    };
}

/// The built-ins of a resource that the guest defines.
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
#[macro_export]
macro_rules! __exported_handle {
    ($name:ident, $module:tt, $new:tt, $rep:tt, $drop:tt) => {
        impl $crate::__rt::GuestResource for $name {
            unsafe fn from_handle(handle: u32) -> Self {
                // SAFETY: as the caller promises.
                Self { handle: unsafe { $crate::__rt::Own::from_handle(handle) } }
            }

            unsafe fn drop_handle(handle: u32) {
                #[link(wasm_import_module = $module)]
                unsafe extern "C" {
                    #[link_name = $drop]
                    fn drop(_: i32);
                }
                // SAFETY: as the caller promises.
                unsafe { drop(handle as i32) }
            }
        }

        impl $crate::__rt::ExportedResource for $name {
            $crate::__types_of_reps!();

            unsafe fn new_handle(rep: *mut u8, _: fn(u64)) -> u32 {
                #[link(wasm_import_module = $module)]
                unsafe extern "C" {
                    #[link_name = $new]
                    fn new(_: *mut u8) -> i32;
                }
                // SAFETY: as the caller promises.
                unsafe { new(rep) as u32 }
            }

            unsafe fn rep(handle: u32) -> *mut u8 {
                #[link(wasm_import_module = $module)]
                unsafe extern "C" {
                    #[link_name = $rep]
                    fn rep(_: i32) -> *mut u8;
                }
                // SAFETY: as the caller promises.
                unsafe { rep(handle as i32) }
            }
        }
    };
}

/// The built-ins of a resource that the guest defines, over the table of the thread.
#[cfg(not(target_arch = "wasm32"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __exported_handle {
    ($name:ident, $module:tt, $new:tt, $rep:tt, $drop:tt) => {
        impl $crate::__rt::GuestResource for $name {
            unsafe fn from_handle(handle: u32) -> Self {
                // SAFETY: as the caller promises.
                Self { handle: unsafe { $crate::__rt::Own::from_handle(handle) } }
            }

            unsafe fn drop_handle(handle: u32) {
                $crate::__rt::native::resource_drop(<Self as $crate::__rt::ResourceKind>::DESC, handle)
            }
        }

        impl $crate::__rt::ExportedResource for $name {
            $crate::__types_of_reps!();

            unsafe fn new_handle(rep: *mut u8, destructor: fn(u64)) -> u32 {
                let resource = <Self as $crate::__rt::ResourceKind>::DESC;
                $crate::__rt::native::resource_new(resource, rep as u64, Some(destructor))
            }

            unsafe fn rep(handle: u32) -> *mut u8 {
                $crate::__rt::native::resource_rep(<Self as $crate::__rt::ResourceKind>::DESC, handle) as *mut u8
            }
        }
    };
}

/// The Rust types that represent a resource.
#[doc(hidden)]
#[macro_export]
macro_rules! __types_of_reps {
    () => {
        fn types() -> &'static $crate::__rt::rep::Types {
            static TYPES: $crate::__rt::rep::Types = $crate::__rt::rep::Types::new();
            &TYPES
        }
    };
}

/// The functions that the trait of an exported resource has, by the names of `wit_bindgen`'s: an implementation may keep its
/// values in places of its own.
#[doc(hidden)]
#[macro_export]
macro_rules! __resource_functions {
    ($name:ident) => {
        /// `resource.new`
        #[doc(hidden)]
        unsafe fn _resource_new(val: *mut u8) -> u32 {
            // SAFETY: the destructor is called once, with this representation.
            let destructor = |rep: u64| unsafe { $name::dtor::<Self>(rep as usize as *mut u8) };
            // SAFETY: as the caller promises.
            unsafe { <$name as $crate::__rt::ExportedResource>::new_handle(val, destructor) }
        }

        /// `resource.rep`
        #[doc(hidden)]
        fn _resource_rep(handle: u32) -> *mut u8 {
            // SAFETY: a handle that does not exist traps.
            unsafe { <$name as $crate::__rt::ExportedResource>::rep(handle) }
        }

        /// Puts a value where it stays until [`resource_from_raw_`](Self::resource_from_raw_) takes it: on the heap, unless
        /// both functions are overridden.
        #[doc(hidden)]
        unsafe fn resource_into_raw_(
            val: <Self as $crate::__rt::Resource>::Rep,
        ) -> *mut <Self as $crate::__rt::Resource>::Rep {
            $crate::__rt::Box::into_raw($crate::__rt::Box::new(val))
        }

        /// Takes the value that [`resource_into_raw_`](Self::resource_into_raw_) has put there.
        #[doc(hidden)]
        unsafe fn resource_from_raw_(
            handle: *mut <Self as $crate::__rt::Resource>::Rep,
        ) -> <Self as $crate::__rt::Resource>::Rep {
            // SAFETY: as the caller promises.
            *unsafe { $crate::__rt::Box::from_raw(handle) }
        }
    };
}
