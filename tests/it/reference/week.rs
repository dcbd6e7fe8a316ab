//! Week grids as people type them and as the program writes them back.

use dom::domain::week::{SLOTS, WeekError, WeekGrid};

fn grid(text: &str) -> WeekGrid {
    WeekGrid::parse(text).unwrap()
}

fn canonical(text: &str) -> String {
    grid(text).to_string()
}

#[test]
fn slot_0_is_monday_at_midnight() {
    assert_eq!(grid("Mon 00:00-00:30").slots().collect::<Vec<_>>(), [0]);
    assert_eq!(
        grid("Wed 09:30-10:30").slots().collect::<Vec<_>>(),
        [115, 116]
    );
    assert_eq!(grid("Sun 23:30-24:00").slots().collect::<Vec<_>>(), [335]);
}

#[test]
fn a_grid_is_written_in_its_canonical_form() {
    for (typed, written) in [
        (
            "Mon-Fri 08:00-13:00; Sat 09:00-12:00",
            "Mon-Fri 08:00-13:00; Sat 09:00-12:00",
        ),
        (
            "lun-ven 8:00-13:00;sab 09:00-12:00;",
            "Mon-Fri 08:00-13:00; Sat 09:00-12:00",
        ),
        ("Mon-Wed,Fri 08:00-10:00", "Mon-Wed,Fri 08:00-10:00"),
        ("Sat-Mon 10:00-11:00", "Mon,Sat,Sun 10:00-11:00"),
        ("Mon,Tue 08:00-09:00", "Mon,Tue 08:00-09:00"),
        (
            "Mon-Fri 08:00-13:00; Mon 22:00-02:00",
            "Mon-Fri 08:00-13:00; Mon 22:00-24:00; Tue 00:00-02:00",
        ),
        ("Sun 22:00-02:00", "Mon 00:00-02:00; Sun 22:00-24:00"),
        ("Mon 20:00-00:00", "Mon 20:00-24:00"),
        ("Mon-Sun 00:00-24:00", "Mon-Sun 00:00-24:00"),
        (
            "Mon 08:00-10:00; Mon 09:00-12:00; lun 12:00-12:30",
            "Mon 08:00-12:30",
        ),
        (
            "Tue 10:00-11:00; Mon 12:00-13:00; Tue 08:00-09:00",
            "Mon 12:00-13:00; Tue 08:00-09:00; Tue 10:00-11:00",
        ),
        (
            "  Mon - Wed ,  Fri  08:00 - 10:00 ",
            "Mon-Wed,Fri 08:00-10:00",
        ),
        ("", ""),
        (" - ", ""),
        (";", ""),
    ] {
        assert_eq!(canonical(typed), written, "{typed:?}");
        assert_eq!(canonical(written), written);
    }
}

#[test]
fn a_wrong_grid_says_which_piece_is_wrong() {
    let text = str::to_owned;
    for (typed, error) in [
        ("Mon 08:15-10:00", WeekError::NotHalfHour(text("08:15"))),
        ("Mon 08:00-08:00", WeekError::EqualEnds(text("08:00-08:00"))),
        ("Mon 00:00-00:00", WeekError::EqualEnds(text("00:00-00:00"))),
        ("Foo 08:00-10:00", WeekError::UnknownDay(text("Foo"))),
        ("Mon-Dim 08:00-10:00", WeekError::UnknownDay(text("Dim"))),
        ("Mon 25:00-26:00", WeekError::BadTime(text("25:00"))),
        ("Mon 24:00-02:00", WeekError::BadTime(text("24:00"))),
        ("Mon 08:00-24:30", WeekError::BadTime(text("24:30"))),
        ("Mon 08:60-09:00", WeekError::BadTime(text("08:60"))),
        ("Mon 8-13", WeekError::BadTime(text("8"))),
        ("Mon 08:00-", WeekError::BadTime(text(""))),
        ("Mon", WeekError::Malformed(text("Mon"))),
        ("Mon 08:00", WeekError::Malformed(text("Mon08:00"))),
        ("08:00-10:00", WeekError::Malformed(text("08:00-10:00"))),
        (
            "Mon, 08:00-10:00",
            WeekError::Malformed(text("Mon,08:00-10:00")),
        ),
        (
            "Mon 08:00-10:00;; Tue 08:00-10:00",
            WeekError::Malformed(String::new()),
        ),
    ] {
        assert_eq!(WeekGrid::parse(typed), Err(error), "{typed:?}");
    }
}

#[test]
fn what_is_written_reads_back_to_the_same_week() {
    let mut state = 1u64;
    let mut next = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    for _ in 0..500 {
        let share = next() % 100;
        let grid = WeekGrid::from_slots((0..SLOTS).filter(|_| next() % 100 < share));
        assert_eq!(WeekGrid::parse(&grid.to_string()), Ok(grid));
        let json = serde_json::to_string(&grid).unwrap();
        assert_eq!(serde_json::from_str::<WeekGrid>(&json).unwrap(), grid);
        assert_eq!(WeekGrid::from_words(*grid.words()), grid);
    }
}

#[test]
fn grids_are_sets_of_half_hours() {
    let (a, b) = (grid("Mon 08:00-12:00"), grid("Mon 10:00-14:00"));
    assert_eq!(a.and(&b).to_string(), "Mon 10:00-12:00");
    assert_eq!(a.or(&b).to_string(), "Mon 08:00-14:00");
    assert_eq!(a.minus(&b).to_string(), "Mon 08:00-10:00");
    assert_eq!((a.count(), WeekGrid::EMPTY.count()), (8, 0));
    assert!(a.contains(16) && !a.contains(24) && !a.contains(SLOTS));
    assert_eq!(WeekGrid::from_words([u64::MAX; 6]).count(), 336);
    assert_eq!(
        grid("Mon 23:00-01:00; Sun 23:00-24:00").runs(),
        [(46, 50), (334, 336)]
    );
}
