//! Sending, on threads of their own.

use std::{
    cell::{Cell, RefCell},
    io,
    net::{IpAddr, SocketAddr},
    rc::Rc,
    sync::Arc,
    time::Duration,
};

use rustix::time::{ClockId, clock_gettime};
use tokio::{
    task::LocalSet,
    time::{Instant, sleep_until, timeout},
};

use super::{
    connection::Connection,
    tally::{Fate, Sample, Tally},
};

/// Who sends where, and how.
#[derive(Debug, Clone)]
pub struct Load {
    /// The server.
    pub server: SocketAddr,
    /// Connections, in all.
    pub connections: usize,
    /// Threads that send.
    pub threads: usize,
    /// Addresses of our own that the connections come from, in turn; none leaves it to the system.
    pub sources: Vec<IpAddr>,
    /// How long after it was due a request may still be sent; `None` for as long as it takes.
    pub patience: Option<Duration>,
    /// How long an answer may take.
    pub answer_within: Duration,
}

/// Writes the request with this number into an empty buffer.
pub type Requests = Arc<dyn Fn(usize, &mut Vec<u8>) + Send + Sync>;

impl Load {
    /// Sends a request at each of `times` since the start, which begins when the connections of a thread stand. Blocks.
    ///
    /// # Errors
    /// When a connection cannot be made at the start.
    pub fn run(&self, times: Vec<Duration>, requests: Requests) -> io::Result<Tally> {
        let times: Arc<[Duration]> = times.into();
        let threads = self.threads.max(1);
        let workers: Vec<_> = (0..threads)
            .map(|first| {
                let (load, times, requests) = (self.clone(), Arc::clone(&times), Arc::clone(&requests));
                std::thread::spawn(move || load.part((first, threads), times, requests))
            })
            .collect();
        let mut tally = Tally::default();
        for worker in workers {
            tally.add(worker.join().map_err(|_| io::Error::other("a sender broke down"))??);
        }
        Ok(tally)
    }

    /// The share of one thread: every `step`th time from `first` on.
    fn part(
        &self,
        (first, step): (usize, usize),
        times: Arc<[Duration]>,
        requests: Requests,
    ) -> io::Result<Tally> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let source = |n: usize| self.sources.get((n / step) % self.sources.len().max(1)).copied();
        let share = (first..self.connections.max(step)).step_by(step);
        let mut connections: Vec<Connection> =
            share.map(|n| Connection::new(self.server, source(n))).collect();
        LocalSet::new().block_on(&runtime, async {
            for connection in &mut connections {
                connection.open().await?;
            }
            let work = Rc::new(Work {
                samples: RefCell::new(Vec::with_capacity(times.len() / step + 1)),
                next: Cell::new(first),
                start: Instant::now() + LEAD,
                step,
                times,
                requests,
                patience: self.patience,
                answer_within: self.answer_within,
            });
            let cpu = thread_cpu();
            let senders: Vec<_> = connections
                .into_iter()
                .map(|connection| tokio::task::spawn_local(Rc::clone(&work).send(connection)))
                .collect();
            for sender in senders {
                sender.await.map_err(io::Error::other)?;
            }
            let (cpu, elapsed) = (thread_cpu().saturating_sub(cpu), work.start.elapsed());
            Ok(Tally { samples: work.samples.take(), cpu, elapsed })
        })
    }
}

/// Between the last connection and the first request.
const LEAD: Duration = Duration::from_millis(20);

/// What the connections of a thread share.
struct Work {
    times: Arc<[Duration]>,
    requests: Requests,
    next: Cell<usize>,
    step: usize,
    start: Instant,
    patience: Option<Duration>,
    answer_within: Duration,
    samples: RefCell<Vec<Sample>>,
}

impl Work {
    /// Sends, over one connection, whatever is due when the connection is free.
    async fn send(self: Rc<Self>, mut connection: Connection) {
        let mut request = Vec::with_capacity(512);
        while let Some((number, due)) = self.take() {
            let at = self.start + due;
            sleep_until(at).await;
            let sent = self.start.elapsed();
            let fate = if self.patience.is_some_and(|patience| at.elapsed() > patience) {
                Fate::Unsent
            } else {
                request.clear();
                (self.requests)(number, &mut request);
                match timeout(self.answer_within, connection.exchange(&request)).await {
                    Ok(Ok(status)) => Fate::Answered(status),
                    Ok(Err(_)) => Fate::Broken,
                    Err(_) => {
                        connection.close();
                        Fate::Broken
                    }
                }
            };
            self.samples.borrow_mut().push(Sample { due, sent, latency: at.elapsed(), fate });
        }
    }

    /// The next request of this thread, and when it is due.
    fn take(&self) -> Option<(usize, Duration)> {
        let number = self.next.get();
        let due = *self.times.get(number)?;
        self.next.set(number + self.step);
        Some((number, due))
    }
}

/// CPU time of the calling thread.
fn thread_cpu() -> Duration {
    let at = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(u64::try_from(at.tv_sec).unwrap_or(0), u32::try_from(at.tv_nsec).unwrap_or(0))
}
