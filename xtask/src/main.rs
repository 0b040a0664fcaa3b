//! `cargo xtask`: the one command line of this project. Run it without arguments for its help.

mod bench;
mod convert;
mod demo;
mod fuzz;
mod licences;
mod models;
mod onnx;
mod package;
mod packs;
mod run;
mod setup;
mod test;
mod wasm;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask COMMAND

  demo [--no-serve] [--port N]  set up, build, check one bundled picture, serve the messenger
  test [PART]                   set up, then every test: Rust, wasm, Node, packaging, browser
  fuzz TARGET [SECONDS | FILE]  look for inputs that break guardian, hash_list, message, pack, picture
                                or text_hash, or try one again
  build                         the npm package into pkg-config/dist
  packs                         the language packs into target/stage/packs
  bench [--quick]               the benchmarks, peers side by side in the same browser run
  bench --hashes                those of hashes and their lists
  bench --contacts              decisions about contacts a second, and what a PIN costs
  bench --messages              what a message costs, and what is kept of conversations
  bench --pause                 what the pause costs the page that it protects
  pack                          the package as .tgz, into target/pack

Whatever is missing is installed, or named.";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["demo", options @ ..] => demo::run(options),
        ["test"] => test::run(None),
        ["test", part] => test::run(Some(part)),
        ["fuzz", target] => fuzz::run(target, None),
        ["fuzz", target, how] => fuzz::run(target, Some(how)),
        ["build"] => package::build(),
        ["packs"] => packs::stage(&run::root().join("target/stage/packs")),
        ["bench"] => bench::run(false),
        ["bench", "--quick"] => bench::run(true),
        ["bench", "--hashes"] => bench::hashes(),
        ["bench", "--contacts"] => bench::contacts(),
        ["bench", "--messages"] => bench::messages(),
        ["bench", "--pause"] => bench::pause(),
        ["pack"] => package::pack().map(|file| run::say(&format!("packed {}", run::shown(&file)))),
        // For whoever updates the published weights; see models/README.md.
        ["record-models"] => models::record(),
        ["help" | "--help" | "-h"] | [] => {
            println!("{HELP}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprintln!("{HELP}");
            return ExitCode::from(64);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
