//! Measurements of Witwright beside its peers, in one run.
