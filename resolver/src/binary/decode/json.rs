//! The JSON of the `package-docs` section: strings, `null` and objects. Other values do not occur in it.

use alloc::string::String;
use alloc::vec::Vec;

/// The depth to which objects may be nested; the section needs five levels.
const MAX_DEPTH: u32 = 16;

/// A value.
pub(super) enum Json {
    Null,
    Text(String),
    Object(Vec<(String, Json)>),
}

/// Parses a whole text; `None` if it is malformed.
pub(super) fn parse(text: &str) -> Option<Json> {
    let mut reader = Reader { rest: text };
    let value = reader.value(0)?;
    reader.space();
    reader.rest.is_empty().then_some(value)
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\n', '\r', '\t']);
    }

    fn token(&mut self, token: &str) -> Option<()> {
        self.space();
        self.rest = self.rest.strip_prefix(token)?;
        Some(())
    }

    fn value(&mut self, depth: u32) -> Option<Json> {
        self.space();
        if self.rest.starts_with('"') {
            return self.text().map(Json::Text);
        }
        if self.rest.starts_with('{') {
            return if depth < MAX_DEPTH { self.object(depth) } else { None };
        }
        self.token("null").map(|()| Json::Null)
    }

    fn object(&mut self, depth: u32) -> Option<Json> {
        self.token("{")?;
        let mut members = Vec::new();
        if self.token("}").is_some() {
            return Some(Json::Object(members));
        }
        loop {
            self.space();
            let key = self.text()?;
            self.token(":")?;
            members.push((key, self.value(depth + 1)?));
            if self.token("}").is_some() {
                return Some(Json::Object(members));
            }
            self.token(",")?;
        }
    }

    fn text(&mut self) -> Option<String> {
        self.rest = self.rest.strip_prefix('"')?;
        let mut text = String::new();
        loop {
            let c = self.char()?;
            match c {
                '"' => return Some(text),
                '\\' => text.push(self.escape()?),
                '\0'..='\u{1f}' => return None,
                c => text.push(c),
            }
        }
    }

    fn char(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let c = chars.next()?;
        self.rest = chars.as_str();
        Some(c)
    }

    fn escape(&mut self) -> Option<char> {
        Some(match self.char()? {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'u' => {
                let unit = self.unit()?;
                if !(0xd800..0xdc00).contains(&unit) {
                    return char::from_u32(unit);
                }
                self.rest = self.rest.strip_prefix("\\u")?;
                let low = self.unit()?.checked_sub(0xdc00).filter(|&low| low < 0x400)?;
                return char::from_u32(0x10000 + ((unit - 0xd800) << 10) + low);
            }
            c @ ('"' | '\\' | '/') => c,
            _ => return None,
        })
    }

    /// The four hexadecimal digits of a UTF-16 code unit.
    fn unit(&mut self) -> Option<u32> {
        let digits = self.rest.get(..4).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
        self.rest = &self.rest[4..];
        u32::from_str_radix(digits, 16).ok()
    }
}
