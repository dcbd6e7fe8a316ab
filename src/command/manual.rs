//! `dom man` and `dom completions`: both made from the command line's own definition.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Command;
use clap_complete::Shell;

use super::out;

/// The whole manual as one page: the program, then each verb.
pub fn page(mut command: Command) -> anyhow::Result<ExitCode> {
    command.build();
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for verb in command.get_subcommands() {
        if verb.is_hide_set() || verb.get_name() == "help" {
            continue;
        }
        let man = clap_mangen::Man::new(verb.clone());
        writeln!(page, ".SH \"dom {}\"", verb.get_name())?;
        man.render_description_section(&mut page)?;
        man.render_synopsis_section(&mut page)?;
        man.render_options_section(&mut page)?;
        if verb.has_subcommands() {
            man.render_subcommands_section(&mut page)?;
        }
    }
    out::whole(&page)?;
    Ok(ExitCode::SUCCESS)
}

/// The script that a shell reads.
pub fn completions(shell: Shell, mut command: Command) -> anyhow::Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "dom", &mut script);
    out::whole(&script)?;
    Ok(ExitCode::SUCCESS)
}
