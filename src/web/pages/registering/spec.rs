//! What the three forms ask: part by part, one line a column of the formats, in
//! the order in which people are asked. Nothing is read or drawn here.

use crate::domain::reason::Side;

/// How a column is asked and shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// One line of this kind of input.
    Line(&'static str),
    Short,
    Amount,
    PerCent,
    /// A day; the years that two figures of a year may lie ahead.
    Day(i32),
    Comune,
    Comuni,
    Week,
    Languages,
    /// One of a list.
    One(Choice),
    /// Several of a list.
    Several(Choice),
    /// A box to tick.
    Yes,
    /// A few lines in one's own words.
    Text,
}

/// A closed list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    Sex,
    WorkerSex,
    Country,
    ContactBy,
    /// How somebody who isn't at the desk is answered.
    AnsweredBy,
    Language,
    Arrangement,
    Skill,
    /// The skills that name nobody's state of health.
    Task,
    Qualification,
    Permit,
    Accreditation,
    Desk,
    Notice,
    How,
    /// How a family said yes to a partner.
    FamilyWord,
    Relation,
    /// The same of whoever files for somebody who looks for work.
    Filer,
    Guardianship,
    Partner,
    LiveInHours,
    Level,
    YesNo,
    Ground,
    WorkerStatus,
    RequestStatus,
    /// Reasons of a pause, of this side.
    Pause(Side),
    Close,
    Exclusion,
}

/// One question.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// The column's name, which is also the field's.
    pub name: &'static str,
    /// Keys of the catalogue; the hint's is empty where there is none.
    pub label: &'static str,
    pub hint: &'static str,
    pub ask: Ask,
}

/// Questions that belong together.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    pub heading: &'static str,
    pub columns: &'static [Column],
}

pub(in crate::web::pages) const fn ask(
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    ask: Ask,
) -> Column {
    Column {
        name,
        label,
        hint,
        ask,
    }
}

// Asked in more than one form.
pub(in crate::web::pages) const GIVEN_NAME: Column = ask(
    "given_name",
    "fact-given-name",
    "hint-name",
    Ask::Line("text"),
);
pub(in crate::web::pages) const FAMILY_NAME: Column =
    ask("family_name", "fact-family-name", "", Ask::Line("text"));
pub(super) const RELATION: Column = ask(
    "relation",
    "fact-relation",
    "hint-relation",
    Ask::One(Choice::Relation),
);
pub(super) const PHONE: Column = ask("phone", "fact-phone", "hint-reachable", Ask::Line("tel"));
pub(super) const EMAIL: Column = ask("email", "fact-email", "", Ask::Line("email"));
pub(super) const CONTACT_BY: Column = ask(
    "contact_by",
    "fact-contact-by",
    "hint-contact-by",
    Ask::One(Choice::ContactBy),
);
pub(super) const CONTACT_LANGUAGE: Column = ask(
    "contact_language",
    "fact-contact-language",
    "hint-contact-language",
    Ask::One(Choice::Language),
);
pub(super) const DESK: Column = ask("desk", "fact-desk", "hint-desk", Ask::One(Choice::Desk));
pub(super) const WORK_COMUNE: Column =
    ask("comune", "fact-work-comune", "hint-comune", Ask::Comune);
pub(super) const ARRANGEMENT: Column = ask(
    "arrangement",
    "fact-arrangement",
    "hint-arrangement",
    Ask::One(Choice::Arrangement),
);
pub(super) const SCHEDULE: Column = ask("schedule", "fact-schedule", "hint-schedule", Ask::Week);
pub(super) const LIVE_IN_HOURS: Column = ask(
    "live_in_hours",
    "fact-live-in-hours",
    "hint-live-in-hours",
    Ask::One(Choice::LiveInHours),
);
pub(super) const START_DATE: Column =
    ask("start_date", "fact-start-date", "hint-date", Ask::Day(20));
pub(super) const NEEDED_BY: Column = ask(
    "needed_by",
    "fact-needed-by",
    "hint-needed-by",
    Ask::Day(20),
);
pub(super) const SELF_SUFFICIENT: Column = ask(
    "self_sufficient",
    "fact-self-sufficient",
    "hint-self-sufficient",
    Ask::One(Choice::YesNo),
);
pub(super) const REQUIRED_SKILLS: Column = ask(
    "required_skills",
    "fact-required-skills",
    "hint-tasks",
    Ask::Several(Choice::Skill),
);

/// How whoever asks on the public pages is answered.
pub const ANSWERED: Part = Part {
    heading: "ask-contact-by",
    columns: &[
        ask(
            "contact_by",
            "ask-contact-by",
            "ask-contact-hint",
            Ask::One(Choice::AnsweredBy),
        ),
        ask("email", "fact-email", "", Ask::Line("email")),
        ask("phone", "fact-phone", "ask-phone-hint", Ask::Line("tel")),
    ],
};

/// For whom somebody asks to be registered: what whoever writes is to them.
pub const FILED_FOR: Part = Part {
    heading: "links-join-for",
    columns: &[ask(
        "relation",
        "links-join-relation",
        "links-join-relation-hint",
        Ask::One(Choice::Filer),
    )],
};

/// Who writes, where that is somebody else.
pub const FILED_BY: Part = Part {
    heading: "links-join-filer",
    columns: &[ask(
        "filer_name",
        "links-join-filer-name",
        "",
        Ask::Line("text"),
    )],
};

/// Who files for a worker; the desk's own form does not ask it.
pub const FILED: &[Part] = &[FILED_FOR, FILED_BY];

/// A worker's form.
pub const WORKER: &[Part] = &[
    Part {
        heading: "section-person",
        columns: &[
            GIVEN_NAME,
            FAMILY_NAME,
            ask(
                "name_own_script",
                "fact-own-script",
                "hint-optional",
                Ask::Line("text"),
            ),
            ask("sex", "fact-sex", "hint-sex", Ask::One(Choice::Sex)),
            ask("birth_date", "fact-birth-date", "hint-date", Ask::Day(0)),
            ask(
                "citizenship",
                "fact-citizenship",
                "hint-citizenship",
                Ask::One(Choice::Country),
            ),
            PHONE,
            EMAIL,
            CONTACT_BY,
            CONTACT_LANGUAGE,
            ask("comune", "fact-comune", "hint-comune", Ask::Comune),
            DESK,
        ],
    },
    Part {
        heading: "section-work",
        columns: &[
            ask(
                "arrangements",
                "fact-arrangements",
                "hint-arrangements",
                Ask::Several(Choice::Arrangement),
            ),
            ask("availability", "fact-availability", "hint-week", Ask::Week),
            ask(
                "available_from",
                "fact-available-from",
                "hint-date",
                Ask::Day(20),
            ),
            ask(
                "confirmed_on",
                "fact-confirmed-on",
                "hint-date",
                Ask::Day(20),
            ),
            ask("max_km", "fact-max-km", "hint-max-km", Ask::Short),
            ask(
                "extra_comuni",
                "fact-extra-comuni",
                "hint-comuni",
                Ask::Comuni,
            ),
            ask("relocates", "fact-relocates", "hint-relocates", Ask::Yes),
            ask(
                "max_hours_week",
                "fact-max-hours-week",
                "hint-optional",
                Ask::Short,
            ),
            ask(
                "min_pay_hour",
                "fact-min-pay-hour",
                "hint-amount",
                Ask::Amount,
            ),
            ask(
                "min_pay_month",
                "fact-min-pay-month",
                "hint-amount-month",
                Ask::Amount,
            ),
        ],
    },
    Part {
        heading: "section-capabilities",
        columns: &[
            ask(
                "skills",
                "fact-skills",
                "hint-skills",
                Ask::Several(Choice::Skill),
            ),
            ask(
                "qualifications",
                "fact-qualifications",
                "hint-qualifications",
                Ask::Several(Choice::Qualification),
            ),
            ask(
                "languages",
                "fact-languages",
                "hint-languages",
                Ask::Languages,
            ),
            ask(
                "experience_years",
                "fact-experience-years",
                "hint-experience",
                Ask::Short,
            ),
            ask(
                "accreditation",
                "fact-accreditation",
                "hint-accreditation",
                Ask::One(Choice::Accreditation),
            ),
        ],
    },
    Part {
        heading: "section-permit",
        columns: &[
            ask(
                "permit_type",
                "fact-permit-type",
                "hint-permit",
                Ask::One(Choice::Permit),
            ),
            ask(
                "permit_until",
                "fact-permit-until",
                "hint-date",
                Ask::Day(20),
            ),
            ask(
                "renewal_receipt",
                "fact-renewal-receipt",
                "hint-renewal-receipt",
                Ask::Yes,
            ),
            ask(
                "work_right_confirmed",
                "fact-work-right-confirmed",
                "hint-work-right",
                Ask::Yes,
            ),
        ],
    },
    Part {
        heading: "section-authorisation",
        columns: &[
            ask(
                "consent_on",
                "fact-consent-on",
                "hint-consent",
                Ask::Day(20),
            ),
            ask(
                "notice_version",
                "fact-notice-version",
                "hint-notice",
                Ask::One(Choice::Notice),
            ),
            ask(
                "consent_how",
                "fact-consent-how",
                "hint-consent-how",
                Ask::One(Choice::How),
            ),
            ask(
                "consent_folder",
                "fact-consent-folder",
                "hint-consent-folder",
                Ask::Line("text"),
            ),
            ask(
                "share_without_asking",
                "fact-share-without-asking",
                "hint-share",
                Ask::Yes,
            ),
            ask(
                "registered_on",
                "fact-registered-on",
                "hint-date",
                Ask::Day(20),
            ),
        ],
    },
];

/// A family's form.
pub const FAMILY: &[Part] = &[FAMILY_CONTACT, FAMILY_RECIPIENT];

const FAMILY_CONTACT: Part = Part {
    heading: "section-contact",
    columns: &[
        GIVEN_NAME,
        FAMILY_NAME,
        RELATION,
        PHONE,
        EMAIL,
        CONTACT_BY,
        CONTACT_LANGUAGE,
        ask("comune", "fact-comune", "hint-comune", Ask::Comune),
        ask(
            "address",
            "fact-address",
            "hint-optional",
            Ask::Line("text"),
        ),
        ask(
            "referred_by",
            "fact-referred-by",
            "hint-referred-by",
            Ask::One(Choice::Partner),
        ),
        ask(
            "consent_on",
            "fact-family-consent-on",
            "hint-date",
            Ask::Day(20),
        ),
        DESK,
    ],
};

// For whom. What they need is a request's, as tasks; never a diagnosis.
const FAMILY_RECIPIENT: Part = Part {
    heading: "section-recipient",
    columns: &[
        ask(
            "recipient_name",
            "fact-recipient-name",
            "hint-recipient-name",
            Ask::Line("text"),
        ),
        ask(
            "guardianship",
            "fact-guardianship",
            "hint-guardianship",
            Ask::One(Choice::Guardianship),
        ),
        ask(
            "guardian_name",
            "fact-guardian-name",
            "hint-guardian",
            Ask::Line("text"),
        ),
        ask(
            "guardian_phone",
            "fact-guardian-phone",
            "hint-guardian",
            Ask::Line("tel"),
        ),
    ],
};

/// A request's form.
pub const REQUEST: &[Part] = &[
    Part {
        heading: "section-need",
        columns: &[
            ask("family", "fact-family-code", "hint-family-code", Ask::Short),
            WORK_COMUNE,
            ARRANGEMENT,
            SCHEDULE,
            LIVE_IN_HOURS,
            ask("covers", "fact-covers", "hint-covers", Ask::Short),
            ask(
                "min_coverage_permille",
                "fact-coverage-percent",
                "hint-coverage",
                Ask::PerCent,
            ),
            START_DATE,
            ask("end_date", "fact-end-date", "hint-end-date", Ask::Day(20)),
            NEEDED_BY,
            SELF_SUFFICIENT,
        ],
    },
    Part {
        heading: "section-tasks",
        columns: &[
            REQUIRED_SKILLS,
            ask(
                "preferred_skills",
                "fact-preferred-skills",
                "hint-preferred-skills",
                Ask::Several(Choice::Skill),
            ),
            ask(
                "required_qualifications",
                "fact-required-qualifications",
                "hint-required-qualifications",
                Ask::Several(Choice::Qualification),
            ),
            ask(
                "required_languages",
                "fact-required-languages",
                "hint-required-languages",
                Ask::Languages,
            ),
        ],
    },
    Part {
        heading: "section-terms",
        columns: &[
            ask(
                "ccnl_level",
                "fact-ccnl-level",
                "hint-ccnl-level",
                Ask::One(Choice::Level),
            ),
            ask(
                "max_pay_hour",
                "fact-max-pay-hour",
                "hint-amount",
                Ask::Amount,
            ),
            ask(
                "max_pay_month",
                "fact-max-pay-month",
                "hint-amount-month",
                Ask::Amount,
            ),
            ask(
                "public_contribution",
                "fact-public-contribution",
                "hint-public-contribution",
                Ask::Yes,
            ),
            ask("opened_on", "fact-opened-on", "hint-date", Ask::Day(20)),
        ],
    },
    Part {
        heading: "section-worker-sex",
        columns: &[
            ask(
                "worker_sex",
                "fact-worker-sex",
                "hint-worker-sex",
                Ask::One(Choice::WorkerSex),
            ),
            ask(
                "worker_sex_ground",
                "fact-worker-sex-ground",
                "",
                Ask::One(Choice::Ground),
            ),
        ],
    },
];

/// The column of a name.
pub fn column(parts: &'static [Part], name: &str) -> Option<&'static Column> {
    parts
        .iter()
        .flat_map(|part| part.columns)
        .find(|column| column.name == name)
}

/// Whether a worker looks for work.
pub const WORKER_STANDING: &[Part] = &[Part {
    heading: "section-standing",
    columns: &[
        ask("status", "fact-status", "", Ask::One(Choice::WorkerStatus)),
        ask(
            "paused_until",
            "fact-paused-until",
            "hint-paused-until",
            Ask::Day(20),
        ),
        ask(
            "pause_reason",
            "fact-pause-reason",
            "hint-pause-reason",
            Ask::One(Choice::Pause(Side::Worker)),
        ),
    ],
}];

/// Whether a request waits for somebody.
pub const REQUEST_STANDING: &[Part] = &[Part {
    heading: "section-standing",
    columns: &[
        ask(
            "status",
            "fact-status",
            "hint-request-status",
            Ask::One(Choice::RequestStatus),
        ),
        ask(
            "paused_until",
            "fact-paused-until",
            "hint-paused-until",
            Ask::Day(20),
        ),
        ask(
            "pause_reason",
            "fact-pause-reason",
            "hint-pause-reason",
            Ask::One(Choice::Pause(Side::Family)),
        ),
        ask(
            "close_reason",
            "fact-close-reason",
            "hint-close-reason",
            Ask::One(Choice::Close),
        ),
        ask(
            "excluded",
            "fact-excluded",
            "hint-excluded",
            Ask::One(Choice::Exclusion),
        ),
        ask("excluded_on", "fact-excluded-on", "hint-date", Ask::Day(20)),
    ],
}];
