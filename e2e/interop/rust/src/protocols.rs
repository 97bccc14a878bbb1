//! The listener's side of the test protocols.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use futures::{AsyncReadExt, AsyncWriteExt};
use libp2p::{PeerId, Stream, StreamProtocol};
use tokio::sync::mpsc;

use crate::{Failure, content, streams::Inbound};

pub const ECHO: &str = "/cachemesh/interop/echo/1.0.0";
pub const HALF_CLOSE: &str = "/cachemesh/interop/half-close/1.0.0";
pub const RESET: &str = "/cachemesh/interop/reset/1.0.0";
pub const PERF: &str = "/perf/1.0.0";
pub const PING: &str = "/ipfs/ping/1.0.0";

pub const RESET_YOU: u8 = 1;
pub const AWAIT_RESET: u8 = 2;
pub const TELL_RESETS: u8 = 3;

const MAX_HALF_CLOSE_BYTES: u64 = 1 << 20;

type Resets = Arc<Mutex<HashMap<PeerId, u8>>>;

pub fn served() -> Vec<StreamProtocol> {
    [ECHO, HALF_CLOSE, RESET, PERF, PING].map(StreamProtocol::new).to_vec()
}

pub async fn serve(mut accepted: mpsc::UnboundedReceiver<Inbound>) {
    let resets = Resets::default();
    while let Some(Inbound {
        remote,
        protocol,
        mut stream,
    }) = accepted.recv().await
    {
        let resets = resets.clone();
        tokio::spawn(async move {
            let outcome = match protocol.as_ref() {
                // libp2p-ping does not see a second ping on a stream of QUIC before something else wakes it.
                ECHO | PING => echo(&mut stream).await,
                HALF_CLOSE => half_close(&mut stream).await,
                PERF => perf(&mut stream).await,
                _ => reset(&mut stream, remote, resets).await,
            };
            // A stream that is dropped unclosed is reset.
            if outcome.is_ok() {
                let _ = stream.close().await;
            }
        });
    }
}

async fn echo(stream: &mut Stream) -> Result<(), Failure> {
    let mut chunk = vec![0; content::CHUNK];
    loop {
        match stream.read(&mut chunk).await? {
            0 => return Ok(()),
            n => stream.write_all(&chunk[..n]).await?,
        }
        stream.flush().await?;
    }
}

async fn half_close(stream: &mut Stream) -> Result<(), Failure> {
    let mut content = Vec::new();
    stream.take(MAX_HALF_CLOSE_BYTES).read_to_end(&mut content).await?;
    Ok(stream.write_all(&content).await?)
}

async fn perf(stream: &mut Stream) -> Result<(), Failure> {
    let mut length = [0; 8];
    stream.read_exact(&mut length).await?;
    content::skip(stream).await?;
    content::write(stream, u64::from_be_bytes(length).try_into()?).await
}

async fn reset(stream: &mut Stream, remote: PeerId, resets: Resets) -> Result<(), Failure> {
    let mut command = [0];
    stream.read_exact(&mut command).await?;
    match command[0] {
        AWAIT_RESET => {
            stream.write_all(&command).await?;
            stream.flush().await?;
            if content::ends_by_reset(stream).await {
                *resets.lock().unwrap().entry(remote).or_default() += 1;
            }
            Ok(())
        }
        TELL_RESETS => {
            let count = resets.lock().unwrap().get(&remote).copied().unwrap_or_default();
            Ok(stream.write_all(&[count]).await?)
        }
        _ => Err("a reset was asked for".into()),
    }
}
