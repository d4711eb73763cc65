//! A network as it is behind a valley with one mast: slow, and connections that end in the middle. What becomes of each
//! connection is drawn from a seed in the order in which they come.

use std::{
    io,
    net::SocketAddr,
    ops::RangeInclusive,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy, copy_bidirectional},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
    time::sleep,
};

/// Bytes that come through before a cut in the middle: fewer than any head of HTTP.
const HALF: usize = 24;

/// How bad it is. Shares are in 1/10,000 of the connections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weather {
    /// Milliseconds from when a connection is made until its first byte travels.
    pub delay: RangeInclusive<u64>,
    /// Connections that end before anything came through.
    pub lost: u32,
    /// Connections that end in the middle of the request.
    pub cut_request: u32,
    /// Connections that end after the server had the request and answered it, before the answer came back.
    pub lost_answer: u32,
    /// Connections that end in the middle of the answer.
    pub cut_answer: u32,
}

impl Weather {
    /// Every other connection fails, each in its own way.
    pub fn storm() -> Weather {
        Weather { delay: 0..=4, lost: 1_250, cut_request: 1_250, lost_answer: 1_250, cut_answer: 1_250 }
    }

    fn draw(&self, rng: &mut ChaCha8Rng) -> (Fate, Duration) {
        let delay = Duration::from_millis(rng.random_range(self.delay.clone()));
        let mut at = rng.random_range(0..10_000);
        let shares = [self.lost, self.cut_request, self.lost_answer, self.cut_answer];
        for (fate, share) in Fate::CUTS.into_iter().zip(shares) {
            if at < share {
                return (fate, delay);
            }
            at -= share;
        }
        (Fate::Whole, delay)
    }
}

/// What becomes of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It stays.
    Whole,
    /// See [`Weather::lost`].
    Lost,
    /// See [`Weather::cut_request`].
    CutRequest,
    /// See [`Weather::lost_answer`].
    LostAnswer,
    /// See [`Weather::cut_answer`].
    CutAnswer,
}

impl Fate {
    /// All ways to end early.
    pub const CUTS: [Fate; 4] = [Fate::Lost, Fate::CutRequest, Fate::LostAnswer, Fate::CutAnswer];
}

/// A port that leads to a server through bad weather. It ends when it is dropped.
#[derive(Debug)]
pub struct WeakNetwork {
    address: SocketAddr,
    server: watch::Sender<SocketAddr>,
    fates: Arc<Mutex<Vec<Fate>>>,
    accepting: JoinHandle<()>,
}

impl WeakNetwork {
    /// Leads to `server`; must be called in a runtime.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn start(server: SocketAddr, weather: Weather, seed: u64) -> io::Result<WeakNetwork> {
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
        let address = listener.local_addr()?;
        let (lead, server) = watch::channel(server);
        let fates = Arc::new(Mutex::new(Vec::new()));
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let seen = Arc::clone(&fates);
        let accepting = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (fate, delay) = weather.draw(&mut rng);
                seen.lock().unwrap_or_else(PoisonError::into_inner).push(fate);
                let server = *server.borrow();
                tokio::spawn(async move {
                    sleep(delay).await;
                    // Whatever breaks here is bad weather, too.
                    carry(client, server, fate).await.ok();
                });
            }
        });
        Ok(WeakNetwork { address, server: lead, fates, accepting })
    }

    /// Where clients connect.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Leads new connections elsewhere: the server was started again on another port.
    pub fn lead_to(&self, server: SocketAddr) {
        self.server.send_replace(server);
    }

    /// What became of the connections so far, in the order in which they came.
    pub fn fates(&self) -> Vec<Fate> {
        self.fates.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for WeakNetwork {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// Carries one connection until its fate is fulfilled.
async fn carry(mut client: TcpStream, server: SocketAddr, fate: Fate) -> io::Result<()> {
    if fate == Fate::Lost {
        return Ok(());
    }
    let mut server = TcpStream::connect(server).await?;
    let mut some = [0; HALF];
    match fate {
        Fate::Lost => {}
        Fate::Whole => {
            copy_bidirectional(&mut client, &mut server).await?;
        }
        Fate::CutRequest => {
            client.read_exact(&mut some).await?;
            server.write_all(&some).await?;
        }
        Fate::LostAnswer | Fate::CutAnswer => {
            let (mut asking, mut hearing) = client.split();
            let (mut answering, mut asked) = server.split();
            tokio::select! {
                sent = copy(&mut asking, &mut asked) => {
                    sent?;
                }
                answered = answering.read_exact(&mut some) => {
                    answered?;
                    if fate == Fate::CutAnswer {
                        hearing.write_all(&some).await?;
                    }
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A server that answers each request of 100 bytes with 100 others and counts what it understood.
    async fn server() -> (SocketAddr, watch::Receiver<usize>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (count, counted) = watch::channel(0);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut request = [0; 100];
                if stream.read_exact(&mut request).await.is_ok() {
                    count.send_modify(|n| *n += 1);
                    stream.write_all(&[b'a'; 100]).await.ok();
                }
            }
        });
        (address, counted)
    }

    /// Bytes of the answer that came through.
    async fn ask(network: &WeakNetwork) -> usize {
        let mut stream = TcpStream::connect(network.address()).await.unwrap();
        stream.write_all(&[b'q'; 100]).await.ok();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.ok();
        answer.len()
    }

    #[tokio::test]
    async fn each_fate_lets_through_what_it_says_and_the_seed_decides() {
        let (address, counted) = server().await;
        let network = WeakNetwork::start(address, Weather::storm(), 3).await.unwrap();
        let mut understood = 0;
        for n in 0..80 {
            let through = ask(&network).await;
            let (fate, before) = (network.fates()[n], understood);
            understood = *counted.borrow();
            let expected = match fate {
                Fate::Whole => (100, 1),
                Fate::Lost | Fate::CutRequest => (0, 0),
                Fate::LostAnswer => (0, 1),
                Fate::CutAnswer => (HALF, 1),
            };
            // A cut may take bytes with it that were on their way already.
            assert!(
                through == expected.0 || (fate == Fate::CutAnswer && through == 0),
                "{fate:?}: {through}"
            );
            assert_eq!(understood - before, expected.1, "{fate:?}");
        }
        let first = network.fates();
        assert!(Fate::CUTS.iter().all(|fate| first.contains(fate)) && first.contains(&Fate::Whole));
        let again = WeakNetwork::start(address, Weather::storm(), 3).await.unwrap();
        for _ in 0..20 {
            ask(&again).await;
        }
        assert_eq!(again.fates(), first[..20]);
    }

    #[tokio::test]
    async fn it_leads_where_the_server_is_now() {
        let gone = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let clear = Weather { lost: 0, cut_request: 0, lost_answer: 0, cut_answer: 0, ..Weather::storm() };
        let network = WeakNetwork::start(gone, clear, 1).await.unwrap();
        assert_eq!(ask(&network).await, 0);
        network.lead_to(server().await.0);
        assert_eq!(ask(&network).await, 100);
    }
}
