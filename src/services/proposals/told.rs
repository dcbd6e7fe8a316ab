//! What a worker is told, in words: made of the offer, which holds nothing of
//! whom the work is for.

use crate::catalogue::Words;
use crate::domain::contract::Arrangement;
use crate::domain::offer::Offer;
use crate::services::sentences::{self, comma};

/// What is told of a job: label and text, in the order in which it is read.
pub fn facts(words: Words, offer: &Offer) -> Vec<(String, String)> {
    let mut facts = vec![
        ("asked-comune", offer.comune.name().to_owned()),
        ("asked-hours", hours(words, offer)),
    ];
    if !offer.tasks.is_empty() {
        facts.push(("asked-tasks", tasks(words, offer)));
    }
    facts.push(("asked-pay", pay(words, offer)));
    facts.push(("asked-start", words.date(offer.start_date)));
    if let Some(day) = offer.end_date {
        facts.push(("asked-end", words.date(day)));
    }
    facts
        .into_iter()
        .map(|(label, text)| (words.get(label).into_owned(), text))
        .collect()
}

fn hours(words: Words, offer: &Offer) -> String {
    let kind = words.code("asked-arrangement", offer.arrangement.code());
    if offer.arrangement == Arrangement::LiveIn {
        let hours = words.number(i64::from(offer.live_in_hours.hours()));
        let lives = words.with("asked-live-in", &[("hours", &hours)]);
        return format!("{kind}. {lives}");
    }
    let grid = offer.part.as_ref().unwrap_or(&offer.schedule);
    let week = sentences::week_with(grid, |day| words.code("asked-day", day.to_string()));
    let week = sentences::turned(words, &week);
    let all = sentences::hours(words, grid.count());
    let all = words.with("asked-week", &[("hours", &all)]);
    match offer.part {
        Some(_) => format!("{kind}. {week}. {all}. {}", words.get("asked-part")),
        None => format!("{kind}. {week}. {all}"),
    }
}

fn tasks(words: Words, offer: &Offer) -> String {
    let tasks = offer.tasks.iter();
    let tasks: Vec<_> = tasks
        .map(|task| words.code("asked-task", task.code()))
        .collect();
    tasks.join(comma(words))
}

fn pay(words: Words, offer: &Offer) -> String {
    let hour = offer.pay_hour.map(|pay| {
        let amount = sentences::euro(words, pay);
        words.with("asked-pay-hour", &[("amount", &amount)])
    });
    let month = offer.pay_month.map(|pay| {
        let amount = sentences::euro(words, pay);
        words.with("asked-pay-month", &[("amount", &amount)])
    });
    let stated: Vec<String> = hour.into_iter().chain(month).collect();
    if stated.is_empty() {
        words.get("asked-pay-open").into_owned()
    } else {
        stated.join(comma(words))
    }
}
