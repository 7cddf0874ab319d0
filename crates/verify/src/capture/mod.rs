//! bytes on a loopback port → what arrived, byte for byte.
//!
//! One [`Capture`] belongs to one run, so that requests are told apart by the port they came to.
//! It listens on 127.0.0.1 alone, answers every request with a small `200 OK` ([`Answer`]), and frees its port
//! when it is closed.

mod connection;
mod framing;

pub use connection::{Answer, is_redirected};

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How long [`Capture::close`] waits for connections whose client is gone.
const GRACE: Duration = Duration::from_millis(1500);

/// What arrived on one connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The request, from its first byte to the last of its framing.
    pub bytes: Vec<u8>,
    /// What came on the same connection after it, and belongs to no announced length.
    pub surplus: Vec<u8>,
    /// Why the request is not whole; `None` where it is.
    pub broken: Option<Broken>,
}

/// All that came to one port.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Captured {
    /// The connections on which something arrived.
    pub arrivals: Vec<Arrival>,
    /// The number of connections on which nothing did.
    pub silent: usize,
}

/// Why a request did not arrive whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// The client stopped within the request line or the header section.
    HeadCut,
    /// The client stopped within the body.
    BodyCut {
        /// Body bytes announced by `Content-Length`; `None` for a chunked body.
        announced: Option<u64>,
        /// Body bytes that came, chunk framing included.
        arrived: u64,
    },
    /// A chunk size is no hexadecimal number, or a length no decimal one.
    Length,
    /// More came than is kept.
    TooLarge,
}

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::HeadCut => f.write_str("the connection ended within the header section"),
            Self::BodyCut { announced: Some(announced), arrived } => {
                write!(f, "the connection ended after {arrived} of {announced} body bytes")
            }
            Self::BodyCut { announced: None, arrived } => {
                write!(f, "the connection ended within a chunked body, after {arrived} bytes")
            }
            Self::Length => f.write_str("the length of the body cannot be read"),
            Self::TooLarge => write!(f, "more than {} bytes came", connection::LIMIT),
        }
    }
}

/// A listener of one run.
pub struct Capture {
    address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    /// The address of the connection that [`Capture::close`] makes to wake the listener. The lock
    /// is held while it connects, so that the listener cannot meet it before its address stands
    /// here.
    waker: Mutex<Option<SocketAddr>>,
}

#[derive(Default)]
struct State {
    arrivals: Vec<Arrival>,
    /// Connections that are being read, with the means to end them.
    open: Vec<(u64, TcpStream)>,
    opened: u64,
    silent: usize,
}

/// A panicking reader must not hide what the others captured.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Capture {
    /// Listens on a free port of 127.0.0.1.
    pub fn open(answer: Answer) -> io::Result<Self> {
        Self::start(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?, answer)
    }

    /// Listens on this port of every address of the machine, of both versions of IP.
    pub fn open_everywhere(port: u16, answer: Answer) -> io::Result<Self> {
        let both = TcpListener::bind((Ipv6Addr::UNSPECIFIED, port));
        Self::start(both.or_else(|_| TcpListener::bind((Ipv4Addr::UNSPECIFIED, port)))?, answer)
    }

    fn start(listener: TcpListener, answer: Answer) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::default());
        let thread = thread::Builder::new().name(format!("capture-{}", address.port())).spawn({
            let shared = Arc::clone(&shared);
            move || listen(&listener, answer, &shared)
        })?;
        Ok(Self { address, shared, thread: Some(thread) })
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Stops listening, lets started connections end, and hands out what arrived, in the order in
    /// which the connections ended.
    pub fn close(mut self) -> Captured {
        self.stop();
        let state = &mut *lock(&self.shared.state);
        Captured { arrivals: std::mem::take(&mut state.arrivals), silent: state.silent }
    }

    fn stop(&mut self) {
        let Some(thread) = self.thread.take() else { return };
        // The backlog is a queue: every connection made before this one is accepted before it.
        let waker = {
            let mut waker = lock(&self.shared.waker);
            let stream = TcpStream::connect(self.address);
            *waker = stream.as_ref().ok().and_then(|stream| stream.local_addr().ok());
            stream
        };
        if waker.is_ok() {
            // A listener that panicked has nothing more to say.
            let _ = thread.join();
        }
        self.end_connections();
    }

    fn end_connections(&self) {
        let deadline = Instant::now() + GRACE;
        let mut state = lock(&self.shared.state);
        while !state.open.is_empty() {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                for (_, stream) in &state.open {
                    let _ = stream.shutdown(Shutdown::Both);
                }
            }
            // After the shutdown the readers end at once; the wait is only bounded for safety.
            let wait = if left.is_zero() { GRACE } else { left };
            let (next, timeout) = self
                .shared
                .changed
                .wait_timeout(state, wait)
                .unwrap_or_else(PoisonError::into_inner);
            state = next;
            if left.is_zero() && timeout.timed_out() {
                return;
            }
        }
    }
}

impl Drop for Capture {
    fn drop(&mut self) {
        self.stop();
    }
}

fn listen(listener: &TcpListener, answer: Answer, shared: &Arc<Shared>) {
    loop {
        match listener.accept() {
            Ok((_, peer)) if *lock(&shared.waker) == Some(peer) => return,
            Ok((stream, _)) => read_in_background(stream, answer, shared),
            // Out of descriptors, or a client that left before it was accepted: others may come.
            Err(_) => thread::sleep(Duration::from_millis(5)),
        }
    }
}

fn read_in_background(stream: TcpStream, answer: Answer, shared: &Arc<Shared>) {
    let Ok(handle) = stream.try_clone() else { return };
    let id = {
        let mut state = lock(&shared.state);
        state.opened += 1;
        let id = state.opened;
        state.open.push((id, handle));
        id
    };
    let owner = Arc::clone(shared);
    let spawned = thread::Builder::new().spawn(move || {
        let arrival = connection::read_request(stream, answer);
        finish(&owner, id, arrival);
    });
    if spawned.is_err() {
        finish(shared, id, None);
    }
}

fn finish(shared: &Shared, id: u64, arrival: Option<Arrival>) {
    let mut state = lock(&shared.state);
    state.silent += usize::from(arrival.is_none());
    state.arrivals.extend(arrival);
    state.open.retain(|(open, _)| *open != id);
    shared.changed.notify_all();
}

#[cfg(test)]
mod tests;
