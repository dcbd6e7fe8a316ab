//! The files of docker compose, held against the program, the proxy's configuration and
//! each other. Docker itself is no part of the tests: what it would run is.

use std::collections::BTreeMap;
use std::fs;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use dom::config::{Config, Database, Source, VARIABLES};
use serde_yaml::Value;

use super::town::{FIRST, Town, until};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn yaml(path: &str) -> Value {
    let mut value: Value = serde_yaml::from_str(&text(path)).unwrap();
    value.apply_merge().unwrap();
    value
}

/// What is said under a name, and a name under that.
fn at<'a>(value: &'a Value, path: &[&str]) -> &'a Value {
    path.iter().fold(value, |value, key| {
        value
            .get(key)
            .unwrap_or_else(|| panic!("{path:?}: no {key}"))
    })
}

fn words(value: &Value) -> Vec<&str> {
    let all = value.as_sequence().expect("a list");
    all.iter().map(|word| word.as_str().unwrap()).collect()
}

/// `${NAME:-other}` and `${NAME:?why}` as nobody set them but the password.
fn without_variables(text: &str) -> String {
    let mut told = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let (variable, end) = after.split_once('}').unwrap();
        told.push_str(before);
        told.push_str(match variable.split_once(":-") {
            Some((_, other)) => other,
            None => "segreta",
        });
        rest = end;
    }
    told + rest
}

/// What the program is given.
fn environment(service: &Value) -> BTreeMap<String, String> {
    let all = at(service, &["environment"]).as_mapping().unwrap();
    all.iter()
        .map(|(name, value)| {
            let value = without_variables(value.as_str().unwrap());
            (name.as_str().unwrap().to_owned(), value)
        })
        .collect()
}

fn configured(service: &Value) -> Config {
    Config::load(&Source {
        env: environment(service),
        ..Source::default()
    })
    .unwrap_or_else(|error| panic!("{error}"))
}

fn address(service: &Value) -> &str {
    let path = ["networks", "inside", "ipv4_address"];
    at(service, &path).as_str().unwrap()
}

#[test]
fn every_service_is_pinned_watched_and_has_no_rights() {
    let file = yaml("docker-compose.yml");
    let services = at(&file, &["services"]).as_mapping().unwrap();
    assert_eq!(services.len(), 4);
    for (name, service) in services {
        let image = at(service, &["image"]).as_str().unwrap();
        let (_, tag) = image
            .split_once(':')
            .unwrap_or_else(|| panic!("{name:?}: {image}"));
        let dots = tag.split('-').next().unwrap().matches('.').count();
        assert!(dots >= 1, "{name:?}: {image} may become another");
        assert_eq!(at(service, &["read_only"]), &Value::Bool(true), "{name:?}");
        let user = at(service, &["user"]).as_str().unwrap();
        assert!(!user.starts_with('0') && user != "root", "{name:?}");
        assert_eq!(words(at(service, &["cap_drop"])), ["ALL"], "{name:?}");
        let security = words(at(service, &["security_opt"]));
        assert_eq!(security, ["no-new-privileges:true"], "{name:?}");
        let check = words(at(service, &["healthcheck", "test"]));
        assert_eq!(check[0], "CMD", "{name:?}");
        assert!(check.len() > 2, "{name:?}");
        // Nobody but this machine gets in by default.
        for port in service.get("ports").map(words).unwrap_or_default() {
            assert!(port.starts_with("127.0.0.1:"), "{name:?}: {port}");
        }
    }
    for line in text("Dockerfile").lines() {
        if let Some(image) = line.strip_prefix("FROM ") {
            assert!(image.contains(':') && image.contains('.'), "{image}");
        }
    }
}

#[test]
fn what_the_program_is_given_is_what_it_knows() {
    let file = yaml("docker-compose.yml");
    let app = at(&file, &["services", "app"]);
    for name in environment(app).keys() {
        assert!(VARIABLES.iter().any(|known| known.name == name), "{name}");
    }
    let config = configured(app);
    let Database::Postgres { url } = &config.database else {
        panic!("it is a PostgreSQL");
    };
    assert!(url.expose().ends_with("@db:5432/dom"), "{url}");
    let smtp = config.smtp.as_ref().expect("mail goes somewhere");
    assert_eq!(smtp.url(), "smtp://mail:1025");
    for service in ["db", "mail"] {
        at(&file, &["services", service]);
    }
    assert_eq!(config.bind.to_string(), "0.0.0.0:8080");
    let proxy = address(at(&file, &["services", "proxy"]));
    let proxy: IpAddr = proxy.parse().unwrap();
    assert!(config.trusted_proxies.contains(proxy));
    assert_eq!(config.trusted_proxies.to_string(), proxy.to_string());
    // The image says the same of folder, port and user.
    let image = text("Dockerfile");
    let data = config.data_dir.display().to_string();
    for line in [
        format!("ENV DOM_DATA_DIR={data}"),
        format!("VOLUME [\"{data}\"]"),
        "ENV DOM_BIND=0.0.0.0:8080".to_owned(),
        "EXPOSE 8080".to_owned(),
        format!("USER {}", at(app, &["user"]).as_str().unwrap()),
    ] {
        assert!(image.lines().any(|known| known == line), "{line}");
    }
    assert_eq!(words(at(app, &["volumes"])), [format!("app:{data}")]);
    // The server's own pg_dump copies it.
    let server = at(&file, &["services", "db", "image"]).as_str().unwrap();
    let major = server.split([':', '.']).nth(1).unwrap();
    assert!(image.contains(&format!("postgresql-client-{major} ")));
    // The program that is built is the one that is named.
    let name = at(app, &["image"]).as_str().unwrap();
    assert_eq!(name, format!("dom:{}", env!("CARGO_PKG_VERSION")));
    let grace = at(app, &["stop_grace_period"]).as_str().unwrap();
    let grace: u64 = grace.trim_end_matches('s').parse().unwrap();
    assert!(grace >= 15 + config.stop_delay.as_secs());
}

#[test]
fn the_proxy_finds_the_programs_and_the_files_that_it_is_given() {
    let one = yaml("docker-compose.yml");
    let two = yaml("docker-compose.two.yml");
    let (app, second) = (
        at(&one, &["services", "app"]),
        at(&two, &["services", "app-2"]),
    );
    let extends = at(second, &["extends"]);
    assert_eq!(at(extends, &["file"]), "docker-compose.yml");
    assert_eq!(at(extends, &["service"]), "app");
    assert_ne!(at(second, &["volumes"]), at(app, &["volumes"]));

    let asked = |file: &str| -> Vec<String> {
        let file = text(file);
        let lines = file.lines().map(str::trim);
        lines
            .filter_map(|line| line.strip_prefix("server ")?.strip_suffix(" max_fails=0;"))
            .map(str::to_owned)
            .collect()
    };
    let port = configured(app).bind.port();
    let of = |service| format!("{}:{port}", address(service));
    assert_eq!(asked("docs/proxy/one.conf"), [of(app)]);
    assert_eq!(asked("docs/proxy/two.conf"), [of(app), of(second)]);

    let mounted = |file: &Value| -> BTreeMap<String, String> {
        let volumes = at(file, &["services", "proxy", "volumes"]);
        words(volumes)
            .into_iter()
            .map(|volume| {
                let (from, to) = volume.strip_suffix(":ro").unwrap().split_once(':').unwrap();
                assert!(root().join(from).exists(), "{from}");
                (to.to_owned(), from.to_owned())
            })
            .collect()
    };
    let mut files = mounted(&one);
    let entrypoint = words(at(&one, &["services", "proxy", "entrypoint"]));
    let config = *entrypoint.last().unwrap();
    assert_eq!(files[config], "./docs/proxy/nginx.conf");
    // What it includes lies beside it.
    let beside = Path::new(config).parent().unwrap();
    let beside = |name: &str| beside.join(name).display().to_string();
    assert_eq!(files[&beside("dom.conf")], "./docs/proxy/dom.conf");
    assert_eq!(files[&beside("site.conf")], "./docs/proxy/one.conf");
    files.extend(mounted(&two));
    assert_eq!(files[&beside("site.conf")], "./docs/proxy/two.conf");
    // What it writes is in memory.
    let prefix = entrypoint[entrypoint.iter().position(|word| *word == "-p").unwrap() + 1];
    let memory = words(at(&one, &["services", "proxy", "tmpfs"]));
    assert!(memory[0].starts_with(&format!("{prefix}:")), "{memory:?}");
}

#[test]
fn the_health_command_says_whether_the_program_is_ready() {
    let file = yaml("docker-compose.yml");
    let command = words(at(&file, &["services", "app", "healthcheck", "test"]));
    let town = Town::empty();
    let address = town.address(FIRST).to_string();
    let is_well = || {
        let words = command[1..].iter().map(|word| {
            let word = word.replace("$$", "$");
            word.replace("127.0.0.1", &address)
        });
        let words: Vec<String> = words.collect();
        let status = Command::new(&words[0])
            .args(&words[1..])
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .status();
        status.unwrap().success()
    };
    assert!(!is_well(), "nobody listens");
    let instance = town.start(FIRST);
    assert!(is_well());
    instance.signal("-TERM");
    until("a program that leaves is not ready", || !is_well());
}
