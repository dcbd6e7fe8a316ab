//! Wrong tries are counted before a password or a code is looked at, so that a hundred at the
//! same time count as a hundred.

use chrono::{DateTime, Utc};
use chrono_tz::Europe::Rome;

use super::{SignInError, hash_of};
use crate::domain::account::{Actor, Throttle};
use crate::domain::contact::EmailAddress;
use crate::domain::setting::Setting;
use crate::services::Context;
use crate::storage::{self, StorageError};

/// What the wrong tries of a sign-in are counted by. Transactions hold the keys
/// in this order.
pub(in crate::services) struct Tries {
    /// The account from this network, and the account from everywhere; how many are free is
    /// policy.
    account: [(String, Setting); 2],
    network: (String, Setting),
}

impl Tries {
    /// Of a password: by the address, whether or not it is an account's.
    pub(in crate::services) fn of_password(address: Option<&EmailAddress>, network: &str) -> Self {
        let account = address.map_or_else(String::new, EmailAddress::key);
        Self::of(&account, network)
    }

    /// Of a code: apart from those of the password, which a right one takes back.
    pub(in crate::services) fn of_code(actor: &Actor, network: &str) -> Self {
        Self::of(&format!("factor:{}", actor.account_id), network)
    }

    fn of(account: &str, network: &str) -> Self {
        Self {
            account: [
                (
                    hash_of(&format!("here:{network}:{account}")),
                    Setting::TriesHere,
                ),
                (
                    hash_of(&format!("account:{account}")),
                    Setting::TriesAccount,
                ),
            ],
            network: (
                hash_of(&format!("network:{network}")),
                Setting::TriesNetwork,
            ),
        }
    }

    /// Counts a try as if it were wrong, or says how long to wait. What was known of
    /// the network before comes back.
    pub(in crate::services) async fn count(
        &self,
        context: &Context,
    ) -> Result<Throttle, SignInError> {
        let now = context.now();
        let write = context.db.write().await?;
        let numbers = storage::policy::numbers(&*write).await?;
        let mut network = Throttle::new(now);
        let mut wait = None;
        for (key, setting) in self.account.iter().chain([&self.network]) {
            let free = numbers.on(*setting, context.today());
            let known = storage::throttles::hold(&*write, key, now).await?.on(now);
            wait = wait.max(known.seconds_to_wait(now));
            let counted = known.after_failure(free, now);
            storage::throttles::put(&*write, key, &counted).await?;
            network = known;
        }
        // Not committed: whoever waits is not counted.
        if let Some(seconds) = wait {
            return Err(SignInError::Wait { seconds });
        }
        write.commit().await?;
        Ok(network)
    }

    /// The try was right: the account begins anew, and the network has one less.
    pub(in crate::services) async fn take_back(
        &self,
        write: &storage::Write,
        network_before: &Throttle,
        now: DateTime<Utc>,
    ) -> Result<(), StorageError> {
        for (key, _) in &self.account {
            storage::throttles::delete(&**write, key).await?;
        }
        let (key, setting) = &self.network;
        let numbers = storage::policy::numbers(&**write).await?;
        let free = numbers.on(*setting, now.with_timezone(&Rome).date_naive());
        let known = storage::throttles::hold(&**write, key, now).await?;
        let known = known.taken_back(*network_before, free);
        if known.failures == 0 {
            storage::throttles::delete(&**write, key).await
        } else {
            storage::throttles::put(&**write, key, &known).await
        }
    }
}
