//! The payload that every program knows.

use std::sync::LazyLock;

use futures::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use crate::Failure;

pub const CHUNK: usize = 64 << 10;
const LENGTH: usize = 65_521;

/// The block that every payload repeats, often enough that a chunk at any offset is a slice of it.
static PATTERN: LazyLock<Vec<u8>> = LazyLock::new(|| {
    (0..LENGTH)
        .map(|i| (31 * i + (i >> 8)) as u8)
        .collect::<Vec<_>>()
        .repeat(3)
});

pub fn at(offset: usize, length: usize) -> &'static [u8] {
    let start = offset % LENGTH;
    &PATTERN[start..start + length]
}

pub async fn write(stream: &mut (impl AsyncWrite + Unpin), total: usize) -> Result<(), Failure> {
    let mut offset = 0;
    while offset < total {
        let length = CHUNK.min(total - offset);
        stream.write_all(at(offset, length)).await?;
        offset += length;
    }
    Ok(stream.flush().await?)
}

/// Reads to the end.
pub async fn check(stream: &mut (impl AsyncRead + Unpin), total: usize) -> Result<(), Failure> {
    let mut chunk = vec![0; CHUNK];
    let mut offset = 0;
    loop {
        match stream.read(&mut chunk).await? {
            0 if offset == total => return Ok(()),
            0 => return Err(format!("{offset} of {total} bytes came").into()),
            n if &chunk[..n] != at(offset, n) => {
                return Err(format!("the content differs within {n} bytes from {offset}").into());
            }
            n => offset += n,
        }
    }
}

/// The number of bytes to the end.
pub async fn skip(stream: &mut (impl AsyncRead + Unpin)) -> Result<usize, Failure> {
    let mut chunk = vec![0; CHUNK];
    let mut count = 0;
    loop {
        match stream.read(&mut chunk).await? {
            0 => return Ok(count),
            n => count += n,
        }
    }
}

/// Reads to the end, and tells whether that was a reset. The library takes the reset of a yamux stream for its end; that
/// nothing can be written any more shows the difference.
pub async fn ends_by_reset(stream: &mut (impl AsyncRead + AsyncWrite + Unpin)) -> bool {
    match skip(stream).await {
        Ok(_) => stream.write_all(b"?").await.is_err() || stream.flush().await.is_err(),
        Err(_) => true,
    }
}
