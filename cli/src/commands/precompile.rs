//! `witwright precompile`

use witwright_codegen::{TableOptions, Target, path};

use super::bindgen::{request, write};
use crate::args::{Format, PrecompileArgs};
use crate::failure::Failure;

pub(crate) fn run(args: &PrecompileArgs, output: Format) -> Result<(), Failure> {
    // The tables are the same for guests and hosts.
    let request = request(Target::Host, &args.path, args.world.as_ref(), &args.gates)?;
    let mut options = TableOptions::default();
    options.world_path = path(&args.module).map_err(Failure::Usage)?;
    options.docs = args.docs;
    write(request.tables(&options), args.output.as_deref(), output)
}
