//! The lists whose words are asked for by code: `words.code("criterion", …)`. Each
//! code of each list has its word in every language, and no word outlives its code.

use std::collections::{BTreeMap, BTreeSet};

use dom::catalogue::{Language, Words};
use dom::domain::account::Role;
use dom::domain::advice::ContractForm;
use dom::domain::answer::{Channel, Teller, Wave};
use dom::domain::appointment::{AppointmentState, ComesFor};
use dom::domain::backup::{BackupState, BackupTrouble};
use dom::domain::care_recipient::Guardianship;
use dom::domain::contact::ContactBy;
use dom::domain::contract::Arrangement;
use dom::domain::criterion::{Known, TESTS};
use dom::domain::delivery::Purpose;
use dom::domain::diffusion::{Ground, Limit};
use dom::domain::duty;
use dom::domain::family::Relation;
use dom::domain::follow_up::{Asked, Disposition, TRY_DISPOSITIONS};
use dom::domain::forbidden::Forbidden;
use dom::domain::informing::{NoticeKind, ToldHow};
use dom::domain::job::JobEvent;
use dom::domain::keeping::PoolWord;
use dom::domain::likeness::Reason;
use dom::domain::mail::{MailKind, MailState};
use dom::domain::offer::Task;
use dom::domain::partner::{ConsentHow, PartnerKind, ReferralState};
use dom::domain::permit::PermitType;
use dom::domain::person::{Accreditation, Sex};
use dom::domain::private_link::{Handed, PAUSES};
use dom::domain::processing;
use dom::domain::proposal::{Over, PhoneFor, ProposalState, Via, telling};
use dom::domain::public_request::{InboxEvent, InboxState, Missing};
use dom::domain::publishing;
use dom::domain::reason::{self, ReasonList, Side, reasons};
use dom::domain::request::{Exclusion, RequestStatus, SEX_GROUND};
use dom::domain::rights::{RestrictionReason, Staying};
use dom::domain::saved_filter::Shared;
use dom::domain::setting::Setting;
use dom::domain::sheet::SheetState;
use dom::domain::skill::Skill;
use dom::domain::survey::{NOT_SAID, Question, choices};
use dom::domain::wish;
use dom::domain::worker::WorkerStatus;
use dom::matching::{Components, Criterion, LegalForm, ListedBy};
use dom::services::links::family::Act;
use dom::services::outcome_report;
use dom::services::partners;
use dom::services::proposals::asking::Way;
use dom::services::registering::Form;
use dom::services::sheet_view::DISCLOSED;
use dom::services::sheets::Standing;
use dom::services::waiting::Scope;
use dom::storage::asked::Show;
use dom::storage::disclosures::How;
use dom::web::pages::desk::tour;
use dom::web::pages::people::held;

use super::words::{asked, code, messages};

fn owned<'a>(codes: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    codes.into_iter().map(str::to_owned).collect()
}

/// What either side may choose; not to say is a word of its own but for INPS.
fn said(question: Question) -> Vec<String> {
    let sides = Asked::ALL.iter();
    let codes: BTreeSet<_> = sides.flat_map(|side| choices(question, *side)).collect();
    let own = question == Question::Notified;
    owned(codes.into_iter().filter(|code| own || *code != NOT_SAID))
}

/// The domain's own lists, then those that a page or a command keeps to itself.
fn lists() -> BTreeMap<&'static str, Vec<String>> {
    let mut lists = of_records();
    lists.extend(of_delivery());
    lists.extend(of_links());
    lists.extend(of_the_inbox());
    lists.extend(of_processing());
    lists.extend([
        (
            "import-kind",
            owned(dom::services::uploads::KINDS.map(dom::services::tables::Kind::code)),
        ),
        (
            "paper-title",
            owned(
                dom::web::pages::paper::view::Paper::ALL
                    .map(dom::web::pages::paper::view::Paper::code),
            ),
        ),
        (
            "issue-way",
            owned(dom::services::sheets::Way::ALL.map(dom::services::sheets::Way::code)),
        ),
        (
            "notice-kind",
            owned(NoticeKind::ALL.iter().map(|kind| kind.code())),
        ),
        (
            "setting",
            owned(Setting::ALL.iter().map(|setting| setting.code())),
        ),
        ("retention-fixed", owned(dom::services::retention::FIXED)),
        ("told-how", owned(ToldHow::ALL.iter().map(|how| how.code()))),
        ("file-column", owned(IMPORT_COLUMNS)),
        (
            "import-state",
            owned(
                dom::domain::upload::UploadState::ALL.map(dom::domain::upload::UploadState::code),
            ),
        ),
        ("month", months()),
        ("month-short", months()),
        ("report-cases", owned(CASES)),
        ("report-definition", tables(&["totals", "first"])),
        (
            "report-dom",
            owned([
                "workers_registered",
                "families_with_sheets",
                "sheets",
                "requests_with_sheets",
                "jobs",
            ]),
        ),
        ("report-row", tables(&["totals"])),
        ("outcome-channel", outcome_channels()),
        ("outcome-column", owned(outcome_report::COLUMN_CODES)),
        ("outcome-definition", owned(outcome_report::PART_CODES)),
        ("outcome-figure", owned(outcome_report::FIGURE_CODES)),
        ("outcome-part", owned(outcome_report::PART_CODES)),
        ("outcome-row", owned(OUTCOME_ROWS)),
        ("report-table", tables(&["totals"])),
    ]);
    lists
}

/// Columns of files that no form asks.
const IMPORT_COLUMNS: [&str; 6] = [
    "request",
    "worker",
    "sheet_number",
    "issued_on",
    "kind",
    "closed_on",
];

/// Each coded reason as its key names it: its list, then itself.
fn coded_reasons() -> Vec<String> {
    let shown = [
        ReasonList::AnswerNo,
        ReasonList::ProposalDeclined,
        ReasonList::BandSkipped,
        ReasonList::Pause,
        ReasonList::Close,
        ReasonList::Revoke,
        ReasonList::Block,
        ReasonList::InboxRefused,
    ];
    let coded = shown.into_iter().flat_map(|list| {
        let of_list = reasons(list).iter();
        of_list.map(move |reason| format!("{}-{}", list.code(), reason.code()))
    });
    coded.collect()
}

fn of_records() -> BTreeMap<&'static str, Vec<String>> {
    let components = Components::default().in_order();
    let days = || (0..7).map(|day| day.to_string()).collect::<Vec<_>>();
    let own = [
        (
            "accreditation",
            owned(Accreditation::ALL.map(Accreditation::code)),
        ),
        (
            "arrangement",
            owned(Arrangement::ALL.map(Arrangement::code)),
        ),
        ("coded", coded_reasons()),
        ("component", owned(components.map(|(name, _)| name))),
        ("contact-by", owned(ContactBy::ALL.map(ContactBy::code))),
        ("criterion", owned(Criterion::ALL.map(Criterion::code))),
        ("disclosure", owned(How::ALL.map(How::code))),
        (
            "forbidden",
            owned(Forbidden::all().iter().map(Forbidden::code)),
        ),
        ("account-role", owned(Role::ALL.map(Role::code))),
        ("home-role", owned(Role::ALL.map(Role::code))),
        (
            "legal-form",
            owned(
                [
                    LegalForm::JobSharing,
                    LegalForm::SeparateContracts,
                    LegalForm::RestDayCover,
                ]
                .map(LegalForm::code),
            ),
        ),
        ("permit", owned(PermitType::all().map(PermitType::code))),
        (
            "proposal-state",
            owned(ProposalState::ALL.map(ProposalState::code)),
        ),
        ("relation", owned(Relation::ALL.map(Relation::code))),
        (
            "request-status",
            owned(RequestStatus::ALL.map(RequestStatus::code)),
        ),
        ("sex", owned(Sex::ALL.map(Sex::code))),
        (
            "standing",
            owned(
                [
                    Standing::NeedsNoAsking,
                    Standing::Accepted,
                    Standing::Declined,
                    Standing::TermsChanged,
                    Standing::ToAsk,
                ]
                .map(Standing::code),
            ),
        ),
        (
            "verify-state",
            owned(
                [
                    SheetState::Genuine,
                    SheetState::Superseded,
                    SheetState::Expired,
                    SheetState::Revoked,
                ]
                .map(SheetState::code),
            ),
        ),
        ("weekday", days()),
        ("weekday-short", days()),
        (
            "worker-status",
            owned(WorkerStatus::ALL.map(WorkerStatus::code)),
        ),
        ("access-field", owned(ACCESS_FIELDS)),
        ("failure-heading", owned(FAILURES)),
        ("failure-text", owned(FAILURES)),
        ("record", owned(RECORDS)),
        ("yes-no", owned(["yes", "no"])),
    ];
    let mut all = of_follow_up();
    all.extend(of_partners());
    all.extend(own);
    all.extend(of_registering());
    all.extend(of_proposals());
    all
}

fn of_the_inbox() -> BTreeMap<&'static str, Vec<String>> {
    let refused = reasons(ReasonList::InboxRefused).iter();
    BTreeMap::from([
        ("links-refused", owned(refused.map(reason::Reason::code))),
        (
            "links-missing",
            owned(Missing::ALL.iter().map(|one| one.code())),
        ),
        ("ask-wish", owned(wish::codes())),
        (
            "inbox-event",
            owned(InboxEvent::ALL.iter().map(|one| one.code())),
        ),
        (
            "inbox-state",
            owned(InboxState::ALL.iter().map(|one| one.code())),
        ),
    ])
}

fn of_partners() -> BTreeMap<&'static str, Vec<String>> {
    BTreeMap::from([
        (
            "partner-kind",
            owned(PartnerKind::ALL.iter().map(|one| one.code())),
        ),
        (
            "partner-person",
            owned(partners::Standing::ALL.map(partners::Standing::code)),
        ),
        (
            "referral-how",
            owned(ConsentHow::ALL.iter().map(|one| one.code())),
        ),
        (
            "referral-state",
            owned(ReferralState::ALL.iter().map(|one| one.code())),
        ),
    ])
}

fn of_follow_up() -> BTreeMap<&'static str, Vec<String>> {
    BTreeMap::from([
        ("call-try", owned(TRY_DISPOSITIONS.map(Disposition::code))),
        (
            "calls-wave",
            owned(Wave::ALL.iter().map(|wave| wave.code())),
        ),
        (
            "finding-who",
            owned(Teller::ALL.iter().map(|who| who.code())),
        ),
        (
            "job-event",
            owned(JobEvent::ALL.iter().map(|event| event.code())),
        ),
        (
            "backup-state",
            owned(BackupState::ALL.iter().map(|state| state.code())),
        ),
        (
            "backup-trouble",
            owned(BackupTrouble::ALL.iter().map(|trouble| trouble.code())),
        ),
        (
            "mail-kind",
            owned(MailKind::ALL.iter().map(|kind| kind.code())),
        ),
        (
            "mail-state",
            owned(MailState::ALL.iter().map(|state| state.code())),
        ),
        ("survey-contact", said(Question::Contact)),
        ("survey-end", said(Question::EndReason)),
        ("survey-notified", said(Question::Notified)),
        ("survey-result", said(Question::Result)),
        ("survey-together", said(Question::StillWorking)),
        ("survey-why", said(Question::Reason)),
        ("survey-without", said(Question::WithoutDesk)),
    ])
}

/// Those of asking workers.
fn of_proposals() -> Vec<(&'static str, Vec<String>)> {
    let days = (0..7).map(|day| day.to_string());
    let declined = reasons(ReasonList::ProposalDeclined).iter();
    let next = ["again", "issue", "nothing", "phone", "review", "wait"];
    vec![
        (
            "asked-arrangement",
            owned(Arrangement::ALL.map(Arrangement::code)),
        ),
        ("asked-day", days.collect()),
        ("asked-task", owned(Task::ALL.map(Task::code))),
        ("asked-why", owned(declined.map(reason::Reason::code))),
        ("diffusion-ground", owned(Ground::ALL.map(Ground::code))),
        ("diffusion-kind", owned(Limit::KINDS)),
        ("match-left-out", owned(Ground::ALL.map(Ground::code))),
        ("match-order", owned(ListedBy::ALL.map(ListedBy::code))),
        ("propose-way", owned(Way::ALL.map(Way::code))),
        ("proposal-over", owned(Over::ALL.map(Over::code))),
        ("proposal-phone", owned(PhoneFor::ALL.map(PhoneFor::code))),
        ("proposal-suggests", owned(telling())),
        ("proposal-via", owned(Via::ALL.map(Via::code))),
        ("proposal-word", owned(["yes", "no"])),
        ("proposals-next", owned(next)),
        ("proposals-show", owned(Show::ALL.map(Show::code))),
    ]
}

/// Those that the forms of the desk bring along.
fn of_registering() -> Vec<(&'static str, Vec<String>)> {
    vec![
        (
            "contract-form",
            owned(ContractForm::ALL.map(ContractForm::code)),
        ),
        ("filter-shared", owned(Shared::ALL.map(Shared::code))),
        ("tour-step", owned(tour::STEPS.map(|(code, _)| code))),
        ("tour-text", owned(tour::STEPS.map(|(code, _)| code))),
        ("home-scope", owned(Scope::ALL.map(Scope::code))),
        ("likeness", owned(Reason::ALL.map(Reason::code))),
        ("pay-unit", owned(["hour", "month", "day"])),
        ("consent-how", owned(["paper", "screen"])),
        ("draft-new", owned(Form::ALL.map(Form::code))),
        ("exclusion", owned(Exclusion::ALL.map(Exclusion::code))),
        ("form-title-new", owned(Form::ALL.map(Form::code))),
        ("record-action", owned(ACTIONS.into_iter().chain(OF_PEOPLE))),
        (
            "guardianship",
            owned(Guardianship::ALL.iter().map(|one| one.code())),
        ),
        ("hanging", owned(HANGING)),
        (
            "restriction-reason",
            owned(RestrictionReason::ALL.iter().map(|one| one.code())),
        ),
        ("erase-stays", owned(Staying::ALL.map(Staying::code))),
        (
            "held-disposition",
            owned(Disposition::ALL.iter().map(|one| one.code())),
        ),
        (
            "held-reminder",
            owned(PoolWord::ALL.iter().map(|one| one.code())),
        ),
        ("held-section", owned(held::SECTIONS)),
        ("held-column", owned(held::COLUMNS)),
        ("held-table", owned(dom::services::rights::erase::TABLES)),
        (
            "form-progress",
            owned(["to_begin", "under_way", "complete"]),
        ),
        (
            "block-standing",
            owned(["proposed", "confirmed", "lift_asked"]),
        ),
        (
            "from-side",
            owned([Side::Worker, Side::Family, Side::Both, Side::Desk].map(Side::code)),
        ),
        ("sex-ground", owned([SEX_GROUND])),
        ("skill-group", owned(Skill::all().map(Skill::group))),
    ]
}

fn of_delivery() -> Vec<(&'static str, Vec<String>)> {
    let mails = MailState::ALL.iter().map(|state| state.code());
    vec![
        ("purpose", owned(Purpose::ALL.iter().map(|one| one.code()))),
        ("disclosed-field", owned(DISCLOSED.split('|'))),
        (
            "duty",
            owned(
                duty::all()
                    .iter()
                    .map(|one| one.code.as_str())
                    .chain(["source"]),
            ),
        ),
        ("delivery-mail", owned(mails.chain(["none"]))),
    ]
}

/// As `/cookies` lists them.
const COOKIES: [&str; 11] = [
    "session",
    "language",
    "password",
    "provider",
    "accesses",
    "sheet-link",
    "sheet-open",
    "mine",
    "names",
    "survey",
    "ask-confirm",
];

/// What somebody comes to a desk for.
fn of_appointments() -> Vec<&'static str> {
    ComesFor::ALL.iter().map(|one| one.code()).collect()
}

/// What is said behind a private link, and of who was given one.
fn of_links() -> Vec<(&'static str, Vec<String>)> {
    let purposes = Purpose::ALL.iter().map(|one| one.code());
    let acts = || owned(Act::ALL.map(Act::code));
    let done = [
        "confirm",
        "week",
        "pause",
        "language",
        "correct",
        "call",
        "again",
        "appointment",
        "called_off",
    ];
    vec![
        ("links-field", owned(DISCLOSED.split('|'))),
        ("links-how", owned(How::ALL.map(How::code))),
        ("links-why", owned(purposes)),
        ("links-done", owned(done)),
        ("links-near-for", owned(of_appointments())),
        ("comes-for", owned(of_appointments())),
        (
            "appointment-state",
            owned(AppointmentState::ALL.iter().map(|one| one.code())),
        ),
        (
            "links-pause",
            PAUSES.iter().map(ToString::to_string).collect(),
        ),
        ("about-cookie-of", owned(COOKIES)),
        ("about-check-known", owned(Known::ALL.map(Known::code))),
        ("about-check-test", owned(TESTS.map(|(code, _)| code))),
        ("mine-act", acts()),
        ("mine-done", acts()),
        (
            "mine-state",
            owned(RequestStatus::ALL.map(RequestStatus::code)),
        ),
        (
            "door-handed",
            owned(Handed::ALL.iter().map(|one| one.code())),
        ),
    ]
}

/// Those of the record of processing.
fn of_processing() -> Vec<(&'static str, Vec<String>)> {
    vec![
        ("register-basis", owned(processing::BASES)),
        ("register-data", owned(processing::DATA)),
        ("register-kept", owned(processing::RETENTIONS)),
        ("register-measure", owned(MEASURES)),
        ("register-people", owned(processing::PEOPLE)),
        ("register-purpose", owned(processing::PURPOSES)),
        ("register-recipient", owned(processing::RECIPIENTS)),
    ]
}

/// What guards the data, as the record of processing lists it.
const MEASURES: [&str; 10] = [
    "copies",
    "disclosures",
    "mail_leaves",
    "passwords",
    "reads",
    "roles",
    "second_factor",
    "sessions",
    "site_encrypted",
    "withheld",
];

fn months() -> Vec<String> {
    (1..=12).map(|month| format!("{month:02}")).collect()
}

/// The public tables, and what the report has besides.
fn tables(more: &[&str]) -> Vec<String> {
    let listed = publishing::TABLES.iter().map(|table| table.code);
    owned(listed.chain(more.iter().copied()))
}

const CASES: [&str; 6] = [
    "total",
    "from_before",
    "opened",
    "closed",
    "carried_over",
    "quick",
];

fn outcome_channels() -> Vec<String> {
    let known = Channel::ALL.iter().map(|channel| channel.code());
    owned(known.chain(["not_stated"]))
}

/// What a row of the outcome report can be.
const OUTCOME_ROWS: [&str; 8] = [
    "arrangement",
    "channel",
    "criterion",
    "desk",
    "figure",
    "partner",
    "reason",
    "side",
];

const FAILURES: [&str; 9] = [
    "broken",
    "conflict",
    "forbidden",
    "gone",
    "no-such-method",
    "not-found",
    "refused",
    "stopped",
    "unavailable",
];

/// What hangs on a person's record.
const HANGING: [&str; 22] = [
    "appointments",
    "askings",
    "accreditation_ends",
    "link_codes",
    "notices_given",
    "person_mails",
    "person_tasks",
    "pool_words",
    "private_links",
    "renewals",
    "proposals",
    "introductions",
    "disclosures",
    "authorisations",
    "mailings",
    "notes",
    "blocks",
    "sheets",
    "answers",
    "calls",
    "requests",
    "restrictions",
];

/// What happens to the record of a person, beside its forms.
const OF_PEOPLE: [&str; 14] = [
    "handed_over",
    "merged",
    "merged_away",
    "unmerged",
    "unmerged_away",
    "block_proposed",
    "block_confirmed",
    "block_dropped",
    "block_lift_asked",
    "block_lifted",
    "block_kept",
    "restricted",
    "unrestricted",
    "erased",
];

/// What a record's history may tell.
const ACTIONS: [&str; 13] = [
    "limit_added",
    "limit_lifted",
    "taken",
    "created",
    "changed",
    "sex_confirmed",
    "active",
    "open",
    "paused",
    "placed",
    "withdrawn",
    "filled",
    "closed",
];

/// What `ServiceError::NotFound` may be about.
const RECORDS: [&str; 23] = [
    "filter",
    "accompaniment",
    "account",
    "block",
    "desk",
    "draft",
    "family",
    "introduction",
    "limit",
    "mail",
    "merge",
    "note",
    "notice",
    "partner",
    "proposal",
    "public_request",
    "request",
    "session",
    "sheet",
    "task",
    "term",
    "upload",
    "worker",
];

/// The columns that the entry screen asks for.
const ACCESS_FIELDS: [&str; 12] = [
    "channel",
    "first_access",
    "sex",
    "age_band",
    "citizenship",
    "comune",
    "permit_type",
    "referred_by",
    "reason",
    "activation",
    "accompaniment",
    "mediation",
];

fn keys() -> BTreeSet<String> {
    let of_list = |(list, codes): (&str, Vec<String>)| {
        let key = |code| format!("{list}-{code}");
        codes.into_iter().map(key).collect::<Vec<_>>()
    };
    lists().into_iter().flat_map(of_list).collect()
}

#[test]
fn every_code_of_every_list_has_its_word() {
    for language in Language::ALL {
        let words = Words::new(language);
        let missing: Vec<_> = keys().into_iter().filter(|key| !words.has(key)).collect();
        assert!(missing.is_empty(), "{}: {missing:?}", language.tag());
    }
}

#[test]
fn every_list_that_is_asked_for_stands_in_this_table() {
    let lists = lists();
    for (path, text) in code() {
        for (method, list) in asked(&text) {
            assert!(
                method != "code" || lists.contains_key(list),
                "{path} asks for {list}, of which no test knows the codes"
            );
        }
    }
}

#[test]
fn no_word_outlives_its_code() {
    let (known, code) = (keys(), code());
    let prefixes: Vec<_> = lists().keys().map(|list| format!("{list}-")).collect();
    let stale: Vec<_> = messages(Language::It)
        .into_keys()
        .filter(|key| prefixes.iter().any(|prefix| key.starts_with(prefix)))
        .filter(|key| !known.contains(key))
        .filter(|key| {
            let literal = format!("\"{key}\"");
            !code.iter().any(|(_, text)| text.contains(&literal))
        })
        .collect();
    assert!(stale.is_empty(), "no such code any more: {stale:?}");
}

#[test]
fn the_pages_that_keep_a_list_to_themselves_ask_for_these_codes_and_no_others() {
    let source = |name: &str| {
        let all = code();
        let found = all.into_iter().find(|(path, _)| path.ends_with(name));
        found.expect("a source of this name").1
    };
    let failures = source("web/pages/public.rs");
    let kinds = failures.split("let kind = match").nth(1).expect("kinds");
    let kinds = kinds.split("};").next().expect("the end of the match");
    let kinds: BTreeSet<_> = kinds.split('"').skip(1).step_by(2).collect();
    assert_eq!(kinds, BTreeSet::from(FAILURES));
    let mut records = BTreeSet::new();
    for (_, text) in code() {
        for after in text.split("not_found(\"").skip(1) {
            let record = after.split('"').next().expect("a literal");
            records.insert(record.to_owned());
        }
    }
    let records: BTreeSet<_> = records.iter().map(String::as_str).collect();
    assert_eq!(records, BTreeSet::from(RECORDS));
}
