//! Dated minimum pay and limits: the row in force on a day.

use chrono::NaiveDate;
use dom::domain::contract::{
    Arrangement, CcnlLevel, Limit, LiveInHours, Minimum, Unit, limit, minimum,
};

fn on(
    day: &str,
    level: &str,
    arrangement: Arrangement,
    hours: LiveInHours,
    covers: bool,
) -> Option<&'static Minimum> {
    let day: NaiveDate = day.parse().unwrap();
    minimum(
        day,
        CcnlLevel::by_code(level).unwrap(),
        arrangement,
        hours,
        covers,
    )
}

#[test]
fn the_minimum_is_the_latest_row_of_the_right_table() {
    use Arrangement::{Hourly, LiveIn, Night};
    use LiveInHours::{Full, Reduced};
    for (day, level, arrangement, hours, covers, table, amount) in [
        ("2026-11-23", "CS", LiveIn, Full, false, "A", "1193.84"),
        ("2026-11-23", "BS", LiveIn, Reduced, false, "B", "737.39"),
        ("2026-11-23", "BS", Hourly, Full, false, "C", "7.45"),
        ("2026-11-23", "CS", Hourly, Full, true, "G", "8.91"),
        ("2026-11-23", "N_CS", Night, Full, false, "D", "1372.91"),
        ("2026-11-23", "UNICO", Night, Full, false, "E", "811.09"),
        ("2025-12-31", "BS", Hourly, Full, false, "C", "7.10"),
        ("2025-06-01", "UNICO", Night, Full, false, "E", "765.71"),
        ("2024-01-01", "A", Hourly, Full, false, "C", "5.30"),
    ] {
        let row = on(day, level, arrangement, hours, covers).unwrap();
        assert_eq!(
            (row.table, row.amount.to_string().as_str()),
            (table, amount),
            "{day} {level}"
        );
        assert!(!row.source.is_empty());
    }
}

#[test]
fn the_function_allowance_is_added_where_it_is_stated() {
    let row = on(
        "2026-11-23",
        "DS",
        Arrangement::LiveIn,
        LiveInHours::Full,
        false,
    )
    .unwrap();
    assert_eq!(row.amount.to_string(), "1682.42");
    assert_eq!(row.allowance.unwrap().to_string(), "207.69");
    assert_eq!(row.unit, Unit::Month);
}

#[test]
fn where_no_row_says_nothing_is_compared() {
    use Arrangement::{Hourly, LiveIn};
    assert_eq!(
        on("2023-12-31", "BS", Hourly, LiveInHours::Full, false),
        None
    );
    assert_eq!(
        on("2026-11-23", "CS", LiveIn, LiveInHours::Reduced, false),
        None
    );
    assert_eq!(
        on("2026-11-23", "BS", Hourly, LiveInHours::Full, true),
        None
    );
    assert_eq!(
        on("2026-11-23", "N_BS", Hourly, LiveInHours::Full, false),
        None
    );
}

#[test]
fn limits_hold_from_their_first_day() {
    let hours = |day: &str, arrangement, name| {
        limit(day.parse().unwrap(), arrangement, name).and_then(Limit::hours)
    };
    assert_eq!(hours("2026-11-23", "hourly", "max_hours_week"), Some(40));
    assert_eq!(hours("2020-10-01", "hourly", "max_hours_week"), Some(40));
    assert_eq!(hours("2020-09-30", "hourly", "max_hours_week"), None);
    assert_eq!(hours("2026-11-23", "any", "min_daily_rest_hours"), Some(11));
    let window = limit("2026-11-23".parse().unwrap(), "night_care", "window").unwrap();
    assert_eq!((window.value(), window.hours()), ("20:00-08:00", None));
}
