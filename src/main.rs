//! Arguments → what to run.

use std::io::Write;
use std::process::ExitCode;

use jiff::Zoned;
use sameside::command::{self, Command, CommandError, Verb};
use sameside::{app, watch};

/// Wipes all memory that is given back, in iced's buffers too: nothing of a locked space stays behind in it.
#[global_allocator]
static MEMORY: zeroizing_alloc::ZeroAlloc<std::alloc::System> = zeroizing_alloc::ZeroAlloc(std::alloc::System);

fn main() -> ExitCode {
    match act() {
        Ok(said) => {
            // A closed pipe is no fault of ours.
            let _ = std::io::stdout().write_all(said.as_bytes());
            ExitCode::SUCCESS
        }
        Err(CommandError::Found(said)) => {
            let _ = std::io::stdout().write_all(said.as_bytes());
            ExitCode::from(1)
        }
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "sameside: {error}");
            ExitCode::from(error.code())
        }
    }
}

fn act() -> Result<String, CommandError> {
    let Command { root, verb } = command::parse(std::env::args_os().skip(1))?;
    let input = |error: &dyn std::fmt::Display| CommandError::Input(error.to_string());
    match verb {
        Verb::Window { at } => {
            sameside::system::keep_memory();
            app::run(&root, at).map(|_| String::new()).map_err(|error| input(&error))
        }
        Verb::Watch { once } => watch::run(&root, once).map(|_| String::new()).map_err(|error| input(&error)),
        Verb::Pictures { folder, options } => app::pictures::draw(&folder, &options)
            .map(|count| format!("{count} pictures in {}\n", folder.display()))
            .map_err(|error| input(&error)),
        verb => command::run(&root, &verb, &Zoned::now()),
    }
}
