//! STUB, replaced by the configuration's own branch.
use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
pub struct Source {
    pub all: BTreeMap<String, String>,
}
impl Source {
    pub fn from_process(flags: BTreeMap<String, String>) -> anyhow::Result<Self> {
        let mut all: BTreeMap<String, String> = std::env::vars()
            .filter(|(k, _)| k.starts_with("DOM_"))
            .collect();
        all.extend(flags);
        Ok(Self { all })
    }
}
pub enum Database {
    Sqlite { path: PathBuf },
    Postgres { url: String },
}
#[derive(Clone)]
pub struct Proxies;
impl Proxies {
    pub fn contains(&self, _: IpAddr) -> bool {
        false
    }
}
pub struct Smtp(String);
impl Smtp {
    pub fn url(&self) -> &str {
        &self.0
    }
}
pub struct Config {
    pub database: Database,
    pub data_dir: PathBuf,
    pub bind: SocketAddr,
    pub public_url: String,
    pub trusted_proxies: Proxies,
    pub smtp: Option<Smtp>,
    pub log: String,
}
impl Config {
    pub fn load(s: &Source) -> anyhow::Result<Self> {
        let g = |k: &str| s.all.get(k).cloned();
        let data_dir = PathBuf::from(g("DOM_DATA_DIR").unwrap_or("./data-dom".into()));
        let bind: SocketAddr = g("DOM_BIND").unwrap_or("127.0.0.1:8080".into()).parse()?;
        let database = match g("DOM_DATABASE_URL") {
            Some(u) if u.starts_with("postgres") => Database::Postgres { url: u },
            Some(u) => Database::Sqlite {
                path: u.trim_start_matches("sqlite://").into(),
            },
            None => Database::Sqlite {
                path: data_dir.join("dom.sqlite"),
            },
        };
        Ok(Self {
            database,
            data_dir,
            bind,
            public_url: g("DOM_PUBLIC_URL").unwrap_or(format!("http://{bind}")),
            trusted_proxies: Proxies,
            smtp: None,
            log: g("DOM_LOG").unwrap_or("info".into()),
        })
    }
    pub fn prepare(&self) -> anyhow::Result<()> {
        std::fs::create_dir_all(&self.data_dir)?;
        Ok(())
    }
    pub fn describe(&self) -> String {
        String::new()
    }
}
