//! What is due without anybody asking: mail through a server that misbehaves, and
//! half a year of follow-up in a moment.

mod backups;
mod ended;
mod faults;
mod fourth;
mod outbox;
mod troubles;
mod waves;
