//! The smallest guest: one core export and no bindings. It shows that the guest toolchain works.

/// Answers.
#[unsafe(no_mangle)]
pub extern "C" fn answer() -> u32 {
    // Allocates, so that std is really linked.
    (0..7).map(|n| vec![n; 2].iter().sum::<u32>()).sum()
}
