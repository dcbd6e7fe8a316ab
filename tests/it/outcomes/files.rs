//! Answers as files: who may say what, what is no reason to reject, and which
//! rows are there already.

use serde_json::Value;

use crate::support::program::Program;

/// A database with an introduction of each desk: `I-1` of Grosseto, `I-2` of
/// Follonica.
pub struct Desk(pub Program);

impl Desk {
    pub fn over(program: Program) -> Self {
        let desk = Self(program);
        for (kind, text) in [
            (
                "workers",
                "code,given_name,family_name,sex,contact_by,comune,max_km,arrangements,desk\n\
                 W-1,Zoe,Inventata,f,desk,053011,20,hourly,grosseto\n",
            ),
            (
                "families",
                "code,given_name,family_name,contact_by,comune,desk\n\
                 F-1,Elsa,Provolini,desk,053011,grosseto\n\
                 F-2,Anna,Provolini,desk,053009,follonica\n",
            ),
            (
                "requests",
                "code,family,comune,arrangement,schedule,start_date,opened_on\n\
                 R-1,F-1,053011,hourly,Mon 08:00-09:00,2026-01-01,2025-01-01\n\
                 R-2,F-2,053009,hourly,Mon 08:00-09:00,2026-01-01,2025-01-01\n",
            ),
            (
                "introductions",
                "code,request,worker,issued_on\nI-1,R-1,W-1,2025-02-01\nI-2,R-2,W-1,2025-02-01\n",
            ),
        ] {
            let file = desk.write(kind, text);
            desk.0.ok(&["import", kind, &file]);
        }
        desk
    }

    fn write(&self, name: &str, text: &str) -> String {
        let file = self.0.path().join(name);
        std::fs::write(&file, text).unwrap();
        file.display().to_string()
    }

    /// Loads a file of answers; what the program says of it comes back.
    pub fn report(&self, text: &str, more: &[&str]) -> Value {
        let file = self.write("answers", text);
        let args = [&["import", "answers", &file, "--json"], more].concat();
        let ran = self.0.run(&args);
        serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{ran:?}"))
    }
}

/// A file of answers with some columns after those that must be there.
pub fn answers(more: &str, rows: &[&str]) -> String {
    let header = format!("introduction,side,wave,answered_on,{more}");
    format!("{header}\n{}\n", rows.join("\n"))
}

fn counts(report: &Value) -> [u64; 4] {
    ["read", "added", "updated", "unchanged"].map(|key| report[key].as_u64().unwrap())
}

#[test]
fn a_row_that_cannot_be_is_rejected_with_its_column() {
    let desk = Desk::over(Program::on_sqlite());
    let columns =
        "result,document,still_working,started_on,ended_on,without_desk,notified,hours_week";
    for (row, column) in [
        ("I-9,family,w2,2026-01-01,hired,,,,,,,", "introduction"),
        (",family,w2,2026-01-01,hired,,,,,,,", "introduction"),
        ("I-1,neighbour,w2,2026-01-01,hired,,,,,,,", "side"),
        ("I-1,family,w5,2026-01-01,hired,,,,,,,", "wave"),
        ("I-1,family,w2,2026-02-30,hired,,,,,,,", "answered_on"),
        ("I-1,family,w2,,hired,,,,,,,", "answered_on"),
        ("I-1,worker,w2,2026-01-01,elsewhere,,,,,,,", "result"),
        ("I-1,desk,w2,2026-01-01,deciding,,,,,,,", "result"),
        ("I-1,desk,w2,2026-01-01,no,pay_slip,,,,,,", "document"),
        ("I-1,family,w2,2026-01-01,hired,pay_slip,,,,,,", "document"),
        (
            "I-1,worker,w2,2026-01-01,deciding,,yes,,,,,",
            "still_working",
        ),
        (
            "I-1,worker,w2,2026-01-01,hired,,,2026-01-02,2026-01-01,,,",
            "ended_on",
        ),
        (
            "I-1,worker,w2,2026-01-01,hired,,,,,agency,,",
            "without_desk",
        ),
        ("I-1,worker,w2,2026-01-01,hired,,,,,,maybe,", "notified"),
        ("I-1,worker,w2,2026-01-01,hired,,,,,,,20.5", "hours_week"),
    ] {
        let report = desk.report(&answers(columns, &[row]), &[]);
        assert_eq!(report["rejected"][0]["column"], column, "{row}: {report}");
        assert_eq!(
            report["rejected"].as_array().unwrap().len(),
            1,
            "{row}: {report}"
        );
        let why = report["rejected"][0]["why"].as_str().unwrap();
        assert!(!why.contains('⟦'), "{why}");
        assert_eq!(report["added"], 0);
    }
    let unknown = desk.write("answers", "introduction,side,wave,answered_on,code\n");
    desk.0.refused(&["import", "answers", &unknown]);
}

#[test]
fn history_is_taken_as_it_stands() {
    let desk = Desk::over(Program::on_sqlite());
    let rows = [
        // In the future, before the sheet, a start after the answer, any way, any
        // reason of the list whatever its side, a reason beside a hire.
        "I-1,family,w2,2099-01-01,mail,hired,,2099-06-01,2099-06-01",
        "I-1,worker,w1,2001-01-01,partner,no,need_ended,,",
        "I-1,desk,w4,2026-01-01,mail,no,conditions,,",
        "I-1,worker,w2,01/06/2026,desk,hired,pay,2030-01-01,",
        "I-1,family,w3,2026-01-01,,,,,2026-01-01",
    ];
    let text = answers("via,result,reason,started_on,ended_on", &rows);
    assert_eq!(counts(&desk.report(&text, &[])), [5, 5, 0, 0]);
}

#[test]
fn a_second_reading_adds_only_the_surplus() {
    for program in Program::on_both() {
        let desk = Desk::over(program);
        let row = "I-1,family,w2,2026-01-01,hired,yes";
        let text = |rows: &[&str]| answers("result,notified", rows);
        assert_eq!(counts(&desk.report(&text(&[row, row]), &[])), [2, 2, 0, 0]);
        assert_eq!(counts(&desk.report(&text(&[row, row]), &[])), [2, 0, 0, 2]);
        assert_eq!(counts(&desk.report(&text(&[row; 3]), &[])), [3, 1, 0, 2]);
        // Compared without what may not have been kept.
        let denied = "I-1,family,w2,2026-01-01,hired,no";
        assert_eq!(counts(&desk.report(&text(&[denied]), &[])), [1, 0, 0, 1]);
        // A column that is not there is empty, and compared as such.
        let fits = answers("result,fits", &["I-1,family,w2,2026-01-01,hired,yes"]);
        assert_eq!(counts(&desk.report(&fits, &[])), [1, 1, 0, 0]);
        let bare = answers("result", &["I-1,family,w2,2026-01-01,hired"]);
        assert_eq!(counts(&desk.report(&bare, &[])), [1, 0, 0, 1]);
    }
}

#[test]
fn answers_go_out_by_day_then_arrival_and_by_year() {
    for program in Program::on_both() {
        let desk = Desk::over(program);
        let days = [
            ("I-2", "2026-01-02"),
            ("I-1", "2026-01-02"),
            ("I-2", "2025-12-31"),
            ("I-1", "2026-01-01"),
        ];
        let mut rows: Vec<String> = days
            .iter()
            .map(|(one, day)| format!("{one},family,w2,{day},no"))
            .collect();
        // More than one statement reads.
        rows.extend((0..1100).map(|n| format!("I-1,worker,w{},2026-02-01,no", n % 4 + 1)));
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        desk.report(&answers("result", &rows), &[]);
        let lines = |args: &[&str]| {
            let out = desk.0.ok(&[&["export", "answers"], args].concat());
            let lines: Vec<String> = out.lines().skip(1).map(str::to_owned).collect();
            lines
        };
        let all = lines(&[]);
        let starts: Vec<&str> = all.iter().map(|line| &line[..24]).take(4).collect();
        assert_eq!(
            starts,
            [
                "I-2,family,w2,2025-12-31",
                "I-1,family,w2,2026-01-01",
                "I-2,family,w2,2026-01-02",
                "I-1,family,w2,2026-01-02",
            ]
        );
        let waves = (0..1100).map(|n| format!("w{}", n % 4 + 1));
        assert!(
            all[4..]
                .iter()
                .map(|line| line[11..13].to_owned())
                .eq(waves)
        );
        assert_eq!(lines(&["--year", "2025"]).len(), 1);
        assert_eq!(lines(&["--year", "2026"]).len(), 1103);
        assert_eq!(lines(&["--year", "2024"]).len(), 0);
    }
}
