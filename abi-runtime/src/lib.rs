//! The canonical ABI of WebAssembly components: layout, lift, lower, handles, tasks; and the guest runtime.
