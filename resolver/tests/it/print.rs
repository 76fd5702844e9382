//! Printed packages say what the Model says: read again, they give it back.

use wit_parser::Resolve;
use witwright_resolver::Model;
use witwright_resolver::print;

use crate::binary::{bridge, corpus, dump};

fn reread(text: &str) -> Result<Model, String> {
    let mut resolve = Resolve { all_features: true, ..Resolve::default() };
    match resolve.push_str("printed.wit", text) {
        Ok(_) => Ok(bridge::model(&resolve).model),
        Err(error) => Err(format!("{error:?}")),
    }
}

#[test]
fn documents_reread_as_they_were() {
    for case in corpus::cases() {
        let model = bridge::model(&case.resolve).model;
        let (main, package) = model.packages.iter().last().unwrap();
        let text = print::document(&model, main);
        let again = reread(&text).unwrap_or_else(|error| panic!("{}: {error}\n{text}", case.name));
        let (main_again, _) = again.packages.iter().find(|(_, p)| p.name == package.name).unwrap();
        let (expected, found) = (dump::package(&model, main), dump::package(&again, main_again));
        assert!(expected == found, "{}\n--- expected\n{expected}\n--- found\n{found}\n--- text\n{text}", case.name);
    }
}
