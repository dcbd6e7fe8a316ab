//! The accept loop: HTTP/1.1 on a listener, with a bound on how many connections
//! there are and on how long each may be silent. Whoever says nothing, slowly or
//! not at all, gives way to whoever asks for something, and so does whoever keeps the
//! program waiting for the rest of a request. A stop takes whoever the system
//! has let in already, and lets open requests end, for a bounded time.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderValue, Request, Response, header};
use http_body_util::BodyExt as _;
use hyper::body::{Body as _, Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Handle;
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::{Sleep, sleep, timeout};
use tower::ServiceExt as _;

use super::heads::Heads;
use crate::clock::Stopwatch;

/// A handshake that has begun when the door is shut takes less.
const HALFWAY: Duration = Duration::from_millis(50);
/// For so long whoever the system has let in is taken, where more keep coming.
const LAST_IN: Duration = Duration::from_secs(2);
/// So much is read of what an answer did not need: more than any file that is taken.
const UNWANTED: usize = 48 << 20;
/// For so long, and for so long without a byte.
const UNWANTED_IN_ALL: Duration = Duration::from_secs(10);
const UNWANTED_SILENCE: Duration = Duration::from_millis(500);

/// How much of everything one listener grants.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Connections at once. Below the 1,024 files that a process may open where
    /// nobody says otherwise, with room for the database's.
    pub connections: usize,
    /// From the first byte of a request's head to its last.
    pub head: Duration,
    /// Bytes of a request's head.
    pub head_bytes: usize,
    /// Who has asked for nothing for less than this does not give way: a request may
    /// be on its way.
    pub grace: Duration,
    /// Without a byte in either direction. Longer than a page may take.
    pub silence: Duration,
    /// Who has come by the time of the stop and has not asked for anything yet may do so
    /// for this long.
    pub newcomers: Duration,
    /// Between the stop and the end of what is still open.
    pub drain: Duration,
}

impl Limits {
    /// For a listener that a program or two read.
    pub const FEW: Self = Self {
        connections: 8,
        head: Duration::from_secs(5),
        head_bytes: 16 * 1024,
        grace: Duration::from_millis(250),
        silence: Duration::from_secs(40),
        newcomers: Duration::ZERO,
        drain: Duration::ZERO,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 800,
            head: Duration::from_secs(10),
            head_bytes: 64 * 1024,
            grace: Duration::from_millis(250),
            silence: Duration::from_secs(40),
            newcomers: Duration::from_millis(500),
            drain: Duration::from_secs(8),
        }
    }
}

/// What [`serve`] left open when the time to drain was over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOpen(pub usize);

/// Serves until `stop`, then until everything has ended or the time to drain is over.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    stop: impl Future<Output = ()>,
) -> LeftOpen {
    let mut house = House::new(router, limits);
    tokio::pin!(stop);
    'listening: loop {
        let accepted = tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => accepted,
        };
        house.forget_ended();
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::debug!(%error, "a connection was not taken");
                // Out of files: one fewer makes room, and asking at once would spin.
                house.idle.end_longest(Duration::ZERO);
                sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        while house.is_full() {
            let until = match house.idle.end_longest(limits.grace) {
                Room::Made => break,
                Room::In(time) => time,
                // Everybody is being served: whoever comes now waits in the queue of
                // the system, behind this one.
                Room::None => limits.silence,
            };
            tokio::select! {
                () = &mut stop => break 'listening,
                _ = house.open.join_next() => {}
                () = sleep(until) => {}
            }
        }
        house.let_in(stream, peer);
    }
    house.let_last_in(listener).await;
    house.close().await
}

/// Everybody who is connected.
struct House {
    http: http1::Builder,
    graceful: GracefulShutdown,
    idle: Arc<Idle>,
    open: JoinSet<()>,
    router: Router,
    limits: Limits,
}

impl House {
    fn new(router: Router, limits: Limits) -> Self {
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new())
            .header_read_timeout(limits.head)
            .max_buf_size(limits.head_bytes);
        Self {
            http,
            graceful: GracefulShutdown::new(),
            idle: Arc::default(),
            open: JoinSet::new(),
            router,
            limits,
        }
    }

    fn forget_ended(&mut self) {
        while self.open.try_join_next().is_some() {}
    }

    fn is_full(&self) -> bool {
        self.open.len() >= self.limits.connections
    }

    fn let_in(&mut self, stream: TcpStream, peer: SocketAddr) {
        // An error means that the peer is gone; reading will say so.
        let _ = stream.set_nodelay(true);
        let place = self.idle.begin();
        let service = {
            let (router, idle) = (self.router.clone(), self.idle.clone());
            hyper::service::service_fn(move |request| {
                answer(router.clone(), idle.clone(), place, peer, request)
            })
        };
        let stream = TokioIo::new(Patient::new(stream, self.limits.silence));
        let connection = self
            .graceful
            .watch(self.http.serve_connection(stream, service));
        let ended = self.idle.clone();
        let task = self.open.spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection broke");
            }
            ended.forget(place);
        });
        self.idle.can_end(place, task);
    }

    /// A listener that is closed resets what waits in its queue, request and all. So
    /// nobody new gets into the queue, and whoever is there is let in.
    async fn let_last_in(&mut self, listener: TcpListener) {
        if let Err(error) = shut(&listener) {
            tracing::debug!(%error, "some may come while the listener closes");
        }
        let watch = Stopwatch::start();
        self.forget_ended();
        while !self.is_full() && watch.elapsed() < LAST_IN {
            let Ok(Ok((stream, peer))) = timeout(HALFWAY, listener.accept()).await else {
                break;
            };
            self.let_in(stream, peer);
        }
    }

    /// Waits for the first requests of those who came last, then for the end of all.
    async fn close(self) -> LeftOpen {
        let watch = Stopwatch::start();
        while self.idle.has_newcomers() && watch.elapsed() < self.limits.newcomers {
            sleep(Duration::from_millis(10)).await;
        }
        let Self {
            graceful,
            mut open,
            limits,
            ..
        } = self;
        tokio::select! {
            () = graceful.shutdown() => LeftOpen(0),
            () = sleep(limits.drain) => {
                while open.try_join_next().is_some() {}
                LeftOpen(open.len())
            }
        }
    }
}

/// Lets no handshake begin any more: the system drops the first packet of each. Whoever
/// sent it tries again a second later, when nobody listens, and is told so at once.
#[cfg(target_os = "linux")]
fn shut(listener: &TcpListener) -> io::Result<()> {
    use socket2::{SockFilter, SockRef};
    // A filter of the kernel's over the TCP header.
    SockRef::from(listener).attach_filter(&[
        // The byte of the flags,
        SockFilter::new(0x30, 0, 0, 13),
        // SYN and ACK of them:
        SockFilter::new(0x54, 0, 0, 0x12),
        // SYN alone
        SockFilter::new(0x15, 0, 1, 0x02),
        // is dropped,
        SockFilter::new(0x06, 0, 0, 0),
        // everything else passes.
        SockFilter::new(0x06, 0, 0, u32::MAX),
    ])
}

#[cfg(not(target_os = "linux"))]
#[allow(clippy::unnecessary_wraps, reason = "it can fail on Linux")]
fn shut(_: &TcpListener) -> io::Result<()> {
    Ok(())
}

async fn answer(
    router: Router,
    idle: Arc<Idle>,
    place: Place,
    peer: SocketAddr,
    request: Request<Incoming>,
) -> Result<Response<Body>, Infallible> {
    idle.is_busy(place);
    // Whoever asks before sending sends nothing that nobody wants.
    let lingers = !request.headers().contains_key(header::EXPECT);
    // `Heads` can't tell where such a request ends.
    let is_last = request.headers().contains_key(header::TRANSFER_ENCODING);
    let mut request = request.map(|body| {
        Body::new(Awaited {
            body: Some(body),
            idle: idle.clone(),
            place,
            waits: false,
            lingers,
        })
    });
    request.extensions_mut().insert(ConnectInfo(peer));
    let Ok(mut response) = router.oneshot(request).await;
    if is_last {
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(header::CONNECTION, close);
    }
    idle.is_idle(place);
    Ok(response)
}

/// Reads what an answer did not need. Left unread it would end the connection, and whoever is
/// still sending might never hear the answer.
async fn discard(mut body: Incoming) {
    let mut read = 0;
    while read < UNWANTED
        && let Ok(Some(Ok(frame))) = timeout(UNWANTED_SILENCE, body.frame()).await
    {
        read += frame.data_ref().map_or(0, Bytes::len);
    }
}

/// A request's body. From the first time that the program has to wait for more of it,
/// until it is whole, its connection may give way: a few bytes now and then change nothing.
struct Awaited {
    /// Nothing once it is over.
    body: Option<Incoming>,
    idle: Arc<Idle>,
    place: Place,
    waits: bool,
    /// Whether what nobody reads is read all the same.
    lingers: bool,
}

impl Drop for Awaited {
    fn drop(&mut self) {
        let Some(body) = self.body.take().filter(|body| !body.is_end_stream()) else {
            return;
        };
        let least = usize::try_from(body.size_hint().lower());
        let is_bounded = least.is_ok_and(|least| least <= UNWANTED);
        if self.lingers
            && is_bounded
            && let Ok(runtime) = Handle::try_current()
        {
            runtime.spawn(async { timeout(UNWANTED_IN_ALL, discard(body)).await });
        }
    }
}

impl hyper::body::Body for Awaited {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let this = self.get_mut();
        let Some(body) = &mut this.body else {
            return Poll::Ready(None);
        };
        let frame = Pin::new(&mut *body).poll_frame(context);
        let is_over = match &frame {
            Poll::Pending => {
                if !this.waits {
                    this.waits = true;
                    this.idle.is_idle(this.place);
                }
                false
            }
            Poll::Ready(Some(Ok(_))) => body.is_end_stream(),
            Poll::Ready(_) => true,
        };
        if is_over {
            this.body = None;
            if this.waits {
                this.waits = false;
                this.idle.is_busy(this.place);
            }
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(Incoming::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        let ended = || SizeHint::with_exact(0);
        self.body.as_ref().map_or_else(ended, Incoming::size_hint)
    }
}

/// A connection, for as long as it lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place(u64);

/// Whether one more can be taken.
enum Room {
    Made,
    In(Duration),
    None,
}

/// Who asks for nothing at the moment, or for nothing whole, in the order in which that
/// began.
#[derive(Debug, Default)]
struct Idle(Mutex<Queue>);

#[derive(Debug, Default)]
struct Queue {
    next: u64,
    /// Everybody; without a task in the instant before it is known.
    tasks: BTreeMap<Place, Option<AbortHandle>>,
    /// Who began to be idle when, in that order.
    waiting: BTreeMap<u64, (Place, Stopwatch)>,
    turns: BTreeMap<Place, u64>,
    /// Who never asked for anything.
    newcomers: BTreeSet<Place>,
}

impl Idle {
    fn queue(&self) -> std::sync::MutexGuard<'_, Queue> {
        self.0.lock().expect("no holder of this lock panics")
    }

    fn begin(&self) -> Place {
        let mut queue = self.queue();
        queue.next += 1;
        let place = Place(queue.next);
        queue.tasks.insert(place, None);
        queue.newcomers.insert(place);
        queue.wait(place);
        place
    }

    fn can_end(&self, place: Place, task: AbortHandle) {
        // It may have ended already.
        if let Some(known) = self.queue().tasks.get_mut(&place) {
            *known = Some(task);
        }
    }

    fn is_busy(&self, place: Place) {
        let mut queue = self.queue();
        queue.newcomers.remove(&place);
        queue.leave(place);
    }

    fn has_newcomers(&self) -> bool {
        !self.queue().newcomers.is_empty()
    }

    fn is_idle(&self, place: Place) {
        self.queue().wait(place);
    }

    fn forget(&self, place: Place) {
        let mut queue = self.queue();
        queue.leave(place);
        queue.newcomers.remove(&place);
        queue.tasks.remove(&place);
    }

    /// Ends whoever has been idle for longest, if it was for longer than `grace`.
    fn end_longest(&self, grace: Duration) -> Room {
        let mut queue = self.queue();
        loop {
            let Some((_, (place, since))) = queue.waiting.first_key_value() else {
                return Room::None;
            };
            let (place, idle) = (*place, since.elapsed());
            if idle < grace {
                return Room::In(grace.saturating_sub(idle));
            }
            queue.leave(place);
            queue.newcomers.remove(&place);
            if let Some(Some(task)) = queue.tasks.remove(&place) {
                task.abort();
                return Room::Made;
            }
        }
    }
}

impl Queue {
    fn wait(&mut self, place: Place) {
        self.leave(place);
        self.next += 1;
        self.waiting.insert(self.next, (place, Stopwatch::start()));
        self.turns.insert(place, self.next);
    }

    fn leave(&mut self, place: Place) {
        if let Some(turn) = self.turns.remove(&place) {
            self.waiting.remove(&turn);
        }
    }
}

/// A stream that breaks when no byte passes for too long, whoever is to blame, and that lets
/// no head through that two could read in two ways.
struct Patient {
    stream: TcpStream,
    silence: Duration,
    quiet: Pin<Box<Sleep>>,
    heads: Heads,
}

impl Patient {
    fn new(stream: TcpStream, silence: Duration) -> Self {
        Self {
            stream,
            silence,
            quiet: Box::pin(sleep(silence)),
            heads: Heads::default(),
        }
    }

    fn heard(&mut self) {
        let silence = self.silence;
        self.quiet.set(sleep(silence));
    }

    fn patience<T>(&mut self, context: &mut Context<'_>) -> Poll<io::Result<T>> {
        ready!(self.quiet.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Patient {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        match Pin::new(&mut self.stream).poll_read(context, buffer) {
            Poll::Pending => self.patience(context),
            read @ Poll::Ready(_) => {
                self.heard();
                self.heads.pass(&mut buffer.filled_mut()[before..]);
                read
            }
        }
    }
}

impl AsyncWrite for Patient {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match Pin::new(&mut self.stream).poll_write(context, bytes) {
            Poll::Pending => self.patience(context),
            written @ Poll::Ready(_) => {
                self.heard();
                written
            }
        }
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        match Pin::new(&mut self.stream).poll_write_vectored(context, slices) {
            Poll::Pending => self.patience(context),
            written @ Poll::Ready(_) => {
                self.heard();
                written
            }
        }
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
