//! Pages of the section `account`.

pub mod password;
pub mod sign_in;
