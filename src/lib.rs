//! DOM brings together people who do domestic and care work and the families
//! who need them, and finds out whether a match became a job.
//!
//! The modules stand in reading order; arrows run one way:
//! `command, app → web, jobs → services → storage, mail, oidc, pdf, tabular → matching → domain`.
//! `clock`, `config`, `catalogue` and `pending` are read from every floor.

pub mod domain;
pub mod matching;

pub mod catalogue;
pub mod clock;
pub mod config;
pub mod pending;
pub mod telemetry;

pub mod drawing;
pub mod mail;
pub mod oidc;
pub mod pdf;
pub mod storage;
pub mod tabular;

pub mod services;

pub mod jobs;
pub mod web;

pub mod app;
pub mod command;

#[path = "../migrations/mod.rs"]
pub mod migrations;
