//! `glue MODULE FOLDER NAME`: writes into the folder the module as wasm-bindgen has it, under a name, and the
//! JavaScript that calls it.

use std::env;
use std::error::Error;

use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<(), Box<dyn Error>> {
    let [module, folder, name] = env::args()
        .skip(1)
        .collect::<Vec<_>>()
        .try_into()
        .map_err(|_| "usage: glue MODULE FOLDER NAME")?;
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(module)
        .out_name(&name)
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true);
    // The package says itself where the module is.
    bindgen.omit_default_module_path(true);
    Ok(bindgen.web(true)?.generate(folder)?)
}
