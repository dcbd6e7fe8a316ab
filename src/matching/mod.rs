//! The engine: who fits a request, who nearly does, what limits the search and
//! which teams cover it. Pure and on integers alone; nothing is read, stored or
//! put into words here. Invariant: no name, birth date, citizenship or health of
//! a worker ever enters, because [`PoolWorker`] has no such field.

mod answer;
mod assign;
mod census;
mod columns;
mod criteria;
mod explain;
mod introductions;
mod key;
mod limits;
mod listed;
mod muster;
mod near_miss;
mod need;
mod order;
mod pool;
mod question;
mod ranking;
mod reverse;
mod scan;
mod score;
mod team;
mod warnings;
mod zones;

pub use answer::{Answer, Fit, Introduced, NearMiss, answer, answer_by};
pub use criteria::{Criterion, Shortfall};
pub use explain::{Explanation, explain};
pub use limits::Limits;
pub use listed::ListedBy;
pub use need::{Need, NeedFields, Refusal};
pub use pool::{Introduction, Pool, PoolWorker};
pub use ranking::{Ranked, Search, Tally};
pub use reverse::{Missed, OpenRequest, ReverseAnswer, nearest, reverse};
pub use score::{Components, Weights, WeightsError};
pub use team::{LegalForm, Team};
pub use warnings::Warning;
