//! The demo: one bundled picture's verdict, then the messenger, the playground and the guardian page on 127.0.0.1.

use anyhow::{Result, bail};

use crate::package;
use crate::run::{self, command, say};

const PICTURE: &str = "tests/fixtures/harbour.jpg";

pub fn run(options: &[&str]) -> Result<()> {
    let mut serve = true;
    let mut port = "8741";
    let mut rest = options.iter();
    while let Some(option) = rest.next() {
        match (*option, rest.as_slice().first()) {
            ("--no-serve", _) => serve = false,
            ("--port", Some(number)) if number.parse::<u16>().is_ok() => {
                port = number;
                rest.next();
            }
            _ => bail!("usage: cargo xtask demo [--no-serve] [--port N]"),
        }
    }
    package::pack()?;
    package::build_site()?;
    say("\nOne bundled picture, checked by the package's own command:\n");
    // The exit status says what was found; for the demo any verdict will do.
    command("node").args(["pkg-config/dist/cli.js", "check", PICTURE]).status()?;
    if !serve {
        return Ok(());
    }
    say("\nThe messenger, with the playground and the guardian page (Ctrl+C ends it):");
    run::run(command("node").args(["www/server.mjs", "--root", "www/dist", "--port", port]))
}
