//! A future that is read, and one that is written.

wit_bindgen::generate!({
    inline: "
        package size:promises;
        world guest {
            export after: async func(text: future<string>) -> future<string>;
        }
    "
});

use wit_bindgen::{FutureReader, spawn_local};

struct Component;

export!(Component);

impl Guest for Component {
    async fn after(text: FutureReader<String>) -> FutureReader<String> {
        let (writer, reader) = wit_future::new(String::new);
        spawn_local(async move {
            let text = text.await;
            // Nobody may want it any more.
            drop(writer.write(text).await);
        });
        reader
    }
}
