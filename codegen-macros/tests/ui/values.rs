mod bindings {
    witwright::generate!({
        inline: "package a:b; world w {}",
        world: w,
        path: 3,
        generate_all: "yes",
        additional_derives: PartialEq,
        with: ["a:b/i"],
        ownership: Lending,
        async: 3,
        language_features: ["lists"],
        target_versions: ["a:b"],
        additional_type_attributes: { "a:b/i/t": PartialEq },
        runtime_path: "a b",
        export_macro_name: "a-b",
    });
}

mod attributes {
    witwright::generate!({
        inline: "package a:b; world w {}",
        additional_type_attributes: { "a:b/i/t": ["#[serde(x)]"] },
        additional_member_attributes: { "a:b/i/t.x": [#[serde(x)], y] },
    });
}

mod host {
    witwright::host!({
        inline: "package a:b; world w {}",
        ownership: Borrowing { duplicate_if_necessary: true },
        trappable_error_type: { "a:b/i.e": crate::E },
        importz: { default: trappable },
    });
}

mod a_text_alone {
    mod wit {
        witwright::generate!("package a:b; world w { export f: func(); }");
    }

    mod file {
        witwright::generate!("wit/world.wit");
    }
}

#[witwright::guest(inline = "package a:b; world w {}")]
fn bindings() {}

fn main() {}
