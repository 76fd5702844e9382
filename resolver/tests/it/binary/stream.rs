//! Decoding from a reader gives the same result as decoding from memory. It reads only a small part of the binaries that
//! crates ship: components of up to 17.8 MB, and a WIT package.

use std::io::{self, Cursor, ErrorKind, Read, Seek, SeekFrom};

use witwright_front::LanguageFeatures;
use witwright_resolver::binary::{
    DecodeError, DecodeErrorKind, Decoded, component_types, component_types_reader, decode, decode_reader,
};
use witwright_resolver::load::Memory;
use witwright_resolver::model::PackageId;
use witwright_resolver::{Input, Model, Options, print, resolve};

use super::by_name;
use super::corpus::shipped_binaries;
use crate::dump;

/// A reader that returns few bytes at a time, and counts them.
struct Slow<'a> {
    inner: Cursor<&'a [u8]>,
    at_once: usize,
    read: usize,
}

impl<'a> Slow<'a> {
    fn new(bytes: &'a [u8], at_once: usize) -> Self {
        Slow { inner: Cursor::new(bytes), at_once, read: 0 }
    }
}

impl Read for Slow<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let end = to.len().min(self.at_once);
        let read = self.inner.read(&mut to[..end])?;
        self.read += read;
        Ok(read)
    }
}

impl Seek for Slow<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

/// A reader that has a length but no bytes.
struct Broken;

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(ErrorKind::ConnectionReset.into())
    }
}

impl Seek for Broken {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        Ok(if matches!(to, SeekFrom::End(_)) { 100 } else { 0 })
    }
}

fn main_package(decoded: Decoded) -> (Model, PackageId) {
    match decoded {
        Decoded::Package(model, package) => (model, package),
        Decoded::Component(model, world) => {
            let package = model.worlds[world].package;
            (model, package)
        }
    }
}

/// The decoded packages as text, or the error.
fn shown(decoded: Result<Decoded, DecodeError>) -> String {
    match decoded {
        Ok(decoded) => dump::dump(&main_package(decoded).0),
        Err(error) => error.to_string(),
    }
}

#[test]
fn shipped_binaries_are_read_in_part() {
    let binaries = shipped_binaries();
    assert!(binaries.len() >= 9, "only {} binaries found", binaries.len());
    let largest = binaries.iter().map(|(_, binary)| binary.len()).max();
    assert!(largest > Some(17_000_000));
    for (name, binary) in &binaries {
        let expected = decode(binary).unwrap_or_else(|error| panic!("{name}: {error}"));
        let is_component = matches!(expected, Decoded::Component(..));
        let mut reader = Slow::new(binary, 1000);
        assert!(shown(decode_reader(&mut reader)) == shown(Ok(expected)), "{name}");
        let most = if is_component { 100_000 } else { binary.len() };
        assert!(reader.read <= most, "{name}: {} of {} bytes were read", reader.read, binary.len());
    }
}

#[test]
fn shipped_binaries_say_in_text_what_they_say() {
    let options = Options::default().with_all_features().with_language(LanguageFeatures::active());
    for (name, binary) in shipped_binaries() {
        let (model, package) = main_package(decode(&binary).unwrap());
        let input = Input::Inline { name: "printed.wit".into(), text: print::document(&model, package) };
        let again = resolve(&[input], &Memory::default(), &options);
        assert!(!again.has_errors(), "{name}: {:?}", again.diagnostics);
        assert!(packages(by_name(model)) == packages(by_name(again.model)), "{name}");
    }
}

/// The packages as text, in alphabetical order.
fn packages(model: Model) -> Vec<String> {
    let mut packages: Vec<String> = model.packages.iter().map(|(id, _)| dump::package(&model, id)).collect();
    packages.sort();
    packages
}

#[test]
fn a_reader_fails_as_memory_does() {
    let mut found = shipped_binaries();
    found.sort_by_key(|(_, binary)| binary.len());
    let (_, package) = &found[0];
    for end in (0..package.len()).step_by(97) {
        let cut = &package[..end];
        assert_eq!(shown(decode_reader(Slow::new(cut, 7))), shown(decode(cut)), "cut at {end}");
    }
    let (_, component) = &found[1];
    for end in (0..component.len()).step_by(997) {
        let cut = &component[..end];
        assert_eq!(shown(decode_reader(Cursor::new(cut))), shown(decode(cut)), "cut at {end}");
    }
    let error = decode(&component[..component.len() - 1]).unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::Truncated), "{error}");
}

#[test]
fn what_the_reader_says_is_passed_on() {
    let is_reset = |error: DecodeError| matches!(error.kind(), DecodeErrorKind::Read(ErrorKind::ConnectionReset));
    assert!(is_reset(decode_reader(Broken).unwrap_err()));
    assert!(is_reset(component_types_reader(Broken).unwrap_err()));
}

#[test]
fn a_reader_may_stand_behind_other_things() {
    let mut found = shipped_binaries();
    found.sort_by_key(|(_, binary)| binary.len());
    let (_, binary) = &found[0];
    let prefixed = [b"other", binary.as_slice()].concat();
    let mut reader = Cursor::new(prefixed);
    reader.set_position(5);
    assert!(shown(decode_reader(reader)) == shown(decode(binary)));
}

#[test]
fn sections_of_a_module_have_an_order() {
    let module = |sections: &str| wat::parse_str(sections).unwrap();
    let header = &module("(module)")[..8];
    let section = |text: &str| module(text)[8..].to_vec();
    let (types, memories) = (section("(module (type (func)))"), section("(module (memory 1))"));
    let wrapped = |sections: &[&[u8]]| {
        let inner = [header, &sections.concat()].concat();
        let mut outer = b"\0asm\x0d\0\x01\0\x01".to_vec();
        outer.push(u8::try_from(inner.len()).unwrap());
        outer.extend(inner);
        outer
    };
    assert!(decode(&wrapped(&[&types, &memories])).is_ok());
    for sections in [[&types[..], &types], [&memories, &types]] {
        let error = decode(&wrapped(&sections)).unwrap_err();
        assert!(matches!(error.kind(), DecodeErrorKind::SectionOrder), "{error}");
    }
    assert!(component_types(header).unwrap().is_empty());
}
