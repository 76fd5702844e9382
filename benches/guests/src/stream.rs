//! A stream that is read, and one that is written.

wit_bindgen::generate!({
    inline: "
        package size:streaming;
        world guest {
            export double: async func(bytes: stream<u8>) -> stream<u8>;
        }
    "
});

use wit_bindgen::{StreamReader, StreamResult, spawn_local};

struct Component;

export!(Component);

impl Guest for Component {
    async fn double(mut bytes: StreamReader<u8>) -> StreamReader<u8> {
        let (mut writer, reader) = wit_stream::new();
        spawn_local(async move {
            loop {
                let (result, read) = bytes.read(Vec::with_capacity(1024)).await;
                let left = writer.write_all(read.iter().map(|byte| byte.wrapping_mul(2)).collect()).await;
                if result == StreamResult::Dropped || !left.is_empty() {
                    break;
                }
            }
        });
        reader
    }
}
