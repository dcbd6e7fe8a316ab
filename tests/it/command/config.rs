//! Configurations, good and bad: a bad one gives one clear line that names the
//! variable, and no secret ever shows.

use std::collections::BTreeMap;
use std::fs;
use std::net::IpAddr;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::time::Duration;

use dom::config::{Accessibility, Config, Database, Origin, Source, Tls};

fn map(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    let owned = pairs
        .iter()
        .map(|&(name, value)| (name.to_owned(), value.to_owned()));
    owned.collect()
}

fn env(pairs: &[(&str, &str)]) -> Source {
    Source {
        env: map(pairs),
        ..Source::default()
    }
}

fn good(source: &Source) -> Config {
    Config::load(source).expect("a good configuration")
}

fn line(source: &Source) -> String {
    Config::load(source)
        .expect_err("a bad configuration")
        .to_string()
}

/// A folder of its own for one test, gone at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let name = format!("dom-config-{name}-{}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir(&path).expect("a fresh folder");
        Self(path)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn without_any_setting_everything_has_its_default() {
    let config = good(&Source::default());
    let path = PathBuf::from("./data-dom/dom.sqlite");
    assert_eq!(config.database, Database::Sqlite { path });
    assert_eq!(config.data_dir, PathBuf::from("./data-dom"));
    assert_eq!(config.bind.to_string(), "127.0.0.1:8080");
    assert_eq!(config.metrics_bind, None);
    assert_eq!(config.public_url, "http://127.0.0.1:8080");
    assert_eq!(config.trusted_proxies.to_string(), "");
    assert_eq!(config.stop_delay, Duration::ZERO);
    assert!(config.smtp.is_none());
    assert_eq!(config.accessibility, Accessibility::default());
    assert!(config.oidc.is_none());
    assert_eq!(config.log, "info");
    let origins = config.settings().into_iter().map(|setting| setting.origin);
    assert!(origins.into_iter().all(|origin| origin == Origin::Default));
}

#[test]
fn a_declaration_of_accessibility_is_fresh_for_a_year() {
    let config = good(&env(&[
        ("DOM_FEEDBACK", "remarks@example.org"),
        ("DOM_ACCESSIBILITY_STATEMENT", "https://form.example.org/1"),
        ("DOM_ACCESSIBILITY_REVIEWED", "2025-09-23"),
    ]));
    let set = config.accessibility;
    assert_eq!(set.statement.as_deref(), Some("https://form.example.org/1"));
    let fresh = |day: &str| set.is_fresh(day.parse().expect("a day"));
    assert!(fresh("2026-09-23") && !fresh("2026-09-24"));
    assert!(!Accessibility::default().is_fresh(chrono::NaiveDate::MIN));
}

#[test]
fn a_flag_beats_the_environment_beats_the_file_beats_the_default() {
    let dotenv = "# a comment\nDOM_BIND=127.0.0.1:1\nDOM_LOG='warn'\nDOM_DATA_DIR=one\nPOSTGRES_PASSWORD=other\n";
    let source = Source {
        flags: map(&[("DOM_BIND", "127.0.0.1:3")]),
        env: map(&[
            ("DOM_BIND", "127.0.0.1:2"),
            ("DOM_LOG", "debug"),
            ("HOME", "x"),
        ]),
        dotenv: Some(dotenv.to_owned()),
    };
    let config = good(&source);
    assert_eq!(config.bind.port(), 3);
    assert_eq!(config.log, "debug");
    assert_eq!(config.data_dir, PathBuf::from("one"));
    let origin_of = |variable| {
        let settings = config.settings();
        let mut settings = settings.into_iter();
        let found = settings.find(|setting| setting.variable == variable);
        found.expect("a known variable").origin
    };
    assert_eq!(origin_of("DOM_BIND"), Origin::Flag);
    assert_eq!(origin_of("DOM_LOG"), Origin::Environment);
    assert_eq!(origin_of("DOM_DATA_DIR"), Origin::Dotenv);
    assert_eq!(origin_of("DOM_PUBLIC_URL"), Origin::Default);
}

#[test]
fn an_empty_setting_is_the_default_and_hides_a_weaker_one() {
    let source = Source {
        env: map(&[("DOM_SMTP_URL", ""), ("DOM_METRICS_BIND", " ")]),
        dotenv: Some("DOM_SMTP_URL=smtp://mail.example.org\nDOM_METRICS_BIND=127.0.0.1:9".into()),
        ..Source::default()
    };
    let config = good(&source);
    assert!(config.smtp.is_none());
    assert_eq!(config.metrics_bind, None);
}

const DATABASE: &str = "expected is sqlite://PATH or postgres://USER:PASSWORD@HOST/NAME";
const ADDRESS: &str = "expected is an address with a port, such as 127.0.0.1:8080";
const PUBLIC: &str = "expected is https://HOST or http://HOST, without a path";
const NETWORKS: &str =
    "expected is addresses or networks between commas, such as 10.0.0.1,192.168.0.0/16";
const SECONDS: &str = "expected is whole seconds from 0 to 60";
const SMTP: &str =
    "expected is smtp://USER:PASSWORD@HOST:587?tls=required or smtps://USER:PASSWORD@HOST";
const TLS: &str = "expected is tls=required or tls=opportunistic and nothing else after the ?";
const LOG: &str = "expected is a filter such as info or info,dom=debug";

/// Variable, value, what is shown of it, what is expected.
const BAD: &[(&str, &str, &str, &str)] = &[
    (
        "DOM_DATABASE_URL",
        "mysql://h/db",
        "\"mysql://h/db\"",
        DATABASE,
    ),
    (
        "DOM_DATABASE_URL",
        "sqlite://",
        "\"sqlite://\"",
        "expected is sqlite://PATH, without anything after the path",
    ),
    (
        "DOM_DATABASE_URL",
        "sqlite://a.db?mode=ro",
        "\"sqlite://a.db?mode=ro\"",
        "expected is sqlite://PATH, without anything after the path",
    ),
    (
        "DOM_DATABASE_URL",
        "sqlite::memory:",
        "\"sqlite::memory:\"",
        "expected is sqlite://PATH, without anything after the path",
    ),
    (
        "DOM_DATABASE_URL",
        "postgres://h",
        "\"postgres://h\"",
        "expected is postgres://USER:PASSWORD@HOST/NAME",
    ),
    ("DOM_BIND", "localhost", "\"localhost\"", ADDRESS),
    ("DOM_BIND", "8080", "\"8080\"", ADDRESS),
    (
        "DOM_METRICS_BIND",
        "127.0.0.1:99999",
        "\"127.0.0.1:99999\"",
        ADDRESS,
    ),
    (
        "DOM_PUBLIC_URL",
        "dom.example.org",
        "\"dom.example.org\"",
        PUBLIC,
    ),
    (
        "DOM_PUBLIC_URL",
        "ftp://dom.example.org",
        "\"ftp://dom.example.org\"",
        PUBLIC,
    ),
    (
        "DOM_PUBLIC_URL",
        "https://dom.example.org/app",
        "\"https://dom.example.org/app\"",
        PUBLIC,
    ),
    (
        "DOM_TRUSTED_PROXIES",
        "10.0.0.1,proxy",
        "\"10.0.0.1,proxy\"",
        NETWORKS,
    ),
    (
        "DOM_TRUSTED_PROXIES",
        "10.0.0.0/33",
        "\"10.0.0.0/33\"",
        NETWORKS,
    ),
    (
        "DOM_TRUSTED_PROXIES",
        "10.0.0.0/-1",
        "\"10.0.0.0/-1\"",
        NETWORKS,
    ),
    ("DOM_STOP_DELAY", "soon", "\"soon\"", SECONDS),
    (
        "DOM_FEEDBACK",
        "nobody",
        "\"nobody\"",
        "expected is an e-mail address, such as accessibility@example.org",
    ),
    (
        "DOM_ACCESSIBILITY_STATEMENT",
        "http://form.example.org/1",
        "\"http://form.example.org/1\"",
        "expected is the address of a page, such as https://HOST/PAGE",
    ),
    (
        "DOM_ACCESSIBILITY_REVIEWED",
        "23/09/2026",
        "\"23/09/2026\"",
        "expected is a day, such as 2026-09-23",
    ),
    ("DOM_STOP_DELAY", "-1", "\"-1\"", SECONDS),
    ("DOM_STOP_DELAY", "61", "\"61\"", SECONDS),
    (
        "DOM_SMTP_URL",
        "smtp://mail.example.org?tls=yes",
        "\"smtp://mail.example.org?tls=yes\"",
        TLS,
    ),
    (
        "DOM_SMTP_URL",
        "http://mail.example.org",
        "\"http://mail.example.org/\"",
        SMTP,
    ),
    ("DOM_LOG", "dom=loud", "\"dom=loud\"", LOG),
];

#[test]
fn each_bad_setting_gives_one_line_that_names_it_and_what_is_expected() {
    for &(variable, value, shown, expected) in BAD {
        let source = env(&[(variable, value), ("DOM_MAIL_FROM", "dom@example.org")]);
        assert_eq!(line(&source), format!("{variable} is {shown}, {expected}"));
    }
}

#[test]
fn a_sender_that_is_no_address_is_named_and_one_is_needed_with_a_server() {
    assert_eq!(
        line(&env(&[("DOM_MAIL_FROM", "the desk")])),
        "DOM_MAIL_FROM is \"the desk\", expected is an e-mail address, such as DOM <dom@example.org>"
    );
    assert_eq!(
        line(&env(&[("DOM_SMTP_URL", "smtp://mail.example.org")])),
        "DOM_SMTP_URL is set but DOM_MAIL_FROM is not, \
         expected is an e-mail address, such as DOM <dom@example.org>"
    );
}

#[test]
fn an_identity_provider_is_encrypted_or_on_this_machine_and_whole() {
    const ISSUER: &str =
        "expected is https://HOST with or without a path, or http://127.0.0.1:PORT";
    let client = ("DOM_OIDC_CLIENT_ID", "dom");
    for bad in [
        "http://login.example.org",
        "http://10.0.0.1:8080",
        "https://login.example.org/?realm=1",
        "https://login.example.org/#realm",
        "https://desk@login.example.org",
        "file:///etc/passwd",
        "login.example.org",
    ] {
        assert_eq!(
            line(&env(&[("DOM_OIDC_ISSUER", bad), client])),
            format!("DOM_OIDC_ISSUER is \"{bad}\", {ISSUER}")
        );
    }
    for good_one in [
        "https://login.example.org/realms/comune",
        "http://127.0.0.1:9",
        "http://[::1]:9",
        "http://localhost:9",
    ] {
        let config = good(&env(&[("DOM_OIDC_ISSUER", good_one), client]));
        let oidc = config.oidc.expect("a provider");
        assert_eq!(oidc.issuer().as_str(), good_one, "to the letter");
        assert_eq!((oidc.secret(), oidc.factors.len()), (None, 0));
    }
    assert_eq!(
        line(&env(&[("DOM_OIDC_ISSUER", "https://login.example.org")])),
        "DOM_OIDC_ISSUER is set but DOM_OIDC_CLIENT_ID is not"
    );
    assert_eq!(
        line(&env(&[("DOM_OIDC_CLIENT_SECRET", "hunter2")])),
        "DOM_OIDC_CLIENT_SECRET is set but DOM_OIDC_ISSUER is not"
    );
    let issuer = ("DOM_OIDC_ISSUER", "https://login.example.org");
    for (variable, value) in [
        ("DOM_OIDC_CLIENT_ID", "two words"),
        ("DOM_OIDC_FACTOR", "one,,two"),
        ("DOM_OIDC_FACTOR", "amr:"),
        (
            "DOM_OIDC_NAME",
            "una riga troppo lunga per stare su un pulsante della pagina di accesso",
        ),
    ] {
        let told = line(&env(&[issuer, client, (variable, value)]));
        assert!(
            told.starts_with(&format!("{variable} is \"{value}\", expected is")),
            "{told}"
        );
    }
}

#[test]
fn the_place_of_a_bad_setting_is_named_too() {
    let flag = Source {
        flags: map(&[("DOM_METRICS_BIND", "x")]),
        ..Source::default()
    };
    assert!(line(&flag).starts_with("--metrics-bind is \"x\", expected is"));
    let file = Source {
        dotenv: Some("DOM_BIND=x".into()),
        ..Source::default()
    };
    assert!(line(&file).starts_with("DOM_BIND in .env is \"x\", expected is"));
}

#[test]
fn an_unknown_variable_is_an_error_wherever_it_stands() {
    let known = "known are DOM_DATABASE_URL, DOM_DATA_DIR, DOM_BACKUP_DIR, DOM_BIND, DOM_METRICS_BIND, \
                 DOM_PUBLIC_URL, DOM_TRUSTED_PROXIES, DOM_STOP_DELAY, DOM_SMTP_URL, DOM_MAIL_FROM, \
                 DOM_FEEDBACK, DOM_ACCESSIBILITY_STATEMENT, DOM_ACCESSIBILITY_REVIEWED, \
                 DOM_OIDC_ISSUER, DOM_OIDC_CLIENT_ID, DOM_OIDC_CLIENT_SECRET, DOM_OIDC_NAME, \
                 DOM_OIDC_FACTOR, DOM_LOG";
    assert_eq!(
        line(&env(&[("DOM_DATABSE_URL", "postgres://u:hunter2@h/d")])),
        format!("DOM_DATABSE_URL is unknown; {known}")
    );
    let file = Source {
        dotenv: Some("DOM_PORT=1".into()),
        ..Source::default()
    };
    assert_eq!(line(&file), format!("DOM_PORT in .env is unknown; {known}"));
    // only secrets come from files
    assert_eq!(
        line(&env(&[("DOM_BIND_FILE", "x")])),
        format!("DOM_BIND_FILE is unknown; {known}")
    );
}

#[test]
fn all_that_is_wrong_is_told_in_one_line() {
    let error = Config::load(&env(&[("DOM_BIND", "x"), ("DOM_LOG", "dom=loud")]));
    let error = error.expect_err("two problems");
    assert_eq!(error.lines().count(), 2);
    let line = error.to_string();
    assert!(!line.contains('\n'));
    assert!(
        line.contains("DOM_BIND is \"x\"") && line.contains("; DOM_LOG is"),
        "{line}"
    );
}

#[test]
fn a_line_of_the_env_file_that_cannot_be_read_is_named_by_number_and_not_shown() {
    let source = Source {
        dotenv: Some("DOM_LOG=info\n\nDOM_SMTP_URL=smtp://u:hunter 2@h x\n".into()),
        ..Source::default()
    };
    assert_eq!(
        line(&source),
        "line 3 of .env can't be read, expected is NAME='value'"
    );
    let twice = Source {
        dotenv: Some("DOM_LOG=info\nDOM_LOG=warn\n".into()),
        ..Source::default()
    };
    assert_eq!(line(&twice), "DOM_LOG stands twice in .env");
}

#[test]
fn no_secret_shows_in_errors_debug_or_description() {
    for url in [
        "mysql://desk:hunter2@db.example.org/dom",
        "postgres://desk:hunter2@db.example.org",
        "postgres:hunter2",
        "postgres://desk:hun/ter2@db.example.org/dom",
        "hunter2",
        "smtp://desk:hunter2@mail.example.org?tls=no",
        "smtp://desk:hunter2@mail.example.org:hunter2",
        "smtp://mail.example.org?password=hunter2",
        "smtp//desk:hunter2@mail.example.org",
    ] {
        for variable in ["DOM_DATABASE_URL", "DOM_SMTP_URL"] {
            let text = line(&env(&[(variable, url), ("DOM_MAIL_FROM", "a@example.org")]));
            assert!(text.starts_with(variable), "{text}");
            assert!(
                !text.contains("hunter2") && !text.contains("ter2"),
                "{text}"
            );
        }
    }
    let config = good(&env(&[
        (
            "DOM_DATABASE_URL",
            "postgres://desk:hunter2@db.example.org:5433/dom?sslmode=require&sslpassword=hunter2",
        ),
        (
            "DOM_SMTP_URL",
            "smtp://desk:hunter2@mail.example.org:587?tls=required",
        ),
        ("DOM_MAIL_FROM", "DOM <dom@example.org>"),
        ("DOM_OIDC_ISSUER", "https://login.example.org/realm"),
        ("DOM_OIDC_CLIENT_ID", "dom"),
        ("DOM_OIDC_CLIENT_SECRET", "hunter2"),
        ("DOM_OIDC_NAME", "Comune di prova"),
        ("DOM_OIDC_FACTOR", "urn:prova:due, amr:otp"),
    ]));
    assert!(!format!("{config:?}").contains("hunter2"));
    assert!(!config.describe().contains("hunter2"));
    assert!(
        config
            .describe()
            .starts_with("DOM_DATABASE_URL=postgres://desk:***@")
    );
    let values: Vec<_> = config
        .settings()
        .into_iter()
        .map(|setting| setting.value)
        .collect();
    assert_eq!(
        values,
        [
            "postgres://desk:***@db.example.org:5433/dom?sslmode=require&sslpassword=***",
            "./data-dom",
            "./data-dom/backups",
            "127.0.0.1:8080",
            "",
            "http://127.0.0.1:8080",
            "",
            "0",
            "smtp://desk:***@mail.example.org:587?tls=required",
            "DOM <dom@example.org>",
            "",
            "",
            "",
            "https://login.example.org/realm",
            "dom",
            "***",
            "Comune di prova",
            "urn:prova:due,amr:otp",
            "info",
        ]
    );
    let Database::Postgres { url } = &config.database else {
        panic!("PostgreSQL");
    };
    assert!(url.expose().contains(":hunter2@"), "the driver needs it");
}

#[test]
fn an_address_that_cannot_be_read_is_not_shown_at_all() {
    assert_eq!(
        line(&env(&[("DOM_DATABASE_URL", "hunter2")])),
        "DOM_DATABASE_URL (not shown) is wrong, \
         expected is sqlite://PATH or postgres://USER:PASSWORD@HOST/NAME"
    );
}

#[test]
fn a_secret_may_stand_in_a_file() {
    let folder = Folder::new("secret");
    let path = folder.path("smtp");
    fs::write(&path, "smtps://desk:hunter2@mail.example.org\n").expect("written");
    let config = good(&env(&[
        ("DOM_SMTP_URL_FILE", &path),
        ("DOM_MAIL_FROM", "dom@example.org"),
    ]));
    let smtp = config.smtp.expect("a server");
    assert_eq!(smtp.url(), "smtps://desk:hunter2@mail.example.org");
    assert_eq!(smtp.tls(), Tls::Wrapped);

    let both = env(&[
        ("DOM_SMTP_URL_FILE", &path),
        ("DOM_SMTP_URL", "smtp://mail.example.org"),
        ("DOM_MAIL_FROM", "dom@example.org"),
    ]);
    assert_eq!(
        line(&both),
        "DOM_SMTP_URL is set as a value and as a file, expected is one of them"
    );
    let missing = folder.path("none");
    assert_eq!(
        line(&env(&[("DOM_DATABASE_URL_FILE", &missing)])),
        format!("DOM_DATABASE_URL_FILE names {missing}, which can't be read: entity not found")
    );
}

#[test]
fn good_databases_are_a_path_or_a_server() {
    for (text, path) in [
        ("sqlite://dom.sqlite", "dom.sqlite"),
        (
            "sqlite:///var/lib/dom/a b.sqlite",
            "/var/lib/dom/a b.sqlite",
        ),
    ] {
        let config = good(&env(&[("DOM_DATABASE_URL", text)]));
        let path = PathBuf::from(path);
        assert_eq!(config.database, Database::Sqlite { path });
    }
    for text in [
        "postgres://desk@db.example.org/dom",
        "postgresql://desk:x@[::1]:5433/dom",
        "postgres:///dom?host=/run/postgresql&user=desk",
    ] {
        let config = good(&env(&[("DOM_DATABASE_URL", text)]));
        assert!(
            matches!(&config.database, Database::Postgres { .. }),
            "{text}"
        );
    }
    let config = good(&env(&[("DOM_DATA_DIR", "elsewhere")]));
    assert_eq!(config.database.to_string(), "sqlite://elsewhere/dom.sqlite");
}

#[test]
fn good_mail_servers_say_how_they_are_spoken_to() {
    for (url, tls, exposes) in [
        ("smtp://localhost:25", Tls::None, false),
        ("smtp://desk:x@127.0.0.1", Tls::None, false),
        ("smtp://desk:x@mail.example.org", Tls::None, true),
        (
            "smtp://desk:x@mail.example.org?tls=opportunistic",
            Tls::Opportunistic,
            true,
        ),
        (
            "smtp://desk:x@mail.example.org:587?tls=required",
            Tls::Required,
            false,
        ),
        (
            "smtps://desk%40example.org:x@mail.example.org",
            Tls::Wrapped,
            false,
        ),
    ] {
        let config = good(&env(&[
            ("DOM_SMTP_URL", url),
            ("DOM_MAIL_FROM", "dom@example.org"),
        ]));
        let smtp = config.smtp.expect("a server");
        assert_eq!(
            (smtp.tls(), smtp.exposes_password()),
            (tls, exposes),
            "{url}"
        );
    }
}

#[test]
fn proxies_are_trusted_by_address_and_by_network_and_nobody_else_is() {
    let config = good(&env(&[(
        "DOM_TRUSTED_PROXIES",
        "10.0.0.1, 192.168.0.0/16 ,fd00::/8",
    )]));
    let trusts = |peer: &str| {
        config
            .trusted_proxies
            .contains(peer.parse::<IpAddr>().expect("an address"))
    };
    for peer in ["10.0.0.1", "::ffff:10.0.0.1", "192.168.7.9", "fd12::1"] {
        assert!(trusts(peer), "{peer}");
    }
    for peer in ["10.0.0.2", "192.169.0.1", "fe80::1", "::1"] {
        assert!(!trusts(peer), "{peer}");
    }
    let everyone = good(&env(&[("DOM_TRUSTED_PROXIES", "0.0.0.0/0")]));
    assert!(
        everyone
            .trusted_proxies
            .contains("203.0.113.9".parse().expect("an address"))
    );
}

#[test]
fn the_public_address_is_what_is_set_or_what_can_be_reached() {
    for (set, public) in [
        ("https://dom.example.org", "https://dom.example.org"),
        ("https://dom.example.org/", "https://dom.example.org"),
        ("http://localhost:8081", "http://localhost:8081"),
    ] {
        let config = good(&env(&[("DOM_PUBLIC_URL", set)]));
        assert_eq!(config.public_url, public);
    }
    let config = good(&env(&[("DOM_BIND", "0.0.0.0:0")]));
    let bound = "0.0.0.0:40001".parse().expect("an address");
    assert_eq!(config.public_url_at(bound), "http://127.0.0.1:40001");
    let config = good(&env(&[("DOM_BIND", "[::]:80")]));
    assert_eq!(config.public_url, "http://[::1]:80");
}

#[test]
fn loading_touches_nothing_and_preparing_makes_the_folder_for_its_owner_alone() {
    let folder = Folder::new("made");
    let data = folder.path("data");
    let config = good(&env(&[("DOM_DATA_DIR", &data)]));
    assert!(!PathBuf::from(&data).exists());
    let prepared = config.prepare().expect("prepared");
    assert!(prepared.made && !prepared.open_to_others);
    let mode = fs::metadata(&data).expect("made").permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    assert_eq!(fs::read_dir(&data).expect("a folder").count(), 0);
    assert!(!config.prepare().expect("prepared again").made);

    fs::set_permissions(&data, fs::Permissions::from_mode(0o755)).expect("opened");
    assert!(config.prepare().expect("still good").open_to_others);
}

#[test]
fn a_database_that_others_could_read_is_closed_to_them() {
    let folder = Folder::new("closed");
    let data = folder.path("data");
    let config = good(&env(&[("DOM_DATA_DIR", &data)]));
    config.prepare().expect("prepared");
    for name in ["dom.sqlite", "dom.sqlite-wal"] {
        let file = PathBuf::from(&data).join(name);
        fs::write(&file, "").expect("written");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).expect("opened");
        config.prepare().expect("prepared again");
        let mode = fs::metadata(&file).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn a_folder_that_cannot_be_used_is_named_in_one_line() {
    let folder = Folder::new("bad");
    let file = folder.path("file");
    fs::write(&file, "").expect("written");
    let locked = folder.path("locked");
    fs::create_dir(&locked).expect("made");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o500)).expect("locked");
    let orphan = folder.path("none/data");
    let prepare = |pairs: &[(&str, &str)]| {
        let error = good(&env(pairs)).prepare().expect_err("a bad folder");
        error.to_string()
    };
    for (data, expected) in [
        (&file, format!("{file} is no folder")),
        (
            &locked,
            format!("{locked} may not be written to by its owner: chmod u+rwx {locked}"),
        ),
        (
            &orphan,
            format!("{orphan} can't be made: the folder it should stand in is missing"),
        ),
    ] {
        assert_eq!(prepare(&[("DOM_DATA_DIR", data)]), expected);
    }
    let good_data = folder.path("data");
    let elsewhere = format!("sqlite://{}", folder.path("gone/dom.sqlite"));
    assert_eq!(
        prepare(&[
            ("DOM_DATA_DIR", &good_data),
            ("DOM_DATABASE_URL", &elsewhere)
        ]),
        format!(
            "{} is missing: make this folder, or set another",
            folder.path("gone")
        )
    );
    let is_folder = format!("sqlite://{locked}");
    assert_eq!(
        prepare(&[
            ("DOM_DATA_DIR", &good_data),
            ("DOM_DATABASE_URL", &is_folder)
        ]),
        format!("{locked} is a folder, expected is the database's file")
    );
}
