//! Tests of the generator, one module a subject.

mod golden;
