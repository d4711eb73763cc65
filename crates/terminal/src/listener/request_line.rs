//! Repairs what firmware writes wrongly in a request head, before the HTTP parser sees it.
//!
//! Raw blanks, TABs, quotes and bytes outside ASCII in a request target are percent-encoded; a blank between a header name and
//! its colon is dropped. To know where a request starts, bodies are skipped by their `Content-Length`. When the length is not
//! beyond doubt, nothing on the connection is touched any more.

/// Longest line that is repaired, in bytes.
const MAX_LINE: usize = 16 << 10;

/// The state between two pieces of a byte stream.
#[derive(Debug)]
pub(super) struct Rewriter {
    state: State,
    line: Vec<u8>,
    length: Option<u64>,
    doubt: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    RequestLine,
    Headers,
    Body(u64),
    Untouched,
}

impl Rewriter {
    pub(super) fn new() -> Self {
        Self { state: State::RequestLine, line: Vec::new(), length: None, doubt: false }
    }

    /// Takes the next bytes of the stream and appends to `out` what the parser should see. An unfinished line is held back.
    pub(super) fn feed(&mut self, mut input: &[u8], out: &mut Vec<u8>) {
        while !input.is_empty() {
            match self.state {
                State::Untouched => {
                    out.extend_from_slice(input);
                    return;
                }
                State::Body(left) => {
                    let take = usize::try_from(left).unwrap_or(usize::MAX).min(input.len());
                    out.extend_from_slice(&input[..take]);
                    input = &input[take..];
                    let left = left - take as u64;
                    self.state = if left == 0 { State::RequestLine } else { State::Body(left) };
                }
                State::RequestLine | State::Headers => {
                    let end = input.iter().position(|&b| b == b'\n').map(|at| at + 1);
                    let take = end.unwrap_or(input.len());
                    self.line.extend_from_slice(&input[..take]);
                    input = &input[take..];
                    if end.is_some() {
                        self.finish_line(out);
                    } else if self.line.len() > MAX_LINE {
                        self.state = State::Untouched;
                        self.flush(out);
                    }
                }
            }
        }
    }

    /// Appends a line that was held back; for the end of the stream.
    pub(super) fn flush(&mut self, out: &mut Vec<u8>) {
        out.append(&mut self.line);
    }

    fn finish_line(&mut self, out: &mut Vec<u8>) {
        let line = std::mem::take(&mut self.line);
        let content = trim_end(&line);
        match (self.state, content.is_empty()) {
            // Stray empty lines between requests.
            (State::RequestLine, true) => out.extend_from_slice(&line),
            (State::RequestLine, false) => {
                match repaired_request_line(content) {
                    Some(repaired) => {
                        out.extend_from_slice(&repaired);
                        out.extend_from_slice(&line[content.len()..]);
                    }
                    None => out.extend_from_slice(&line),
                }
                (self.state, self.length, self.doubt) = (State::Headers, None, false);
            }
            (_, true) => {
                out.extend_from_slice(&line);
                self.state = match (self.doubt, self.length) {
                    (true, _) => State::Untouched,
                    (false, None | Some(0)) => State::RequestLine,
                    (false, Some(length)) => State::Body(length),
                };
            }
            (_, false) => self.header(&line, out),
        }
        // The allocation is kept for the next line.
        self.line = line;
        self.line.clear();
    }

    fn header(&mut self, line: &[u8], out: &mut Vec<u8>) {
        let Some(colon) = line.iter().position(|&b| b == b':') else {
            out.extend_from_slice(line);
            return;
        };
        let name = line[..colon].trim_ascii_end();
        out.extend_from_slice(name);
        out.extend_from_slice(&line[colon..]);
        let value = line[colon + 1..].trim_ascii();
        if name.eq_ignore_ascii_case(b"content-length") {
            let digits = !value.is_empty() && value.iter().all(u8::is_ascii_digit);
            let length =
                std::str::from_utf8(value).ok().filter(|_| digits).and_then(|v| v.parse::<u64>().ok());
            self.doubt |= length.is_none() || self.length.is_some_and(|seen| Some(seen) != length);
            self.length = length;
        } else if name.eq_ignore_ascii_case(b"transfer-encoding") || name.eq_ignore_ascii_case(b"upgrade") {
            self.doubt = true;
        }
    }
}

fn trim_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// The line with its target percent-encoded, or `None` if it needs no repair or is beyond it.
fn repaired_request_line(line: &[u8]) -> Option<Vec<u8>> {
    let blank = |b: &u8| matches!(b, b' ' | b'\t');
    let method_end = line.iter().position(blank)?;
    let trimmed = line.trim_ascii_end();
    let version_start = trimmed.iter().rposition(blank)? + 1;
    let version = &trimmed[version_start..];
    if method_end == 0 || version_start <= method_end || !version.get(..5)?.eq_ignore_ascii_case(b"HTTP/") {
        return None;
    }
    let target = line[method_end..version_start].trim_ascii();
    if target.is_empty() {
        return None;
    }
    let mut repaired = Vec::with_capacity(line.len() + 32);
    repaired.extend_from_slice(&line[..method_end]);
    repaired.push(b' ');
    for &byte in target {
        if is_legal(byte) {
            repaired.push(byte);
        } else {
            repaired.extend_from_slice(format!("%{byte:02X}").as_bytes());
        }
    }
    repaired.push(b' ');
    repaired.extend_from_slice(&version.to_ascii_uppercase());
    (repaired != line).then_some(repaired)
}

/// Bytes left alone in a target. `#` is not among them: the parser would drop what follows it.
fn is_legal(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'"' | b'#' | b'<' | b'>' | b'\\' | b'^' | b'`')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rewrite(pieces: &[&[u8]]) -> String {
        let (mut rewriter, mut out) = (Rewriter::new(), Vec::new());
        for piece in pieces {
            rewriter.feed(piece, &mut out);
        }
        rewriter.flush(&mut out);
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn illegal_bytes_are_escaped() {
        assert_eq!(
            rewrite(&[
                b"GET /iclock/getrequest?SN=1&INFO=Ver 2.0\t\"x\"\xd5\xc5#5 HTTP/1.1\r\nHost : a\r\n\r\n"
            ]),
            "GET /iclock/getrequest?SN=1&INFO=Ver%202.0%09%22x%22%D5%C5%235 HTTP/1.1\r\nHost: a\r\n\r\n"
        );
    }

    #[test]
    fn good_requests_pass_byte_for_byte() {
        let input = b"POST /iclock/cdata?SN=1%20x HTTP/1.1\r\nContent-Length: 9\r\n\r\nGET a b c";
        assert_eq!(rewrite(&[input]).as_bytes(), input);
    }

    #[test]
    fn a_body_that_looks_like_a_request_is_left_alone() {
        let body = "GET /a b HTTP/1.1\r\n";
        let input =
            format!("POST /x y HTTP/1.1\nContent-Length: {}\n\n{body}GET /c d HTTP/1.0\r\n\r\n", body.len());
        let output = rewrite(&[input.as_bytes()]);
        assert!(output.starts_with("POST /x%20y HTTP/1.1\n"));
        assert!(output.contains(body));
        assert!(output.ends_with("GET /c%20d HTTP/1.0\r\n\r\n"));
    }

    #[test]
    fn doubt_about_the_length_stops_all_repairs() {
        for header in
            ["Transfer-Encoding: chunked", "Content-Length: x", "Content-Length: 1\r\nContent-Length: 2"]
        {
            let input = format!("POST /x HTTP/1.1\r\n{header}\r\n\r\nGET /c d HTTP/1.1\r\n\r\n");
            assert_eq!(rewrite(&[input.as_bytes()]), input);
        }
    }

    #[test]
    fn beyond_repair_passes_through() {
        for input in ["GET /only-two-words\r\n", "\u{16}\u{3}\u{1} tls hello\n", "GET  HTTP/1.1\r\n", "x"] {
            assert_eq!(rewrite(&[input.as_bytes()]), input);
        }
    }

    proptest! {
        #[test]
        fn cuts_do_not_matter(cuts in proptest::collection::vec(1usize..40, 0..30)) {
            let input: &[u8] = b"GET /a b?c d HTTP/1.1\r\nHost : x\r\n\r\nPOST /e f HTTP/1.1\r\nContent-Length: 12\r\n\r\nGET /a b HTTGET /g h HTTP/1.0\n\n";
            let mut pieces = Vec::new();
            let mut rest = input;
            for cut in cuts {
                let (head, tail) = rest.split_at(cut.min(rest.len()));
                pieces.push(head);
                rest = tail;
            }
            pieces.push(rest);
            prop_assert_eq!(rewrite(&pieces), rewrite(&[input]));
        }

        #[test]
        fn never_panics(input in proptest::collection::vec(any::<u8>(), 0..500)) {
            rewrite(&[&input]);
        }
    }
}
