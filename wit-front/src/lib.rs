//! The WIT front end of Witwright: lexer, parser, diagnostics, formatter.
