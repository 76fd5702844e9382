mod bindings {
    witwright::generate!({
        inline: "package a:b; world w {}",
        world: "w" with: {},
    });
}

mod keywords {
    witwright::generate!({ inline: "package a:b; world w {}", runtime_path: a::b async: true });
}

#[witwright::guest(world = "w" path = "wit")]
mod attribute {}

fn main() {}
