//! Fields: headers and trailers.

use std::sync::Arc;

use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};

use super::ledger::{Ledger, Share, TooManyFields};

/// Fields that belong to connections and not to messages; guests neither see nor set them.
const FORBIDDEN: [HeaderName; 9] = [
    header::CONNECTION,
    header::HOST,
    header::PROXY_AUTHENTICATE,
    header::PROXY_AUTHORIZATION,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
    HeaderName::from_static("http2-settings"),
    HeaderName::from_static("keep-alive"),
    HeaderName::from_static("proxy-connection"),
];

/// Names and values in order, the names as they were written.
#[derive(Debug, Default)]
pub struct Fields {
    entries: Vec<Entry>,
    share: Share,
}

/// The value that a handle of fields stands for.
pub enum FieldsHandle {
    /// Fields that the guest has made.
    Own(Fields),
    /// Those of a message, which cannot be changed.
    Fixed(Arc<Fields>),
}

#[derive(Clone, Debug)]
struct Entry {
    name: HeaderName,
    /// The name as it was written.
    written: String,
    value: HeaderValue,
}

/// The reason why fields were not changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum FieldsFault {
    /// A name or a value is not one of HTTP.
    InvalidSyntax,
    /// The field belongs to the connection.
    Forbidden,
    /// They would have too many bytes.
    TooLarge,
}

impl Fields {
    /// No fields yet.
    pub(crate) fn new(ledger: &Ledger) -> Fields {
        Fields { entries: Vec::new(), share: Share::new(ledger) }
    }

    /// The fields of a list.
    pub(crate) fn from_list(list: Vec<(String, Vec<u8>)>, ledger: &Ledger) -> Result<Fields, FieldsFault> {
        let mut fields = Fields::new(ledger);
        for (name, value) in list {
            fields.append(name, &value)?;
        }
        Ok(fields)
    }

    /// The fields of a received message, without those of its connection. They are not counted for a guest yet.
    pub(super) fn from_map(map: &HeaderMap) -> Fields {
        let allowed = map.iter().filter(|(name, _)| !FORBIDDEN.contains(name));
        let entry = |(name, value): (&HeaderName, &HeaderValue)| Entry {
            name: name.clone(),
            written: name.as_str().to_owned(),
            value: value.clone(),
        };
        Fields { entries: allowed.map(entry).collect(), share: Share::default() }
    }

    /// The fields of a received message, counted for the guest that receives it.
    pub(super) fn received(map: &HeaderMap, ledger: &Ledger) -> Result<Fields, TooManyFields> {
        Fields::from_map(map).counted(ledger)
    }

    /// A copy of the fields for the guest to change.
    pub(crate) fn copy(&self, ledger: &Ledger) -> Result<Fields, TooManyFields> {
        Fields { entries: self.entries.clone(), share: Share::default() }.counted(ledger)
    }

    /// The same fields, counted for a guest.
    pub(super) fn counted(self, ledger: &Ledger) -> Result<Fields, TooManyFields> {
        let bytes = self.entries.iter().map(Entry::bytes).sum();
        Ok(Fields { share: Share::of_message(ledger, bytes).ok_or(TooManyFields)?, ..self })
    }

    pub(super) fn to_map(&self) -> HeaderMap {
        self.entries.iter().fold(HeaderMap::new(), |mut map, Entry { name, value, .. }| {
            map.append(name, value.clone());
            map
        })
    }

    pub(crate) fn values(&self, name: &str) -> Vec<Vec<u8>> {
        let Ok(name) = name.parse::<HeaderName>() else { return Vec::new() };
        self.entries.iter().filter(|entry| entry.name == name).map(|entry| entry.value.as_bytes().to_vec()).collect()
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        name.parse::<HeaderName>().is_ok_and(|name| self.entries.iter().any(|entry| entry.name == name))
    }

    pub(crate) fn set(&mut self, name: String, values: &[Vec<u8>]) -> Result<(), FieldsFault> {
        let mut changed = Fields { entries: self.entries.clone(), share: self.share.clone() };
        changed.delete(&name)?;
        for value in values {
            changed.append(name.clone(), value)?;
        }
        *self = changed;
        Ok(())
    }

    pub(crate) fn append(&mut self, name: String, value: &[u8]) -> Result<(), FieldsFault> {
        let allowed = allowed(&name)?;
        let value = HeaderValue::from_bytes(value).map_err(|_| FieldsFault::InvalidSyntax)?;
        if allowed == header::CONTENT_LENGTH && (self.has(&name) || length(value.as_bytes()).is_err()) {
            return Err(FieldsFault::InvalidSyntax);
        }
        let entry = Entry { name: allowed, written: name, value };
        if !self.share.add(entry.bytes()) {
            return Err(FieldsFault::TooLarge);
        }
        self.entries.push(entry);
        Ok(())
    }

    pub(crate) fn delete(&mut self, name: &str) -> Result<(), FieldsFault> {
        let name = allowed(name)?;
        let Fields { entries, share } = self;
        entries.retain(|entry| {
            let stays = entry.name != name;
            if !stays {
                share.remove(entry.bytes());
            }
            stays
        });
        Ok(())
    }

    pub(crate) fn entries(&self) -> Vec<(String, Vec<u8>)> {
        self.entries.iter().map(|entry| (entry.written.clone(), entry.value.as_bytes().to_vec())).collect()
    }

    /// The number in `content-length`; `None` if there is none.
    pub(crate) fn content_length(&self) -> Result<Option<u64>, FieldsFault> {
        let mut values = self.values("content-length").into_iter();
        let Some(first) = values.next() else { return Ok(None) };
        if values.any(|other| other != first) { Err(FieldsFault::InvalidSyntax) } else { length(&first).map(Some) }
    }
}

/// The number that a `content-length` is.
fn length(value: &[u8]) -> Result<u64, FieldsFault> {
    let digits = str::from_utf8(value).ok().filter(|value| value.bytes().all(|byte| byte.is_ascii_digit()));
    digits.and_then(|digits| digits.parse().ok()).ok_or(FieldsFault::InvalidSyntax)
}

impl FieldsHandle {
    pub(crate) fn fields(&self) -> &Fields {
        match self {
            FieldsHandle::Own(fields) => fields,
            FieldsHandle::Fixed(fields) => fields,
        }
    }

    /// The fields for a message: those of another message are shared.
    pub(crate) fn into_fields(self) -> Arc<Fields> {
        match self {
            FieldsHandle::Own(fields) => Arc::new(fields),
            FieldsHandle::Fixed(fields) => fields,
        }
    }
}

impl Entry {
    fn bytes(&self) -> usize {
        // An entry takes memory even if it is empty.
        self.written.len() + self.value.len() + 32
    }
}

fn allowed(name: &str) -> Result<HeaderName, FieldsFault> {
    let name: HeaderName = name.parse().map_err(|_| FieldsFault::InvalidSyntax)?;
    if FORBIDDEN.contains(&name) { Err(FieldsFault::Forbidden) } else { Ok(name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_case_and_kept_as_written() {
        let mut fields =
            Fields::from_list(vec![("X-One".into(), b"1".into()), ("x-two".into(), b"2".into())], &Ledger::default())
                .unwrap();
        fields.append("x-one".into(), b"").unwrap();
        assert_eq!(fields.values("X-ONE"), [b"1".to_vec(), b"".to_vec()]);
        fields.set("X-ONE".into(), &[b"3".to_vec()]).unwrap();
        assert_eq!(fields.entries(), [("x-two".into(), b"2".to_vec()), ("X-ONE".into(), b"3".to_vec())]);
        assert!(fields.has("x-one") && !fields.has("a b") && fields.values("a b").is_empty());
        fields.delete("x-one").unwrap();
        assert!(!fields.has("x-one"));
    }

    #[test]
    fn what_is_not_allowed_changes_nothing() {
        let mut fields = Fields::default();
        assert_eq!(fields.append("a b".into(), b""), Err(FieldsFault::InvalidSyntax));
        assert_eq!(fields.append("a".into(), b"1\r\nb: 2"), Err(FieldsFault::InvalidSyntax));
        assert_eq!(fields.append("Transfer-Encoding".into(), b"chunked"), Err(FieldsFault::Forbidden));
        fields.append("a".into(), b"1").unwrap();
        assert_eq!(fields.set("a".into(), &[b"2".to_vec(), b"\n".to_vec()]), Err(FieldsFault::InvalidSyntax));
        assert_eq!(fields.append("a".into(), &vec![b'x'; 128 << 10]), Err(FieldsFault::TooLarge));
        assert_eq!(fields.entries(), [("a".into(), b"1".to_vec())]);
    }

    #[test]
    fn messages_that_came_and_copies_of_them_are_the_guests() {
        let value = HeaderValue::from_bytes(&[b'x'; 64 << 10]).unwrap();
        let map = HeaderMap::from_iter([(header::ACCEPT, value)]);
        let ledger = Ledger::default();
        let received = Fields::received(&map, &ledger).unwrap();
        let copies: Vec<Fields> = core::iter::from_fn(|| received.copy(&ledger).ok()).collect();
        assert_eq!(Fields::received(&map, &ledger).err(), Some(TooManyFields));
        assert!((900..1024).contains(&copies.len()), "64 MiB of 64 KiB and a name: {}", copies.len());
        drop(copies);
        assert_eq!(received.copy(&ledger).unwrap().entries(), received.entries());
    }

    #[test]
    fn a_length_is_one_number() {
        let made = |values: &[&'static str]| {
            let list = values.iter().map(|value| ("Content-Length".to_owned(), value.as_bytes().to_vec())).collect();
            Fields::from_list(list, &Ledger::default()).and_then(|fields| fields.content_length())
        };
        let received = |values: &[&'static str]| {
            let length = |value: &&'static str| (header::CONTENT_LENGTH, HeaderValue::from_static(value));
            Fields::from_map(&HeaderMap::from_iter(values.iter().map(length))).content_length()
        };
        type Lengths = fn(&[&'static str]) -> Result<Option<u64>, FieldsFault>;
        for of in [made as Lengths, received] {
            assert_eq!(of(&[]), Ok(None));
            assert_eq!(of(&["12"]), Ok(Some(12)));
            for invalid in [&["12", "13"][..], &["+1"], &[""], &["1 "], &["99999999999999999999"]] {
                assert_eq!(of(invalid), Err(FieldsFault::InvalidSyntax), "{invalid:?}");
            }
        }
        assert_eq!(made(&["12", "12"]), Err(FieldsFault::InvalidSyntax));
    }
}
