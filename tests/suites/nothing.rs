//! Empty: this package exists for its dependencies, whose sources the tests read.
