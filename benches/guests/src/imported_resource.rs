//! A resource of another component.

wit_bindgen::generate!({
    inline: "
        package size:imported;
        interface files {
            resource file {
                constructor(name: string);
                read: func(bytes: u32) -> list<u8>;
                size: func() -> u64;
            }
        }
        world guest {
            import files;
            export sizes: func(names: list<string>) -> u64;
        }
    "
});

use size::imported::files::File;

struct Component;

export!(Component);

impl Guest for Component {
    fn sizes(names: Vec<String>) -> u64 {
        let files = names.iter().map(|name| File::new(name));
        files.map(|file| file.size() + file.read(8).len() as u64).sum()
    }
}
