//! What a partner sees: the families that it sent, and nobody else's.

pub mod introduction;
pub mod list;
pub mod referrals;
pub mod sheets;
