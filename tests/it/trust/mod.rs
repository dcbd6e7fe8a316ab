//! What must never happen, from outside: the table of statements and what proves each
//! (`docs/trust.md`), walks over every route as everybody, and the record of processing.

mod exposure;
mod failing;
mod fuzz;
mod hostile;
mod kills;
mod limits;
mod processing;
mod table;
mod tampering;
mod world;
