//! A resource of the component's own.

wit_bindgen::generate!({
    inline: "
        package size:exported;
        interface counters {
            resource counter {
                constructor(name: string);
                next: func() -> u32;
                name: func() -> string;
                merge: static func(first: counter, second: borrow<counter>) -> counter;
            }
        }
        world guest {
            export counters;
        }
    "
});

use std::cell::Cell;

use exports::size::exported::counters::{self, Counter, CounterBorrow};

struct Component;

export!(Component);

impl counters::Guest for Component {
    type Counter = Count;
}

struct Count(String, Cell<u32>);

impl counters::GuestCounter for Count {
    fn new(name: String) -> Count {
        Count(name, Cell::new(0))
    }

    fn next(&self) -> u32 {
        self.1.set(self.1.get() + 1);
        self.1.get()
    }

    fn name(&self) -> String {
        self.0.clone()
    }

    fn merge(first: Counter, second: CounterBorrow<'_>) -> Counter {
        let count = second.get::<Count>().1.get();
        first.get::<Count>().1.update(|own| own + count);
        first
    }
}
