//! The program `dom`: everything is in the library.

/// The C library's keeps for every thread what a hash of a password once took there, three
/// times 19 MiB: ten people who sign in at once would cost a small machine half a gigabyte
/// until the program ends.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    dom::command::main()
}
