//! The pool that a program keeps in memory: true before every answer, whoever
//! changed what, and however many programs there are.

mod follows;
mod storm;
