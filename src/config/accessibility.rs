//! Whom people tell that a page can't be used, and where the body's declaration of
//! accessibility stands, which it looks through every year.

use chrono::NaiveDate;
use url::Url;

use super::error::{Expected, Problem};
use super::server::parsed;
use super::source::Values;
use super::{ACCESSIBILITY_REVIEWED, ACCESSIBILITY_STATEMENT, FEEDBACK};
use crate::domain::contact::EmailAddress;

/// See the module's words; nothing of it needs to be set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accessibility {
    pub feedback: Option<EmailAddress>,
    pub statement: Option<String>,
    /// The day on which the declaration was looked through.
    pub reviewed_on: Option<NaiveDate>,
}

impl Accessibility {
    pub(super) fn read(values: &Values, problems: &mut Vec<Problem>) -> Option<Self> {
        let before = problems.len();
        let address = |text: &str| EmailAddress::parse(text).ok();
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        let feedback = parsed(values, FEEDBACK, Expected::MailAddress, address, problems);
        let (variable, expected) = (ACCESSIBILITY_STATEMENT, Expected::SecurePage);
        let statement = parsed(values, variable, expected, secure_page, problems);
        let (variable, expected) = (ACCESSIBILITY_REVIEWED, Expected::Day);
        let reviewed_on = parsed(values, variable, expected, day, problems);
        (problems.len() == before).then_some(Self {
            feedback,
            statement,
            reviewed_on,
        })
    }

    /// Whether the declaration was looked through within a year.
    pub fn is_fresh(&self, today: NaiveDate) -> bool {
        let year = chrono::Months::new(12);
        let until = self
            .reviewed_on
            .and_then(|day| day.checked_add_months(year));
        until.is_some_and(|until| today <= until)
    }
}

fn secure_page(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    (url.scheme() == "https" && url.has_host()).then(|| url.to_string())
}
