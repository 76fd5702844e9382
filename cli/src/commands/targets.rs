//! `witwright targets`

use witwright_resolver::binary;
use witwright_resolver::targets::{Rules, Versions, WorldOf, targets};

use crate::args::{Format, TargetsArgs};
use crate::failure::Failure;
use crate::input::{read_binary, resolve_world};
use crate::report;

/// Each reason why it does not fit is an error of its own.
pub(crate) fn run(args: &TargetsArgs, output: Format) -> Result<(), Failure> {
    let name = args.world.as_deref().or(args.named_world.as_deref());
    let (resolution, world) = resolve_world(&args.wit, name, "after the component", &args.gates, output)?;
    let bytes = read_binary(&args.component)?;
    let decoded = binary::decode_component(&bytes);
    let (model, component) = decoded.map_err(|error| Failure::Decode(args.component.clone(), error.to_string()))?;
    let versions = if args.exact_versions { Versions::Exact } else { Versions::Compatible };
    let component = WorldOf { model: &model, world: component };
    let rules = Rules { versions, wasi: args.wasi };
    let reasons = targets(component, WorldOf { model: &resolution.model, world }, rules);
    report::diagnostics(&resolution.sources, &reasons, output)
}
