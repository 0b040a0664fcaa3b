//! The benchmarks: in one Chromium, on the same pictures, ours beside the peers.

use anyhow::Result;

use crate::run::{command, say};
use crate::{package, setup};

pub fn run(quick: bool) -> Result<()> {
    package::pack()?;
    let chromium = setup::chromium()?;
    let pictures = setup::pictures()?;
    let mut node = command("node");
    node.arg("benches/run.mjs").env("PAUSEPOINT_CHROMIUM", chromium).env("PAUSEPOINT_PICTURES", pictures);
    if quick {
        say("quick: few repetitions, no record is kept");
        node.arg("--quick");
    }
    crate::run::run(&mut node)
}
