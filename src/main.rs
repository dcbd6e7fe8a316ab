//! The program `dom`: everything is in the library.

fn main() -> std::process::ExitCode {
    dom::command::main()
}
