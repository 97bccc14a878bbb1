//! Runs tests against one remote peer, all but dial-ping on one connection.

use std::time::{Duration, Instant};

use futures::{AsyncReadExt, AsyncWriteExt};
use libp2p::{Multiaddr, PeerId, Stream, multiaddr::Protocol};
use serde_json::{Value, json};

use crate::{
    Failure, content,
    host::{Client, Stack},
    protocols::{AWAIT_RESET, ECHO, HALF_CLOSE, PERF, PING, RESET, RESET_YOU, TELL_RESETS},
};

const ECHO_BYTES: usize = 64 << 20;
const STREAMS: usize = 100;
const STREAM_BYTES: usize = 1 << 10;
const HALF_CLOSE_BYTES: usize = 100_000;
const PINGS: usize = 5;
const PING_BYTES: usize = 32;
const RESET_POLLS: usize = 50;
const RESET_PAUSE: Duration = Duration::from_millis(20);

pub struct Dialer {
    client: Client,
    address: Multiaddr,
    bytes: usize,
    rounds: usize,
}

fn millis_since(started: Instant) -> f64 {
    started.elapsed().as_secs_f64() * 1000.0
}

impl Dialer {
    pub fn new(stack: Stack, address: Multiaddr, bytes: usize, rounds: usize) -> Result<Self, Failure> {
        Ok(Self {
            client: Client::new(stack, address.clone())?,
            address,
            bytes,
            rounds,
        })
    }

    /// The measures of the test.
    pub async fn run(&mut self, name: &str) -> Result<Value, Failure> {
        if name == "dial-ping" {
            return self.dial_ping().await;
        }
        let started = Instant::now();
        self.client.connect().await?;
        let mut measures = match name {
            "handshake" => json!({}),
            "identify" => self.identify().await?,
            "ping" => self.ping().await?,
            "perf" => self.perf().await?,
            "streams100" => self.streams().await?,
            "echo64MiB" => self.echo().await?,
            "half-close" => self.half_close().await?,
            "reset" => self.reset().await?,
            "stream" => self.stream().await?,
            _ => return Err(format!("there is no test {name}").into()),
        };
        if measures.get("millis").is_none() {
            measures["millis"] = millis_since(started).into();
        }
        Ok(measures)
    }

    async fn identify(&mut self) -> Result<Value, Failure> {
        let found = self.client.identified().await?;
        let mut dialed = self.address.clone();
        dialed.pop();
        let loopback =
            |address: &Multiaddr| matches!(address.iter().next(), Some(Protocol::Ip4(ip)) if ip.is_loopback());
        if PeerId::from(&found.public_key) != self.client.remote {
            Err("the public key is not the dialed peer's".into())
        } else if !found.protocols.iter().any(|protocol| protocol.as_ref() == ECHO) {
            Err(format!("{ECHO} is not among the protocols {:?}", found.protocols).into())
        } else if found.agent_version.is_empty() {
            Err("there is no agent version".into())
        } else if !found
            .listen_addrs
            .iter()
            .any(|a| a.to_string().split("/p2p/").next() == Some(&dialed.to_string()))
        {
            Err(format!("the dialed address is not among {:?}", found.listen_addrs).into())
        } else if !loopback(&found.observed_addr) {
            Err(format!("the observed address is {}", found.observed_addr).into())
        } else {
            Ok(json!({ "agent": found.agent_version, "signedRecord": found.signed_peer_record.is_some() }))
        }
    }

    async fn ping_once(&self, stream: &mut Stream) -> Result<f64, Failure> {
        let started = Instant::now();
        let mut answer = [0; PING_BYTES];
        stream.write_all(content::at(0, PING_BYTES)).await?;
        stream.flush().await?;
        stream.read_exact(&mut answer).await?;
        if answer != content::at(0, PING_BYTES) {
            return Err("another content came back".into());
        }
        Ok(millis_since(started))
    }

    async fn ping(&self) -> Result<Value, Failure> {
        let mut stream = self.client.open(PING).await?;
        let mut millis = Vec::new();
        for _ in 0..PINGS {
            millis.push(self.ping_once(&mut stream).await?);
        }
        stream.close().await?;
        Ok(json!({ "millis": millis }))
    }

    async fn dial_ping(&self) -> Result<Value, Failure> {
        let mut millis = Vec::new();
        for _ in 0..self.rounds {
            self.client.disconnect().await?;
            let started = Instant::now();
            self.client.connect().await?;
            self.ping_once(&mut self.client.open(PING).await?).await?;
            millis.push(millis_since(started));
        }
        Ok(json!({ "millis": millis }))
    }

    async fn perf(&self) -> Result<Value, Failure> {
        let (mut ups, mut downs) = (Vec::new(), Vec::new());
        for _ in 0..self.rounds {
            ups.push(self.transfer(self.bytes, 0).await?);
            downs.push(self.transfer(0, self.bytes).await?);
        }
        Ok(json!({ "uploadBytesPerSecond": ups, "downloadBytesPerSecond": downs }))
    }

    async fn transfer(&self, up: usize, down: usize) -> Result<f64, Failure> {
        let started = Instant::now();
        let mut stream = self.client.open(PERF).await?;
        stream.write_all(&(down as u64).to_be_bytes()).await?;
        content::write(&mut stream, up).await?;
        stream.close().await?;
        match content::skip(&mut stream).await? {
            received if received == down => Ok((up + down) as f64 / started.elapsed().as_secs_f64()),
            received => Err(format!("{received} of {down} bytes came").into()),
        }
    }

    async fn streams(&self) -> Result<Value, Failure> {
        let mut open = Vec::new();
        for _ in 0..STREAMS {
            open.push(self.client.open(ECHO).await?);
        }
        for (i, stream) in open.iter_mut().enumerate() {
            stream.write_all(content::at(i, STREAM_BYTES)).await?;
            stream.flush().await?;
        }
        for (i, stream) in open.iter_mut().enumerate() {
            let mut answer = [0; STREAM_BYTES];
            stream.read_exact(&mut answer).await?;
            if answer != content::at(i, STREAM_BYTES) {
                return Err(format!("stream {i} has the content of another").into());
            }
        }
        for stream in &mut open {
            finish(stream).await?;
        }
        Ok(json!({}))
    }

    async fn echo(&self) -> Result<Value, Failure> {
        let (mut reader, mut writer) = self.client.open(ECHO).await?.split();
        let write = async {
            content::write(&mut writer, ECHO_BYTES).await?;
            Ok(writer.close().await?)
        };
        tokio::try_join!(write, content::check(&mut reader, ECHO_BYTES))?;
        Ok(json!({}))
    }

    async fn half_close(&self) -> Result<Value, Failure> {
        let mut stream = self.client.open(HALF_CLOSE).await?;
        content::write(&mut stream, HALF_CLOSE_BYTES).await?;
        stream.close().await?;
        content::check(&mut stream, HALF_CLOSE_BYTES).await?;
        Ok(json!({}))
    }

    async fn ask(&self, command: u8) -> Result<Stream, Failure> {
        let mut stream = self.client.open(RESET).await?;
        stream.write_all(&[command]).await?;
        stream.flush().await?;
        Ok(stream)
    }

    async fn reset(&self) -> Result<Value, Failure> {
        self.be_reset().await?;
        let mut stream = self.ask(AWAIT_RESET).await?;
        stream.read_exact(&mut [0]).await?;
        // A stream that is dropped unclosed is reset.
        drop(stream);
        self.await_count().await?;
        self.echo_once().await?;
        Ok(json!({}))
    }

    async fn be_reset(&self) -> Result<(), Failure> {
        if content::ends_by_reset(&mut self.ask(RESET_YOU).await?).await {
            Ok(())
        } else {
            Err("the remote closed the stream instead of a reset".into())
        }
    }

    async fn await_count(&self) -> Result<(), Failure> {
        for _ in 0..RESET_POLLS {
            let mut stream = self.ask(TELL_RESETS).await?;
            let mut count = [0];
            stream.read_exact(&mut count).await?;
            finish(&mut stream).await?;
            if count[0] == 1 {
                return Ok(());
            }
            tokio::time::sleep(RESET_PAUSE).await;
        }
        Err("the remote saw no reset".into())
    }

    /// One byte there and back on a new stream; the milliseconds that it takes.
    async fn echo_once(&self) -> Result<f64, Failure> {
        let started = Instant::now();
        let mut stream = self.client.open(ECHO).await?;
        stream.write_all(b"*").await?;
        stream.flush().await?;
        let mut answer = [0];
        stream.read_exact(&mut answer).await?;
        let millis = millis_since(started);
        if &answer != b"*" {
            return Err("another byte came back".into());
        }
        finish(&mut stream).await?;
        Ok(millis)
    }

    async fn stream(&self) -> Result<Value, Failure> {
        let mut millis = Vec::new();
        for _ in 0..self.rounds {
            millis.push(self.echo_once().await?);
        }
        Ok(json!({ "millis": millis }))
    }
}

/// Closes the write side and reads the end that answers it.
async fn finish(stream: &mut Stream) -> Result<(), Failure> {
    stream.close().await?;
    match content::skip(stream).await? {
        0 => Ok(()),
        n => Err(format!("{n} more bytes came instead of the end").into()),
    }
}
