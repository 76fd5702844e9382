//! Expands `wit.lalrpop` into a parser.

fn main() {
    let outcome = lalrpop::Configuration::new().set_in_dir(".").emit_rerun_directives(true).process();
    outcome.unwrap_or_else(|error| panic!("wit.lalrpop cannot be expanded: {error}"));
}
