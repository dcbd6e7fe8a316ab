//! Pages of the section `account`.

pub mod code;
pub mod factor;
pub mod own;
pub mod password;
pub mod provider;
pub mod sign_in;
