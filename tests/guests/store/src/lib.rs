//! A component for others. It has the baskets that the guest `shop` uses, and logs its actions.

#[witwright::guest(
    inline = "
        package test:shop@1.2.0;

        interface store {
            record line { name: string, count: u32 }

            resource basket {
                constructor(owner: string);
                add: func(line: line) -> u32;
                lines: func() -> list<line>;
                owner: func() -> string;
                merge: static func(first: basket, second: borrow<basket>) -> basket;
            }

            live: func() -> u32;

            /// Not in version 1.0.0.
            close: func();
        }

        interface log {
            note: func(text: string);
        }

        world warehouse {
            import log;
            export store;
        }
    ",
    world = "warehouse"
)]
mod bindings {}

use std::cell::{Cell, RefCell};

use bindings::exports::test::shop::store::{Basket, BasketBorrow, Guest, GuestBasket, Line};
use bindings::test::shop::log::note;

struct Warehouse;

struct Goods {
    owner: String,
    lines: RefCell<Vec<Line>>,
}

thread_local! {
    static LIVE: Cell<u32> = const { Cell::new(0) };
}

impl Goods {
    fn of(owner: String, lines: Vec<Line>) -> Goods {
        LIVE.set(LIVE.get() + 1);
        Goods { owner, lines: RefCell::new(lines) }
    }
}

impl Drop for Goods {
    fn drop(&mut self) {
        LIVE.set(LIVE.get() - 1);
        note(&format!("store: {} is done", self.owner));
    }
}

impl Guest for Warehouse {
    type Basket = Goods;

    fn live() -> u32 {
        LIVE.get()
    }

    fn close() {}
}

impl GuestBasket for Goods {
    fn new(owner: String) -> Goods {
        Goods::of(owner, Vec::new())
    }

    fn add(&self, line: Line) -> u32 {
        let mut lines = self.lines.borrow_mut();
        lines.push(line);
        lines.len() as u32
    }

    fn lines(&self) -> Vec<Line> {
        self.lines.borrow().clone()
    }

    fn owner(&self) -> String {
        self.owner.clone()
    }

    fn merge(first: Basket, second: BasketBorrow<'_>) -> Basket {
        let first: Goods = first.into_inner();
        let mut lines = first.lines.take();
        lines.extend(second.get::<Goods>().lines.borrow().iter().cloned());
        let owner = format!("{} with {}", first.owner, second.get::<Goods>().owner);
        Basket::new(Goods::of(owner, lines))
    }
}

bindings::export!(Warehouse with_types_in bindings);
