//! The content encoding aws-chunked: sized chunks, each signed or not, then trailers.
//! It is not the check of a checksum. AWS: "Transferring Payload in Multiple Chunks" in the S3 API reference.

use super::error::S3Error;
use crate::sigv4::Chain;

const END: &[u8] = b"\r\n";

/// A body without its chunks.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    pub bytes: Vec<u8>,
    /// Names in small letters, in the order sent.
    pub trailers: Vec<(String, String)>,
}

/// The body, if it is whole and its signatures go on from the chain.
pub(super) fn decode(sent: &[u8], mut chain: Option<Box<Chain>>) -> Result<Decoded, S3Error> {
    let mut bytes = Vec::with_capacity(sent.len());
    let mut rest = sent;
    loop {
        let line;
        (line, rest) = next_line(rest)?;
        let (size, extension) = line.split_once(';').unwrap_or((line, ""));
        let size = usize::from_str_radix(size, 16).map_err(|_| S3Error::IncompleteBody)?;
        let (chunk, after) = rest.split_at_checked(size).ok_or(S3Error::IncompleteBody)?;
        if let Some(chain) = &mut chain {
            let signature = extension.strip_prefix("chunk-signature=").unwrap_or_default();
            verify(chain.takes_chunk(chunk, signature))?;
        }
        if size == 0 {
            break;
        }
        bytes.extend_from_slice(chunk);
        rest = after.strip_prefix(END).ok_or(S3Error::IncompleteBody)?;
    }
    let trailers = read_trailers(rest, chain)?;
    Ok(Decoded { bytes, trailers })
}

fn read_trailers(mut rest: &[u8], chain: Option<Box<Chain>>) -> Result<Vec<(String, String)>, S3Error> {
    let mut trailers = Vec::new();
    let mut signature = None;
    loop {
        let line;
        (line, rest) = next_line(rest)?;
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').ok_or(S3Error::MalformedTrailer)?;
        match name.trim().to_ascii_lowercase() {
            name if name == "x-amz-trailer-signature" => signature = Some(value.trim()),
            name => trailers.push((name, value.trim().to_owned())),
        }
    }
    if !rest.is_empty() {
        return Err(S3Error::IncompleteBody);
    }
    if let Some(mut chain) = chain.filter(|_| !trailers.is_empty()) {
        let mut lines: Vec<String> = trailers.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
        lines.sort();
        verify(chain.takes_trailers(&lines.concat(), signature.unwrap_or_default()))?;
    }
    Ok(trailers)
}

fn next_line(bytes: &[u8]) -> Result<(&str, &[u8]), S3Error> {
    let end = bytes.windows(END.len()).position(|window| window == END).ok_or(S3Error::IncompleteBody)?;
    let line = std::str::from_utf8(&bytes[..end]).map_err(|_| S3Error::IncompleteBody)?;
    Ok((line, &bytes[end + END.len()..]))
}

fn verify(is_signed: bool) -> Result<(), S3Error> {
    if is_signed { Ok(()) } else { Err(S3Error::SignatureDoesNotMatch) }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn chunks_become_one_body_and_trailers_keep_their_values() {
        let sent = b"5\r\nhello\r\nA\r\n, chunks\r\n\r\n0\r\nX-Amz-Checksum-Crc32:AAAA==\r\n\r\n";
        let decoded = decode(sent, None).expect("this is a whole body");
        assert_eq!(decoded.bytes, b"hello, chunks\r\n");
        assert_eq!(decoded.trailers, [("x-amz-checksum-crc32".to_owned(), "AAAA==".to_owned())]);
    }

    #[test]
    fn a_body_that_is_cut_anywhere_is_not_whole() {
        let sent = b"5\r\nhello\r\n0\r\nx-amz-checksum-crc32:AAAA==\r\n\r\n";
        for end in 0..sent.len() {
            assert!(decode(&sent[..end], None).is_err(), "cut after {end}");
        }
        assert!(decode(&[sent, &b"more"[..]].concat(), None).is_err());
    }
}
