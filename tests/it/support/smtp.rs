//! A mail server that does what a test tells it to: takes mail, refuses some of
//! it, falls silent, or hangs up at the worst moment. It speaks as little SMTP as
//! a client needs.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use dom::config::Tls;
use dom::mail::smtp::{Limits, Server};
use dom::mail::{Post, Transport};

use super::heard::{self, Sort};

/// What it does.
#[derive(Debug, Clone)]
pub enum Script {
    Take,
    /// Greets with this line.
    Greet(&'static str),
    /// Answers MAIL FROM so.
    Sender(&'static str),
    /// Answers RCPT TO of this address so, and takes all others.
    Recipient(String, &'static str),
    /// Answers every RCPT TO so.
    Everybody(&'static str),
    /// Answers the mail itself so.
    Mail(&'static str),
    /// Has the mail, and hangs up before it says so.
    CutAfterMail,
    /// Has the mail, and never says anything again.
    SilentAfterMail,
    /// Never even greets.
    Tarpit,
    /// Each connection in its turn.
    Each(&'static [Script]),
}

/// A mail that arrived, whether or not the client learned of it.
#[derive(Debug, Clone)]
pub struct Received {
    pub to: String,
    pub text: String,
}

impl Received {
    pub fn message_id(&self) -> String {
        let line = self
            .text
            .lines()
            .find(|line| line.starts_with("Message-ID: "));
        line.unwrap_or_else(|| panic!("no Message-ID: {}", self.text))
            .to_owned()
    }

    /// The token of the survey that it asks to answer, where it does.
    pub fn token(&self) -> Option<String> {
        let unfolded = self.text.replace("\r\n ", " ");
        let header = unfolded.split("List-Unsubscribe: <").nth(1)?;
        let link = header.split("/stop>").next()?;
        Some(link.rsplit("/s/").next()?.to_owned())
    }
}

/// See the module's words. It lives until the test's process ends.
pub struct Smtp {
    pub port: u16,
    script: Arc<Mutex<Script>>,
    inbox: Arc<Mutex<Vec<Received>>>,
    arrived: Receiver<()>,
    kept_waiting: Arc<AtomicUsize>,
}

impl Smtp {
    pub fn start(script: Script) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let (tell, arrived) = channel();
        let script = Arc::new(Mutex::new(script));
        let inbox = Arc::new(Mutex::new(Vec::new()));
        let kept_waiting = Arc::new(AtomicUsize::new(0));
        let (scripts, inboxes) = (script.clone(), inbox.clone());
        let waiting = kept_waiting.clone();
        std::thread::spawn(move || {
            for (turn, stream) in listener.incoming().flatten().enumerate() {
                let script = match scripts.lock().unwrap().clone() {
                    Script::Each(all) => all[turn % all.len()].clone(),
                    one => one,
                };
                if matches!(script, Script::Tarpit) {
                    waiting.fetch_add(1, Ordering::SeqCst);
                }
                let (inbox, tell) = (inboxes.clone(), tell.clone());
                std::thread::spawn(move || {
                    // A client that goes away ends the talk, and that is all.
                    let _ = talk(&stream, &script, &inbox, &tell);
                });
            }
        });
        Self {
            port,
            script,
            inbox,
            arrived,
            kept_waiting,
        }
    }

    /// So many connections were never greeted.
    pub fn kept_waiting(&self) -> usize {
        self.kept_waiting.load(Ordering::SeqCst)
    }

    pub fn now(&self, script: Script) {
        *self.script.lock().unwrap() = script;
    }

    pub fn inbox(&self) -> Vec<Received> {
        self.inbox.lock().unwrap().clone()
    }

    /// Waits for a mail to arrive.
    pub fn wait(&self) {
        self.arrived
            .recv_timeout(Duration::from_mins(1))
            .expect("a mail arrives");
    }

    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    pub fn post(&self) -> Post {
        post(&self.url())
    }
}

/// Mail that goes to this server, with little patience.
pub fn post(url: &str) -> Post {
    post_over(url, Tls::None)
}

/// The same with a say on encryption.
pub fn post_over(url: &str, tls: Tls) -> Post {
    let short = Duration::from_millis(400);
    let limits = Limits {
        connect: short,
        step: short,
        data: short,
        whole: short * 4,
    };
    Post {
        from: "DOM <dom@dom.example>".parse().unwrap(),
        transport: Transport::Server(Box::new(Server::new(url, tls, limits).unwrap())),
    }
}

fn talk(
    stream: &TcpStream,
    script: &Script,
    inbox: &Mutex<Vec<Received>>,
    tell: &Sender<()>,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut out = stream;
    let mut say = move |line: &str| out.write_all(format!("{line}\r\n").as_bytes());
    if matches!(script, Script::Tarpit) {
        std::io::copy(&mut reader, &mut std::io::sink())?;
        return Ok(());
    }
    say(match script {
        Script::Greet(line) => line,
        _ => "220 prova",
    })?;
    let mut to = String::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let upper = line.to_uppercase();
        if upper.starts_with("MAIL") {
            say(match script {
                Script::Sender(answer) => answer,
                _ => "250 ok",
            })?;
        } else if upper.starts_with("RCPT") {
            line.split(['<', '>'])
                .nth(1)
                .unwrap_or_default()
                .clone_into(&mut to);
            say(match script {
                Script::Everybody(answer) => answer,
                Script::Recipient(refused, answer) if *refused == to => answer,
                _ => "250 ok",
            })?;
        } else if upper.starts_with("DATA") {
            say("354 go on")?;
            let mut text = String::new();
            loop {
                let mut line = String::new();
                if reader.read_line(&mut line)? == 0 {
                    return Ok(());
                }
                if line == ".\r\n" {
                    break;
                }
                text.push_str(&line);
            }
            if let Script::Mail(answer) = script {
                say(answer)?;
                continue;
            }
            let subject = text.lines().find(|line| line.starts_with("Subject: "));
            heard::keep(Sort::Subject, subject.unwrap_or_default());
            let to = to.clone();
            inbox.lock().unwrap().push(Received { to, text });
            let _ = tell.send(());
            match script {
                Script::CutAfterMail => return Ok(()),
                Script::SilentAfterMail => {
                    std::io::copy(&mut reader, &mut std::io::sink())?;
                    return Ok(());
                }
                _ => say("250 taken")?,
            }
        } else if upper.starts_with("QUIT") {
            return say("221 goodbye");
        } else {
            say("250 prova")?;
        }
    }
}
