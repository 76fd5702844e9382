//! A list of records, each with texts and numbers.

wit_bindgen::generate!({
    inline: "
        package size:records;
        interface shelf {
            record book { title: string, authors: list<string>, year: u16, price: option<f64> }
            store: func(books: list<book>) -> u32;
        }
        world guest {
            import shelf;
            use shelf.{book};
            export keep: func(books: list<book>) -> list<book>;
        }
    "
});

struct Component;

export!(Component);

impl Guest for Component {
    fn keep(mut books: Vec<Book>) -> Vec<Book> {
        books.truncate(size::records::shelf::store(&books) as usize);
        books
    }
}
