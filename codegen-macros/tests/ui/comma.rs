mod bindings {
    witwright::generate!({
        inline: "package a:b; world w {}",
        world: "w" with: {},
    });
}

mod keywords {
    witwright::generate!({ inline: "package a:b; world w {}", runtime_path: a::b async: true });
}

mod positions {
    mod tables {
        witwright::tables!("plugin", "wit");
    }

    mod bindings {
        witwright::generate!("plugin" path: "wit");
    }
}

#[witwright::guest(world = "w" path = "wit")]
mod attribute {}

fn main() {}
