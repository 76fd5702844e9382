//! `witwright precompile`

use core::slice;

use witwright_codegen::{TableOptions, Target, path};

use super::bindgen::{code, request, write};
use crate::args::{Format, PrecompileArgs};
use crate::failure::Failure;

pub(crate) fn run(args: &PrecompileArgs, output: Format) -> Result<(), Failure> {
    // The tables are the same for guests and hosts.
    let request = request(Target::Host, slice::from_ref(&args.path), args.world.as_ref(), &args.gates)?;
    let mut options = TableOptions::default();
    options.world_path = path(&args.module).map_err(Failure::Usage)?;
    options.docs = args.docs;
    let code = code(request.tables(&options), args.output.as_deref(), output)?;
    write(&code, args.output.as_deref())
}
