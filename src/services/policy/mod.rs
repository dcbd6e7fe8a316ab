//! Policy that administrators write as dated rows: the weights of the score, and numbers by
//! name. The follow-up's, the log's, the sign-in's and the copies' stand beside what they
//! rule.

pub mod numbers;
pub mod weights;
