//! Policy that administrators write as dated rows: the weights of the score, numbers by
//! name, and rows of the pay tables that are wrong. The follow-up's, the log's, the
//! sign-in's and the copies' stand beside what they rule.

pub mod minimums;
pub mod numbers;
pub mod weights;
