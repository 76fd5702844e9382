mod bindings {
    witwright::generate!({ path: "../../../../witwright/tests/ui/wit/mistakes.wit" });
}

fn main() {}
