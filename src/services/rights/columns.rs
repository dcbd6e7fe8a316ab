//! Every column of the database and what an erasure does to it. A column that stands here
//! nowhere, or twice, fails a test: whoever adds one says what becomes of it, and mends
//! `storage::erasing` where it tells of a person.

use crate::domain::rights::{Fate, Staying};

const GONE: Fate = Fate::Erased;
const CODE: Fate = Fate::Kept(Staying::Pseudonym);
const FIGURES: Fate = Fate::Kept(Staying::Figures);
const PROOF: Fate = Fate::Kept(Staying::Proof);
const OTHERS: Fate = Fate::Kept(Staying::Others);
const SHORTLY: Fate = Fate::Kept(Staying::Shortly);
const NOBODYS: Fate = Fate::NotPersonal;

/// Table, fate, columns.
type Row = (&'static str, Fate, &'static str);

/// People, and what hangs on one record.
const PEOPLE: &[Row] = &[
    (
        "workers",
        CODE,
        "id code version status contact_by contact_language",
    ),
    ("workers", FIGURES, "sex arrangements registered_on desk_id"),
    (
        "workers",
        GONE,
        "given_name family_name name_own_script folded sort_name sound phone email comune max_km \
         extra_comuni relocates availability available_from confirmed_on skills qualifications \
         languages experience_years min_pay_hour min_pay_month permit_type permit_until \
         renewal_receipt work_right_confirmed max_hours_week accreditation share_without_asking \
         paused_until pause_reason consent_on",
    ),
    ("worker_statistics", CODE, "worker_id"),
    ("worker_statistics", GONE, "birth_date citizenship"),
    ("worker_names", GONE, "worker_id word sound"),
    ("family_names", GONE, "family_id word sound"),
    (
        "families",
        CODE,
        "id code version contact_by contact_language",
    ),
    ("families", FIGURES, "referred_by_id desk_id"),
    (
        "families",
        GONE,
        "given_name family_name folded sort_name sound relation phone email comune address \
         consent_on recipient_name guardianship guardian_name guardian_phone",
    ),
    (
        "requests",
        CODE,
        "id code family_id covers version in_charge_id",
    ),
    (
        "requests",
        FIGURES,
        "arrangement schedule live_in_hours min_coverage_permille start_date end_date status \
         close_reason opened_on excluded excluded_on",
    ),
    (
        "requests",
        GONE,
        "comune needed_by required_skills preferred_skills required_qualifications \
         required_languages max_pay_hour max_pay_month ccnl_level public_contribution \
         self_sufficient worker_sex worker_sex_ground worker_sex_asked_by paused_until \
         pause_reason",
    ),
    (
        "public_requests",
        GONE,
        "id number form_hash token_hash kind state desk_id filed_at name folded comune email phone \
         by_phone language notice_version notice_at answers words confirmed_at decided_at reason \
         request_id version worker_id draft",
    ),
    (
        "public_request_events",
        GONE,
        "id public_request_id at account_id action words",
    ),
    (
        "appointments",
        GONE,
        "id desk_id day half minutes purpose state worker_id family_id public_request_id made_at \
         made_by_id cancelled_at reminded_at",
    ),
    (
        "appointment_slots",
        GONE,
        "id appointment_id desk_id day half",
    ),
    (
        "accreditation_ends",
        GONE,
        "id worker_id ends_on set_at set_by_id",
    ),
    (
        "authorisations",
        PROOF,
        "id worker_id given_on notice_version how account_id recorded_at withdrawn_on",
    ),
    ("authorisations", GONE, "folder"),
    (
        "notices_given",
        PROOF,
        "id version_id worker_id family_id how given_on account_id message_id",
    ),
    (
        "referrals",
        FIGURES,
        "id request_id partner_id account_id consent_how consent_on filed_at",
    ),
    ("referrals", GONE, "consent_by"),
    (
        "blocks",
        GONE,
        "id kind record reason words review_on proposed_by proposed_at confirmed_by confirmed_at \
         lift_asked_by lift_asked_at lift_words ended_by ended_at version",
    ),
    (
        "restrictions",
        GONE,
        "id kind record reason at account_id ended_at ended_by",
    ),
    ("erasures", CODE, "kind record at account_id from_list"),
    (
        "contact_notes",
        GONE,
        "id kind record on_day words account_id written_at erased_at",
    ),
    (
        "different_people",
        GONE,
        "kind one other said_at account_id",
    ),
    (
        "diffusion_limits",
        GONE,
        "id worker_id named family_id comune partner_id ground since account_id proposal_id",
    ),
    (
        "merges",
        CODE,
        "id kind gone kept leads_to merged_at merged_by undone_at undone_by",
    ),
    ("merges", GONE, "before"),
    (
        "record_changes",
        PROOF,
        "id kind record version at account_id action",
    ),
    ("record_changes", GONE, "fields"),
    (
        "renewals",
        GONE,
        "id worker_id family_id word made_on account_id",
    ),
    ("pool_words", GONE, "id worker_id kind about made_on"),
];

/// Proposals, sheets, and what became of them.
const WORK: &[Row] = &[
    (
        "proposals",
        FIGURES,
        "id request_id worker_id state proposed_on expires_on proposed_by_id skipped_reason \
         answered_on via decline_reason version cancelled phone_for reviewed_on",
    ),
    // Of a family; to a worker it is the family's.
    ("proposals", GONE, "told part"),
    ("proposal_links", GONE, "token_hash proposal_id"),
    ("proposal_mails", CODE, "message_id proposal_id"),
    (
        "proposal_words",
        FIGURES,
        "id proposal_id at account_id state reason via said_on",
    ),
    (
        "introductions",
        FIGURES,
        "id code request_id worker_id sheet_number sheet_id issued_on loaded_on",
    ),
    (
        "sheets",
        PROOF,
        "id number verification_code request_id desk_id issued_by_id issued_on valid_until \
         language weights sha256 revoked_at revoke_reason version",
    ),
    ("sheets", GONE, "explanation"),
    ("sheet_documents", GONE, "sheet_id pdf"),
    (
        "sheet_links",
        CODE,
        "id sheet_id token_hash code_hash tries made_at made_by_id send_at ends_on locked_at \
         cancelled_at open_hash open_until",
    ),
    (
        "sheet_notices",
        CODE,
        "id sheet_id family_id worker_id call_by by_mail message_id",
    ),
    (
        "sheet_tasks",
        PROOF,
        "id sheet_id kind made_on done_at done_by_id",
    ),
    (
        "disclosures",
        PROOF,
        "id sheet_id worker_id family_id how fields at account_id purpose",
    ),
    (
        "answers",
        FIGURES,
        "id introduction_id side wave answered_on via talked met result reason document \
         started_on live_in hours_week ccnl_level notified_yes fits still_working ended_on \
         end_reason without_desk",
    ),
    (
        "answer_notes",
        GONE,
        "id introduction_id side wave written_on account_id note",
    ),
    (
        "invitations",
        FIGURES,
        "id introduction_id side wave mailing_id opens_on closes_on phone_from disposition \
         settled_on drawn tries last_try_at",
    ),
    (
        "mailings",
        FIGURES,
        "id family_id worker_id opened_on closes_on link_until by_mail",
    ),
    (
        "phone_tries",
        FIGURES,
        "id invitation_id at account_id disposition",
    ),
    ("survey_links", GONE, "token_hash mailing_id"),
    (
        "survey_stops",
        CODE,
        "id family_id worker_id at disposition",
    ),
    (
        "job_changes",
        FIGURES,
        "id introduction_id event worker_was request_was at account_id undone_at",
    ),
    ("job_changes", GONE, "hours"),
    (
        "first_looks",
        FIGURES,
        "request_id looked_on pool fits limits",
    ),
    ("first_fits", FIGURES, "request_id worker_id"),
];

/// Doors, mail, and what was typed.
const PATHS: &[Row] = &[
    (
        "private_links",
        GONE,
        "id worker_id family_id public_id token_hash how made_at made_by_id ends_on ended_at",
    ),
    (
        "link_codes",
        GONE,
        "id worker_id family_id code_hash tries made_at made_by_id ends_at locked_at",
    ),
    (
        "person_tasks",
        CODE,
        "id worker_id family_id kind made_on done_at done_by_id",
    ),
    ("person_tasks", GONE, "words"),
    ("person_mails", GONE, "id worker_id family_id message_id"),
    (
        "outbox",
        CODE,
        "id kind dedup_key message_id mailing_id state queued_at send_at attempts first_try_at \
         leased_until finished_at",
    ),
    ("outbox", GONE, "recipient token trouble subject plain html"),
    ("address_marks", GONE, "address_hash at why"),
    (
        "drafts",
        GONE,
        "id account_id form record fields made kept_at thrown_at",
    ),
    ("searches", GONE, "id account_id list words created_at"),
    (
        "uploads",
        GONE,
        "id account_id desk_id kind file_name state header sample columns keep_good leave_likely \
         claim claimed_at outcome made_at changed_at",
    ),
    ("upload_files", GONE, "upload_id bytes"),
    ("spent_forms", SHORTLY, "form_hash spent_on"),
    (
        "throttles",
        SHORTLY,
        "key_hash failures last_failure_at wait_until",
    ),
    ("pool_changes", SHORTLY, "batch worker request"),
    ("pool_revisions", NOBODYS, "batch revision"),
];

/// Who did what: codes of records, and accounts of the staff.
const RECORD: &[Row] = &[
    (
        "audit_events",
        PROOF,
        "id at account_id action object detail",
    ),
    (
        "reads",
        PROOF,
        "instance running at account_id desk what record list",
    ),
    ("read_names", PROOF, "digest name"),
    (
        "read_segments",
        PROOF,
        "instance number minute count entries digest before seal",
    ),
];

/// Figures, and what is nobody's whom the desks serve: the staff's own accounts, rules,
/// lists, the access log, which knows no identity.
const REST: &[Row] = &[
    (
        "accesses",
        NOBODYS,
        "id day desk_id channel first_access sex age_band citizenship comune permit_type \
         referred_by reason activation accompaniment mediation ref_hash",
    ),
    (
        "access_counts",
        NOBODYS,
        "year desk_id dimension value count",
    ),
    ("access_months", NOBODYS, "desk_id month"),
    ("access_receipts", NOBODYS, "id"),
    (
        "accompaniments",
        NOBODYS,
        "id code desk_id kind opened_on closed_on version",
    ),
    ("answer_tallies", NOBODYS, "year desk_id value count"),
    (
        "frozen_years",
        FIGURES,
        "year revision frozen_at frozen_by program_version definitions whole published sha256 pdf",
    ),
    (
        "accounts",
        OTHERS,
        "id email_key email name role desk_id partner_id password_hash created_at disabled_at",
    ),
    (
        "account_factors",
        OTHERS,
        "account_id secret next_secret made_at confirmed_at last_step",
    ),
    (
        "account_identities",
        OTHERS,
        "account_id identity issuer linked_at",
    ),
    ("recovery_codes", OTHERS, "code_hash account_id used_at"),
    ("password_links", OTHERS, "token_hash account_id expires_at"),
    (
        "sessions",
        OTHERS,
        "token_hash account_id began_at last_seen_at stage fresh_at device outside_factor \
         by_provider idle_minutes longest_hours",
    ),
    (
        "saved_filters",
        OTHERS,
        "id account_id list name status arrangement at_desk shared made_at",
    ),
    ("tours_done", OTHERS, "account_id done_at"),
    (
        "desks",
        NOBODYS,
        "id code name sheet_prefix comune address phone",
    ),
    (
        "desk_hours",
        NOBODYS,
        "id desk_id valid_from week minutes account_id at",
    ),
    ("desk_closures", NOBODYS, "id desk_id day account_id at"),
    (
        "partners",
        NOBODYS,
        "id code name kind contract_from contract_until",
    ),
    ("counters", NOBODYS, "name last"),
    ("secrets", NOBODYS, "name value"),
    ("known_headers", NOBODYS, "desk_id kind header stands_for"),
    ("vocabulary_labels", NOBODYS, "field label term"),
    (
        "vocabulary_terms",
        NOBODYS,
        "field code label_it label_en position retired_on merged_into",
    ),
    (
        "weight_rows",
        NOBODYS,
        "id valid_from coverage preferred_skills distance italian experience freshness account_id \
         at",
    ),
    (
        "number_rules",
        NOBODYS,
        "id name valid_from value account_id at",
    ),
    (
        "minimum_rules",
        NOBODYS,
        "id minimum is_wrong reason valid_from account_id at",
    ),
    ("purges", NOBODYS, "id day category dropped"),
    (
        "notice_versions",
        NOBODYS,
        "id kind valid_from account_id at",
    ),
    (
        "notice_rounds",
        NOBODYS,
        "id version_id desk_id account_id asked_at last_key queued ended_at",
    ),
    (
        "notice_texts",
        NOBODYS,
        "id version_id language words is_reviewed",
    ),
    (
        "wave_rules",
        NOBODYS,
        "id valid_from fourth_wave account_id at",
    ),
    (
        "factor_rules",
        NOBODYS,
        "id valid_from role required account_id at",
    ),
    (
        "local_rules",
        NOBODYS,
        "id valid_from role local account_id at",
    ),
    (
        "read_log_rules",
        NOBODYS,
        "id valid_from kept_days account_id at",
    ),
    (
        "backup_rules",
        NOBODYS,
        "id valid_from every_hours alarm_hours kept account_id at",
    ),
    (
        "backup_runs",
        NOBODYS,
        "id state began_at ended_at file bytes trouble detail account_id",
    ),
];

/// Every column: table, column, fate.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str, Fate)> {
    [PEOPLE, WORK, PATHS, RECORD, REST]
        .into_iter()
        .flatten()
        .flat_map(|(table, fate, columns)| {
            columns
                .split_whitespace()
                .map(move |column| (*table, column, *fate))
        })
}
