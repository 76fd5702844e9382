//! Types of the user's that have many paths to one part: each is compared once.

#[derive(witwright::WitType, Clone, Debug)]
pub struct A0 {
    pub a: u8,
}

macro_rules! levels {
    ($($level:ident: $below:ident),*) => {
        $(
            #[derive(witwright::WitType, Clone, Debug)]
            pub struct $level {
                pub x: Vec<$below>,
                pub y: Vec<$below>,
            }
        )*
    };
}

levels!(
    A1: A0, A2: A1, A3: A2, A4: A3, A5: A4, A6: A5, A7: A6, A8: A7, A9: A8, A10: A9,
    A11: A10, A12: A11, A13: A12, A14: A13, A15: A14, A16: A15, A17: A16, A18: A17, A19: A18, A20: A19
);

witwright::generate!({
    inline: "
        package test:levels;
        interface levels {
            record a0 { a: u8 }
            record a1 { x: list<a0>, y: list<a0> }
            record a2 { x: list<a1>, y: list<a1> }
            record a3 { x: list<a2>, y: list<a2> }
            record a4 { x: list<a3>, y: list<a3> }
            record a5 { x: list<a4>, y: list<a4> }
            record a6 { x: list<a5>, y: list<a5> }
            record a7 { x: list<a6>, y: list<a6> }
            record a8 { x: list<a7>, y: list<a7> }
            record a9 { x: list<a8>, y: list<a8> }
            record a10 { x: list<a9>, y: list<a9> }
            record a11 { x: list<a10>, y: list<a10> }
            record a12 { x: list<a11>, y: list<a11> }
            record a13 { x: list<a12>, y: list<a12> }
            record a14 { x: list<a13>, y: list<a13> }
            record a15 { x: list<a14>, y: list<a14> }
            record a16 { x: list<a15>, y: list<a15> }
            record a17 { x: list<a16>, y: list<a16> }
            record a18 { x: list<a17>, y: list<a17> }
            record a19 { x: list<a18>, y: list<a18> }
            record a20 { x: list<a19>, y: list<a19> }
            count: func(all: a20) -> u32;
        }
        world users { import levels; }
    ",
    with: {
        "test:levels/levels.a0": crate::A0,
        "test:levels/levels.a1": crate::A1,
        "test:levels/levels.a2": crate::A2,
        "test:levels/levels.a3": crate::A3,
        "test:levels/levels.a4": crate::A4,
        "test:levels/levels.a5": crate::A5,
        "test:levels/levels.a6": crate::A6,
        "test:levels/levels.a7": crate::A7,
        "test:levels/levels.a8": crate::A8,
        "test:levels/levels.a9": crate::A9,
        "test:levels/levels.a10": crate::A10,
        "test:levels/levels.a11": crate::A11,
        "test:levels/levels.a12": crate::A12,
        "test:levels/levels.a13": crate::A13,
        "test:levels/levels.a14": crate::A14,
        "test:levels/levels.a15": crate::A15,
        "test:levels/levels.a16": crate::A16,
        "test:levels/levels.a17": crate::A17,
        "test:levels/levels.a18": crate::A18,
        "test:levels/levels.a19": crate::A19,
        "test:levels/levels.a20": crate::A20,
    },
});

struct Levels;

impl test::levels::levels::Host for Levels {
    fn count(&mut self, all: A20) -> u32 {
        (all.x.len() + all.y.len()) as u32
    }
}

fn main() {
    let all = A20 { x: vec![A19 { x: vec![], y: vec![] }], y: vec![] };
    assert_eq!(with_imports(&mut Levels, || test::levels::levels::count(&all)), 1);
}
