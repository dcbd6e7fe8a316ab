//! Rows as the database keeps them: typed columns, no logic, no hooks. The
//! schema's truth is `migrations/`; a test compares the two.

pub mod access;
pub mod access_count;
pub mod access_month;
pub mod access_receipt;
pub mod accompaniment;
pub mod account;
pub mod account_factor;
pub mod account_identity;
pub mod address_mark;
pub mod answer;
pub mod answer_note;
pub mod answer_tally;
pub mod appointment;
pub mod appointment_slot;
pub mod audit_event;
pub mod authorisation;
pub mod contact_note;
pub mod counter;
pub mod desk;
pub mod desk_closure;
pub mod desk_hour;
pub mod diffusion_limit;
pub mod disclosure;
pub mod draft;
pub mod factor_rule;
pub mod family;
pub mod first_fit;
pub mod first_look;
pub mod frozen_year;
pub mod introduction;
pub mod invitation;
pub mod job_change;
pub mod mailing;
pub mod outbox_mail;
pub mod partner;
pub mod password_link;
pub mod phone_try;
pub mod proposal;
pub mod proposal_link;
pub mod proposal_mail;
pub mod proposal_word;
pub mod read;
pub mod read_log_rule;
pub mod read_name;
pub mod read_segment;
pub mod record_change;
pub mod recovery_code;
pub mod request;
pub mod saved_filter;
pub mod search;
pub mod secret;
pub mod session;
pub mod sheet;
pub mod sheet_document;
pub mod sheet_link;
pub mod sheet_notice;
pub mod sheet_task;
pub mod spent_form;
pub mod survey_link;
pub mod survey_stop;
pub mod throttle;
pub mod tour_done;
pub mod vocabulary_label;
pub mod vocabulary_term;
pub mod weight_row;
pub mod worker;
pub mod worker_statistic;

// People and their records made one, kept apart, held back.
pub mod backup_rule;
pub mod backup_run;
pub mod block;
pub mod different_people;
pub mod merge;
// What a person asked of their data: not to be used, or to be gone.
pub mod erasure;
pub mod restriction;
// What a partner filed with the family's word.
pub mod referral;
// Policy of the follow-up.
pub mod wave_rule;
// Numbers that are policy, and what became of what was kept too long.
pub mod minimum_rule;
pub mod number_rule;
pub mod purge;
pub mod renewal;
// Notices that are published, and who was told.
pub mod notice_given;
pub mod notice_round;
pub mod notice_text;
pub mod notice_version;
// What a desk hands in as files.
pub mod known_header;
pub mod local_rule;
pub mod upload;
pub mod upload_file;
// The doors: private links, what people said by them, what they were asked.
pub mod accreditation_end;
pub mod link_code;
pub mod person_mail;
pub mod person_task;
pub mod pool_change;
pub mod pool_revision;
pub mod pool_word;
pub mod private_link;
// How names are looked for that were spelt otherwise.
pub mod family_name;
pub mod worker_name;
// What families and workers ask by themselves, before a desk has looked.
pub mod public_request;
pub mod public_request_event;
