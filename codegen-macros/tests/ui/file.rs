mod bindings {
    witwright::generate!({ path: "../../../../codegen-macros/tests/ui/wit/mistakes.wit" });
}

fn main() {}
