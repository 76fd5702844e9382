mod of_guests {
    witwright::host!({ inline: "package a:b; world w {}", stubs, raw_strings: true, async: true });
}

mod of_wasmtime {
    witwright::host!({
        inline: "package a:b; world w {}",
        anyhow: true,
        include_component_type: true,
        named_imports: { "a:b/i": Id },
        tracing: true,
        trappable_imports: true,
        only_interfaces: true,
    });
}

mod of_hosts {
    witwright::generate!({ inline: "package a:b; world w {}", imports: { default: async } });
}

mod nearest {
    witwright::host!({ inline: "package a:b; world w {}", additional_derive: [Hash], wit: "wit", require_data_send: true });
}

fn main() {}
