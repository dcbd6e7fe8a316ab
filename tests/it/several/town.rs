//! Two copies of the program, the proxy before them, and people: each with an address.

use std::fs::{self, File};
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU8, Ordering};
use std::thread;
use std::time::Duration;

use dom::clock::Stopwatch;
use dom::domain::account::{Place, Role};
use dom::domain::contact::EmailAddress;
use dom::domain::ids::DeskCode;
use dom::services::accounts;

use super::client::Client;
use super::server::Server;
use crate::support::cast::{Cast, today};
use crate::support::heard::{self, Sort};
use crate::support::program::Program;
use crate::support::site::PASSWORD;

/// Longer than a start takes beside a compiler.
const LIMIT: Duration = Duration::from_mins(2);
pub const PROXY: u8 = 10;
/// The two programs.
pub const FIRST: u8 = 11;
pub const SECOND: u8 = 12;
/// Somebody at a desk.
pub const ADA: &str = "ada@prova.example";
pub const BEA: &str = "bea@prova.example";
pub const WORKERS: usize = 60;
pub const REQUESTS: usize = 6;

/// The last number of each address in the files of docker compose.
const SITE: &str = include_str!("../../../docs/proxy/two.conf");

/// See the module's words.
pub struct Town {
    proxy: Option<Child>,
    pub program: Program,
    /// `127.x.y.`
    network: [u8; 2],
    /// Mail goes there.
    pub smtp: Option<String>,
    /// It ends after what uses it.
    pub server: Option<Server>,
}

/// One of the programs; dropped, it is killed.
pub struct Instance {
    child: Child,
    pub address: Ipv4Addr,
    log: PathBuf,
}

impl Town {
    /// Over a database with nothing in it.
    pub fn empty() -> Self {
        Self::over(Program::on_postgres(), None)
    }

    /// The same, on a server that may be stopped.
    pub fn with_server() -> Self {
        let server = Server::start();
        let program = Program::on_server(&server.url());
        Self::over(program, Some(server))
    }

    fn over(program: Program, server: Option<Server>) -> Self {
        static MADE: AtomicU8 = AtomicU8::new(1);
        let of_this_run = u8::try_from(std::process::id() % 200).unwrap() + 20;
        let network = [of_this_run, MADE.fetch_add(1, Ordering::Relaxed)];
        Self {
            proxy: None,
            program,
            network,
            smtp: None,
            server,
        }
    }

    /// With people, requests and accounts.
    pub fn settle(&self) {
        let mut cast = Cast::on(today());
        for request in 0..REQUESTS {
            cast = cast.request(&format!("R-{request}"), &[]);
        }
        for worker in 0..WORKERS {
            cast = cast.worker(&format!("W-{worker}"), &[]);
        }
        self.program.store(&cast);
        self.program.with_context(async |context| {
            for email in [ADA, BEA] {
                let address = EmailAddress::parse(email).unwrap();
                let place = Place::Desk(DeskCode::parse("grosseto").unwrap());
                let token = accounts::add(context, &address, email, Role::Operator, &place);
                let token = token.await.unwrap();
                accounts::set_password(context, &token, PASSWORD)
                    .await
                    .unwrap();
            }
        });
    }

    /// An address in this town.
    pub fn address(&self, house: u8) -> Ipv4Addr {
        Ipv4Addr::new(127, self.network[0], self.network[1], house)
    }

    /// Somebody who asks the proxy.
    pub fn client(&self, from: u8) -> Client {
        Client::new(self.address(from), self.address(PROXY))
    }

    /// Somebody signed in by way of the proxy.
    pub fn operator(&self) -> Client {
        self.client(50).signed_in(ADA, PASSWORD)
    }

    /// The proxy, with the files that docker compose gives it, and other addresses.
    pub fn open_proxy(&mut self) {
        let folder = self.program.path().join("proxy");
        fs::create_dir(&folder).unwrap();
        let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/proxy");
        for file in ["nginx.conf", "dom.conf"] {
            fs::copy(docs.join(file), folder.join(file)).unwrap();
        }
        let own = format!("127.{}.{}.", self.network[0], self.network[1]);
        let listens = format!(
            "listen {address}:8080;\n    proxy_bind {address};",
            address = self.address(PROXY)
        );
        let site = SITE.replace("172.30.77.", &own);
        let site = site.replace("listen 8080;", &listens);
        fs::write(folder.join("site.conf"), site).unwrap();
        let log = File::create(self.program.path().join("proxy.log")).unwrap();
        let child = Command::new(nginx())
            .arg("-p")
            .arg(&folder)
            .args(["-e", "stderr", "-c"])
            .arg(folder.join("nginx.conf"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn();
        self.proxy = Some(child.unwrap());
        let client = self.client(99);
        until("the proxy answers", || client.get("/health").is_ok());
    }

    /// What nginx complained of.
    pub fn proxy_log(&self) -> String {
        fs::read_to_string(self.program.path().join("proxy.log")).unwrap_or_default()
    }

    /// Starts a program, without waiting for it.
    pub fn begin(&self, house: u8) -> Instance {
        let folder = self.program.path().join(format!("app-{house}"));
        let log = folder.with_extension("log");
        let out = File::options().create(true).append(true).open(&log);
        let address = self.address(house);
        let mut command = self.program.command(&["serve"]);
        command
            .env("DOM_DATA_DIR", &folder)
            .env("DOM_BIND", format!("{address}:8080"))
            .env(
                "DOM_PUBLIC_URL",
                format!("http://{}:8080", self.address(PROXY)),
            )
            .env("DOM_TRUSTED_PROXIES", self.address(PROXY).to_string())
            .env("DOM_STOP_DELAY", "2")
            .env("DOM_LOG", "info,dom=debug")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(out.unwrap());
        if let Some(smtp) = &self.smtp {
            command.env("DOM_SMTP_URL", smtp);
            command.env("DOM_MAIL_FROM", "DOM <dom@dom.example>");
        }
        Instance {
            child: command.spawn().unwrap(),
            address,
            log,
        }
    }

    /// Starts a program and waits until it is ready.
    pub fn start(&self, house: u8) -> Instance {
        let mut instance = self.begin(house);
        instance.is_ready(&self.client(99));
        instance
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("nginx said:\n{}", self.proxy_log());
        }
        if let Some(mut proxy) = self.proxy.take() {
            // Its workers end with it if it is asked to stop, not if it is killed.
            let _ = Command::new("kill").arg(proxy.id().to_string()).status();
            let _ = proxy.wait();
        }
    }
}

impl Instance {
    /// Waits until it is ready.
    pub fn is_ready(&mut self, client: &Client) {
        let client = client.asking(self.address);
        until("a program is ready", || {
            assert!(self.child.try_wait().unwrap().is_none(), "{}", self.log());
            client.get("/ready").is_ok_and(|page| page.status == 200)
        });
    }

    pub fn signal(&self, signal: &str) {
        let pid = self.child.id().to_string();
        let done = Command::new("kill").args([signal, &pid]).status();
        assert!(done.unwrap().success());
    }

    /// Waits for its end.
    pub fn ended(&mut self) -> ExitStatus {
        until("a program ends", || {
            self.child.try_wait().unwrap().is_some()
        });
        self.child.wait().unwrap()
    }

    /// How often it has looked at what is due.
    pub fn rounds(&self) -> usize {
        self.log().matches(r#""message":"jobs""#).count()
    }

    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let log = self.log();
            let told = log.lines().filter(|line| {
                line.contains("\"ERROR\"") || line.contains("\"WARN\"") || !line.starts_with('{')
            });
            let told: Vec<&str> = told.collect();
            let last = &told[told.len().saturating_sub(20)..];
            eprintln!("{} said:\n{}", self.address, last.join("\n"));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
        heard::keep(Sort::Log, &self.log());
    }
}

fn nginx() -> &'static str {
    let known = ["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/bin/nginx"];
    let found = known.into_iter().find(|path| Path::new(path).exists());
    found.expect("nginx is missing: run scripts/test, which installs it")
}

/// Waits until something is so.
pub fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let watch = Stopwatch::start();
    while !is_so() {
        assert!(watch.elapsed() < LIMIT, "{what}: not within {LIMIT:?}");
        thread::sleep(Duration::from_millis(20));
    }
}
