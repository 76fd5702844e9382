//! The option `ownership`, and values that the caller of an import keeps.

#![allow(unreachable_pub, reason = "the bindings mention these types in public functions")]

use witwright::rt::async_support::ErrorContext;

/// Another world imports what this one exports, so types of the exports have borrowed forms too.
mod exported {
    witwright::generate!({
        inline: "
            package test:exported;
            interface lent {
                resource r { constructor(); number: func() -> u32; }
                record refs { all: list<borrow<r>> }
                record some { one: option<borrow<r>>, name: string }
                variant either { refs(refs), names(list<string>) }
                sum: func(a: refs, b: some, c: either) -> u32;
            }
            world exports { export lent; }
            world imports { import lent; }
        ",
        world: "exports",
        ownership: Borrowing { duplicate_if_necessary: true },
    });
}

struct Component;

struct R;

impl exported::exports::test::exported::lent::Guest for Component {
    type R = R;

    fn sum(
        a: exported::exports::test::exported::lent::RefsResult<'_>,
        b: exported::exports::test::exported::lent::SomeResult<'_>,
        c: exported::exports::test::exported::lent::EitherResult<'_>,
    ) -> u32 {
        use exported::exports::test::exported::lent::{EitherResult, GuestR};
        let rest = match c {
            EitherResult::Refs(refs) => refs.all.len(),
            EitherResult::Names(names) => names.len(),
        };
        let all: u32 = a.all.iter().chain(&b.one).map(|r| r.get::<R>().number()).sum();
        all + u32::try_from(b.name.len() + rest).unwrap()
    }
}

impl exported::exports::test::exported::lent::GuestR for R {
    fn new() -> R {
        R
    }

    fn number(&self) -> u32 {
        5
    }
}

exported::export!(Component with_types_in exported);

#[test]
fn exports_are_lent_handles_in_records() {
    use exported::exports::test::exported::lent::{EitherResult, Guest, R as Handle, RefsResult, SomeResult};
    let r = Handle::new(R);
    let refs = RefsResult { all: vec![r.borrow(), r.borrow()] };
    let some = SomeResult { one: Some(r.borrow()), name: "abc".to_owned() };
    assert_eq!(Component::sum(refs, some, EitherResult::Names(vec![String::new()])), 19);
}

/// Another world exports what this one imports, so the lists of these types are owned.
mod imported {
    witwright::generate!({
        inline: "
            package test:imported;
            interface lent {
                resource r { constructor(); }
                record refs { all: list<borrow<r>> }
                count: func(one: refs, more: list<refs>) -> u32;
            }
            world imports { import lent; }
            world exports { export lent; }
        ",
        world: "imports",
        ownership: Borrowing { duplicate_if_necessary: false },
    });
}

struct Lent;

impl imported::test::imported::lent::Host for Lent {
    fn count(
        &mut self,
        one: imported::test::imported::lent::Refs<'_>,
        more: Vec<imported::test::imported::lent::Refs<'_>>,
    ) -> u32 {
        let count: usize = one.all.len() + more.iter().map(|refs| refs.all.len()).sum::<usize>();
        u32::try_from(count).unwrap()
    }
}

impl imported::test::imported::lent::HostR for Lent {
    fn new(&mut self) -> imported::test::imported::lent::R {
        witwright::mock::resource(1)
    }
}

#[test]
fn records_of_lent_handles_are_passed_whole() {
    use imported::test::imported::lent::{R, Refs, count};
    imported::with_imports(&mut Lent, || {
        let r = R::new();
        let refs = |len| Refs { all: vec![&r; len] };
        assert_eq!(count(refs(2), &[refs(1), refs(3)]), 6);
    });
}

mod contexts {
    witwright::generate!({
        inline: "
            package test:contexts;
            interface failures {
                record failure { why: error-context, place: string }
                join: func(all: list<error-context>, one: option<error-context>, named: failure) -> string;
            }
            world w { import failures; }
        ",
    });
}

struct Failures;

impl contexts::test::contexts::failures::Host for Failures {
    fn join(
        &mut self,
        all: Vec<ErrorContext>,
        one: Option<ErrorContext>,
        named: contexts::test::contexts::failures::Failure,
    ) -> String {
        let all: Vec<String> = all.iter().chain(&one).chain([&named.why]).map(ErrorContext::debug_message).collect();
        format!("{} {}", all.concat(), named.place)
    }
}

#[test]
fn error_contexts_are_lent() {
    use contexts::test::contexts::failures::{Failure, join};
    contexts::with_imports(&mut Failures, || {
        let all = ["a", "b"].map(ErrorContext::new);
        let named = Failure { why: ErrorContext::new("d"), place: "here".to_owned() };
        assert_eq!(join(&all, Some(ErrorContext::new("c")), &named), "abcd here");
        assert_eq!(join(&all[..1], None, &named), "ad here");
    });
}

/// Bindings that others refer to: their types have borrowed forms there too.
mod shared {
    pub mod once {
        mod things {
            witwright::generate!({
                path: "tests/it/wit/shared.wit",
                world: "first",
                ownership: Borrowing { duplicate_if_necessary: false },
            });
        }
        mod users {
            witwright::generate!({
                path: "tests/it/wit/shared.wit",
                world: "second",
                ownership: Borrowing { duplicate_if_necessary: false },
                with: { "test:shared/things": super::things::test::shared::things },
            });
        }
        pub use things::test::shared::things::*;
        pub use users::test::shared::users as user;
        pub use users::with_imports;
    }

    pub mod twice {
        mod things {
            witwright::generate!({
                path: "tests/it/wit/shared.wit",
                world: "first",
                ownership: Borrowing { duplicate_if_necessary: true },
            });
        }
        mod users {
            witwright::generate!({
                path: "tests/it/wit/shared.wit",
                world: "second",
                ownership: Borrowing { duplicate_if_necessary: true },
                with: { "test:shared/things": super::things::test::shared::things },
            });
        }
        pub use things::test::shared::things::*;
        pub use users::test::shared::users as user;
        pub use users::with_imports;
    }
}

struct Users;

impl shared::once::user::Host for Users {
    fn join(
        &mut self,
        one: shared::once::TakenOwned,
        more: Vec<shared::once::TakenOwned>,
        both: shared::once::Both,
    ) -> shared::once::Both {
        let names = [one].into_iter().chain(more).map(|taken| taken.name).collect::<Vec<_>>().concat();
        shared::once::Both { name: names + &both.name }
    }
}

impl shared::twice::user::Host for Users {
    fn join(
        &mut self,
        one: shared::twice::TakenOwned,
        more: Vec<shared::twice::TakenOwned>,
        both: shared::twice::BothResult,
    ) -> shared::twice::BothResult {
        let names = [one].into_iter().chain(more).map(|taken| taken.name).collect::<Vec<_>>().concat();
        shared::twice::BothResult { name: names + &both.name }
    }
}

#[test]
fn types_of_other_bindings_are_borrowed() {
    shared::once::with_imports(&mut Users, || {
        use shared::once::{Both, Taken, user};
        let joined: user::Both =
            user::join(Taken { name: "a", size: 1 }, &[Taken { name: "b", size: 2 }], &Both { name: "c".to_owned() });
        assert_eq!(joined.name, "abc");
    });
    shared::twice::with_imports(&mut Users, || {
        use shared::twice::{BothParam, Taken, user};
        let joined: user::BothResult =
            user::join(Taken { name: "a", size: 1 }, &[Taken { name: "b", size: 2 }], BothParam { name: "c" });
        assert_eq!(joined.name, "abc");
    });
}

mod given {
    witwright::generate!({
        inline: "
            package test:given;
            interface things {
                resource r { constructor(); }
                record name { text: string }
                record both { lent: borrow<r>, given: r, name: name }
                take: func(named: tuple<name, r>, both: list<both>) -> string;
            }
            world w { import things; }
        ",
        ownership: Borrowing { duplicate_if_necessary: true },
    });
}

/// The numbers of the resources that the guest has dropped.
#[derive(Default)]
struct Given {
    made: u64,
    dropped: Vec<u64>,
}

impl given::test::given::things::Host for Given {
    fn take(
        &mut self,
        named: (given::test::given::things::NameOwned, given::test::given::things::R),
        both: Vec<given::test::given::things::Both<'_>>,
    ) -> String {
        let numbers = both.iter().flat_map(|both| [both.lent, &both.given]).chain([&named.1]).map(witwright::mock::rep);
        let numbers: String = numbers.map(|number| number.to_string()).collect();
        named.0.text + &numbers + &both.into_iter().map(|both| both.name.text).collect::<String>()
    }
}

impl given::test::given::things::HostR for Given {
    fn new(&mut self) -> given::test::given::things::R {
        self.made += 1;
        witwright::mock::resource(self.made)
    }

    fn drop(&mut self, rep: u64) {
        self.dropped.push(rep);
    }
}

/// Owned handles leave the slice that they are passed in, and names are lent beside them.
#[test]
fn values_with_handles_of_both_sorts_are_passed_in_slices() {
    use given::test::given::things::{Both, Name, NameOwned, R, take};
    let mut imports = Given::default();
    given::with_imports(&mut imports, || {
        let r = R::new();
        let both = [0, 1].map(|_| Both { lent: &r, given: R::new(), name: NameOwned { text: "x".to_owned() } });
        assert_eq!(take((Name { text: "a" }, R::new()), &both), "a12134xx");
    });
    assert_eq!(imports.made, 4);
    assert_eq!(imports.dropped, [1]);
}
