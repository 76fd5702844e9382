//! Names in a tree. Short ones are stored without an allocation.

use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;
use core::ops::Deref;

/// The spelling of a name. It dereferences to `str`.
#[derive(Clone)]
pub struct Name(Repr);

#[derive(Clone)]
enum Repr {
    Short { len: u8, bytes: [u8; MAX_SHORT_LEN] },
    Long(Box<str>),
}

/// The longest text that fits the size of a `String`; nearly every name does.
const MAX_SHORT_LEN: usize = 22;

impl Name {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Repr::Short { len, bytes } => {
                let bytes = &bytes[..usize::from(*len)];
                core::str::from_utf8(bytes).unwrap_or_else(|_| unreachable!("these bytes were copied from a `str`"))
            }
            Repr::Long(text) => text,
        }
    }
}

impl From<&str> for Name {
    fn from(text: &str) -> Name {
        let mut bytes = [0; MAX_SHORT_LEN];
        match bytes.get_mut(..text.len()) {
            Some(room) => {
                room.copy_from_slice(text.as_bytes());
                Name(Repr::Short { len: text.len() as u8, bytes })
            }
            None => Name(Repr::Long(text.into())),
        }
    }
}

impl From<String> for Name {
    fn from(text: String) -> Name {
        if text.len() > MAX_SHORT_LEN { Name(Repr::Long(text.into_boxed_str())) } else { text.as_str().into() }
    }
}

impl From<&Name> for String {
    fn from(name: &Name) -> String {
        name.as_str().into()
    }
}

impl Default for Name {
    fn default() -> Name {
        "".into()
    }
}

impl Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Name) -> bool {
        **self == **other
    }
}

impl Eq for Name {}

impl PartialEq<str> for Name {
    fn eq(&self, other: &str) -> bool {
        **self == *other
    }
}

impl PartialEq<&str> for Name {
    fn eq(&self, other: &&str) -> bool {
        **self == **other
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_every_length_are_what_they_were() {
        let text = "über-".repeat(9);
        assert_eq!(size_of::<Name>(), size_of::<String>());
        for (end, _) in text.char_indices() {
            let name = Name::from(&text[..end]);
            assert_eq!(name, text[..end]);
            assert_eq!(name, Name::from(String::from(&text[..end])));
            assert_eq!(alloc::format!("{name} {name:?}"), alloc::format!("{} {:?}", &text[..end], &text[..end]));
        }
    }
}
