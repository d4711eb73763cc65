//! A stream whose request heads are repaired while they are read, and which is closed politely.

use std::{
    future::Future,
    io,
    pin::Pin,
    task::{Context, Poll, ready},
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Duration, Sleep, sleep},
};

use super::request_line::Rewriter;

const PIECE: usize = 16 << 10;

/// How long, and how much, a closing stream still reads.
const LINGER: Duration = Duration::from_secs(1);
const LINGER_BYTES: usize = 4 << 20;

/// Wraps a stream; what is read from it went through a [`Rewriter`], what is written goes straight through.
///
/// Closing a socket with unread input makes the kernel send a reset, which can destroy a reply on its way: a refused upload
/// would look like a broken network. So a closing stream first tells its end, then reads for a moment what still comes.
pub(super) struct Lenient<S> {
    inner: S,
    rewriter: Rewriter,
    piece: Box<[u8]>,
    ready: Vec<u8>,
    taken: usize,
    lingering: Option<(Pin<Box<Sleep>>, usize)>,
}

impl<S> Lenient<S> {
    pub(super) fn new(inner: S) -> Self {
        Self {
            inner,
            rewriter: Rewriter::new(),
            piece: vec![0; PIECE].into_boxed_slice(),
            ready: Vec::new(),
            taken: 0,
            lingering: None,
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Lenient<S> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        while this.taken == this.ready.len() {
            this.ready.clear();
            this.taken = 0;
            let mut piece = ReadBuf::new(&mut this.piece);
            ready!(Pin::new(&mut this.inner).poll_read(cx, &mut piece))?;
            let filled = piece.filled();
            if filled.is_empty() {
                this.rewriter.flush(&mut this.ready);
                if this.ready.is_empty() {
                    return Poll::Ready(Ok(()));
                }
            } else {
                this.rewriter.feed(filled, &mut this.ready);
            }
        }
        let count = buf.remaining().min(this.ready.len() - this.taken);
        buf.put_slice(&this.ready[this.taken..this.taken + count]);
        this.taken += count;
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Lenient<S> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().inner).poll_write(cx, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().inner).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.lingering.is_none() {
            ready!(Pin::new(&mut this.inner).poll_shutdown(cx))?;
        }
        let (timer, left) = this.lingering.get_or_insert_with(|| (Box::pin(sleep(LINGER)), LINGER_BYTES));
        while *left > 0 && timer.as_mut().poll(cx).is_pending() {
            let mut piece = ReadBuf::new(&mut this.piece);
            match ready!(Pin::new(&mut this.inner).poll_read(cx, &mut piece)) {
                Ok(()) if !piece.filled().is_empty() => *left = left.saturating_sub(piece.filled().len()),
                _ => break,
            }
        }
        Poll::Ready(Ok(()))
    }
}
