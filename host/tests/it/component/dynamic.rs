//! Dynamic calls: values and types that are known only at run time.

use witwright_host::{CoreEngine, Type, Val};

use super::{core_module, instance};
use crate::on_every_engine;

on_every_engine! { every_shape_comes_back, types_can_be_looked_at }

/// Exports `echo` of a record with all kinds of types. Parameter and result are in memory, and its bytes are copied.
fn echo() -> String {
    let module = core_module("m", r#"(func (export "echo") (param i32) (result i32) (local.get 0))"#);
    format!(
        r#"(component {module} (core instance $i (instantiate $m))
            (type $shape' (variant (case "none") (case "circle" f32) (case "named" string)))
            (export $shape "shape" (type $shape'))
            (type $color' (enum "red" "green" "blue"))
            (export $color "color" (type $color'))
            (type $rights' (flags "r" "w" "x"))
            (export $rights "rights" (type $rights'))
            (type $all' (record
                (field "b" bool) (field "s8" s8) (field "u16" u16) (field "s32" s32) (field "u64" u64)
                (field "f64" f64) (field "c" char) (field "text" string) (field "list" (list $shape))
                (field "color" $color) (field "rights" $rights) (field "opt" (option u8))
                (field "res" (result string (error $color))) (field "map" (list (tuple string s64)))))
            (export $all "all" (type $all'))
            (func (export "echo") (param "v" $all) (result $all) (canon lift (core func $i "echo")
                (memory (core memory $i "memory")) (realloc (core func $i "realloc")))))"#
    )
}

fn text(text: &str) -> Val {
    Val::String(text.into())
}

fn every_shape_comes_back<E: CoreEngine>() {
    let (mut store, instance) = instance::<E>(&echo());
    let echo = instance.func(&mut store, None, "echo").unwrap();
    let boxed = |value| Some(Box::new(value));
    let all = |opt, res| {
        let fields = [
            ("b", Val::Bool(true)),
            ("s8", Val::S8(-3)),
            ("u16", Val::U16(65_000)),
            ("s32", Val::S32(i32::MIN)),
            ("u64", Val::U64(u64::MAX)),
            ("f64", Val::F64(1.5)),
            ("c", Val::Char('☃')),
            ("text", text("höflich")),
            (
                "list",
                Val::List(vec![
                    Val::Variant("none".into(), None),
                    Val::Variant("circle".into(), boxed(Val::F32(0.25))),
                    Val::Variant("named".into(), boxed(text("n"))),
                ]),
            ),
            ("color", Val::Enum("blue".into())),
            ("rights", Val::Flags(vec!["r".into(), "x".into()])),
            ("opt", Val::Option(opt)),
            ("res", Val::Result(res)),
            ("map", Val::List(vec![Val::Tuple(vec![text("k"), Val::S64(-1)])])),
        ];
        Val::Record(fields.into_iter().map(|(name, value)| (name.into(), value)).collect())
    };
    for value in [all(None, Ok(boxed(text("fine")))), all(boxed(Val::U8(9)), Err(boxed(Val::Enum("green".into()))))] {
        assert_eq!(echo.call(&mut store, core::slice::from_ref(&value)).unwrap(), Some(value));
    }
    let mut nested = all(None, Ok(boxed(text("fine"))));
    let Val::Record(fields) = &mut nested else { panic!("{nested:?}") };
    let Val::List(shapes) = &mut fields[8].1 else { panic!("{fields:?}") };
    shapes[1] = Val::Variant("circle".into(), boxed(Val::U8(1)));
    let wrong = [
        (nested, "in function `echo`, parameter `v`, field `list`, element 2, case `circle`: expected f32, found u8"),
        (all(None, Ok(None)), "found result: ok without a value"),
        (all(None, Err(boxed(Val::Enum("pink".into())))), "expected enum { red, green, blue }, found case `pink`"),
        (Val::Record(vec![("b".into(), Val::Bool(true))]), "found record { b }"),
    ];
    for (value, says) in wrong {
        let error = echo.call(&mut store, &[value]).unwrap_err().to_string();
        assert!(error.ends_with(says), "{error}");
    }
}

fn types_can_be_looked_at<E: CoreEngine>() {
    let (mut store, instance) = instance::<E>(&echo());
    let echo = instance.func(&mut store, None, "echo").unwrap();
    let ty = echo.ty(&mut store).unwrap();
    assert!(!ty.async_);
    assert_eq!(ty.params[0].0, "v");
    let Some(Type::Record(fields)) = ty.result else { panic!("{:?}", ty.result) };
    assert_eq!(fields[9], ("color".into(), Type::Enum(vec!["red".into(), "green".into(), "blue".into()])));
    assert_eq!(fields[11], ("opt".into(), Type::Option(Box::new(Type::U8))));
}
