//! Taking turns among copies of the program that issue for one counter at once:
//! whoever lost a number waits here, instead of printing against all the others
//! again. A turn is a courtesy. What keeps the numbers right is the counter, so a
//! turn that nobody gives back just runs out.

use std::time::Duration;

use chrono::TimeDelta;

use crate::services::{Context, ServiceError};
use crate::storage::counters;

/// More than a sheet takes, even on a machine that does much else.
const LASTS: TimeDelta = TimeDelta::seconds(10);
const LOOK_AGAIN: Duration = Duration::from_millis(60);
/// Two minutes of looking: then the sheet is tried without a turn.
const LOOKS: usize = 2000;

/// The right to print next, until it is ended or runs out.
pub(super) struct Turn {
    name: String,
    until: i64,
}

impl Turn {
    /// Waits for a turn at `name`; none where the others never end.
    pub(super) async fn take(
        context: &Context,
        name: String,
    ) -> Result<Option<Self>, ServiceError> {
        for _ in 0..LOOKS {
            let now = context.now().timestamp_millis();
            // Looking is cheap, and only who sees a free turn begins to write.
            if counters::last(context.db.read(), &name).await? <= now {
                let until = (context.now() + LASTS).timestamp_millis();
                let write = context.db.write().await?;
                let taken = counters::take_turn(&*write, &name, now, until).await?;
                write.commit().await?;
                if taken {
                    return Ok(Some(Self { name, until }));
                }
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
        Ok(None)
    }

    /// Lets the next one print. That it can't is no reason to take back what was
    /// done in the turn.
    pub(super) async fn end(self, context: &Context) {
        if let Err(error) = self.give_back(context).await {
            tracing::warn!(%error, "a turn to print is left to run out");
        }
    }

    async fn give_back(&self, context: &Context) -> Result<(), ServiceError> {
        let write = context.db.write().await?;
        counters::end_turn(&*write, &self.name, self.until).await?;
        Ok(write.commit().await?)
    }
}
