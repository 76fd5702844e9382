//! Documentation has the same text as in the reference implementation, so that encoding keeps it.

use wit_parser::{Resolve, UnresolvedPackageGroup};
use witwright_front::ast::{InterfaceMember, Item};
use witwright_front::{FileId, LanguageFeatures, parse};

/// The documentation of the only type, in both front ends.
fn both(comments: &str) -> (Option<String>, Option<String>) {
    let text = format!("package a:b;\n\ninterface i {{\n{comments}  type t = u32;\n}}\n");
    let parsed = parse(FileId(0), &text, &LanguageFeatures::default());
    assert!(parsed.diagnostics.is_empty(), "{text}");
    let Some(Item::Interface(interface)) = parsed.tree.items.first() else { panic!("the interface is missing") };
    let Some(InterfaceMember::Type(ours)) = interface.items.first() else { panic!("the type is missing") };

    let mut resolve = Resolve::default();
    let group = UnresolvedPackageGroup::parse("a.wit", &text).expect("the reference implementation takes it");
    resolve.push_group(group).expect("it resolves");
    let theirs = resolve.types.iter().next().expect("the text has a type").1.docs.contents.clone();
    (ours.docs.text.clone(), theirs)
}

#[test]
fn doc_comments_equal_those_of_the_reference_implementation() {
    for comments in [
        "",
        "  /// One line.\n",
        "  /// Two\n  /// lines.\n",
        "  /// Two\n  ///\n  /// paragraphs.\n",
        "  /// Code:\n  ///\n  ///     indented\n  ///\n  /// and more\n",
        "  ///No space.\n",
        "  ///No space.\n  /// Space.\n",
        "  ///   all\n  ///   indented\n",
        "  // plain\n",
        "  //// four\n",
        "  /** One line. */\n",
        "  /**\n   * Stars.\n   */\n",
        "  /** First\n   second */\n",
        "  /// line\n  /** block */\n  // plain\n",
        "  /// before\n\n  /// after a blank line\n",
        "  ///\n",
        "  /// trailing space   \n",
        "  /// windows\r\n  /// lines\r\n",
        "  /// ünïcödé\n  ///\u{a0}space\n",
    ] {
        let (ours, theirs) = both(comments);
        assert_eq!(ours, theirs, "{comments}");
    }
}

/// Here the reference implementation keeps `* text */`.
#[test]
fn a_plain_block_comment_documents_without_its_markers() {
    assert_eq!(both("  /* text */\n").0.as_deref(), Some("text"));
}
