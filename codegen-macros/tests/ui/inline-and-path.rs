mod bindings {
    witwright::generate!({
        path: "../../../../codegen-macros/tests/ui/wit/twice.wit",
        inline: "package test:twice; world w {}",
    });
}

fn main() {}
