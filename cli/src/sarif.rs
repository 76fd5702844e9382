//! Diagnostics as a SARIF 2.1.0 log, for code scanning.

use serde_sarif::sarif::{
    ArtifactChange, ArtifactContent, ArtifactLocation, Fix, Location, Message, MultiformatMessageString,
    PhysicalLocation, PropertyBag, Region, Replacement, ReportingDescriptor, Result as Finding, ResultColumnKind,
    ResultLevel, Run, Sarif, Tool, ToolComponent,
};
use witwright_front::diagnostic::{Label, Suggestion};
use witwright_front::{Diagnostic, Severity, SourceMap, Span};
use witwright_resolver::Resolution;

use crate::codes;
