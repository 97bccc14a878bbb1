//! The peer program of rust-libp2p: see ../../README.md for the contract that it keeps.

mod content;
mod dialer;
mod host;
mod protocols;
mod streams;

use std::{collections::HashMap, env, error::Error, process::ExitCode};

use serde_json::{Value, json};
use tokio::io::AsyncReadExt;

use crate::{dialer::Dialer, host::Stack};

pub type Failure = Box<dyn Error + Send + Sync>;

const USAGE: &str = "usage: peer listen OPTIONS
       peer dial MULTIADDR --tests NAME,… [--bytes N] [--rounds N] OPTIONS
OPTIONS: --transport tcp|quic-v1 [--security noise|tls] [--muxer yamux]";

#[tokio::main]
async fn main() -> ExitCode {
    match run(env::args().skip(1).collect()).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Vec<String>) -> Result<bool, Failure> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["listen", rest @ ..] => listen(&options(rest)?).await,
        ["dial", address, rest @ ..] => dial(address, &options(rest)?).await,
        _ => Err(USAGE.into()),
    }
}

fn options<'a>(arguments: &[&'a str]) -> Result<HashMap<&'a str, &'a str>, Failure> {
    let mut options = HashMap::from([
        ("--transport", "tcp"),
        ("--security", "noise"),
        ("--muxer", "yamux"),
        ("--tests", "handshake"),
        ("--bytes", "16777216"),
        ("--rounds", "1"),
    ]);
    for pair in arguments.chunks(2) {
        match pair {
            [name, value] if options.contains_key(name) => options.insert(name, value),
            _ => return Err(USAGE.into()),
        };
    }
    Ok(options)
}

fn stack(options: &HashMap<&str, &str>) -> Result<Stack, Failure> {
    Stack::of(options["--transport"], options["--security"], options["--muxer"])
}

async fn listen(options: &HashMap<&str, &str>) -> Result<bool, Failure> {
    let address = host::listen(stack(options)?).await?;
    println!("{}", json!({ "listening": [address.to_string()] }));
    tokio::io::stdin().read_to_end(&mut Vec::new()).await?;
    Ok(true)
}

async fn dial(address: &str, options: &HashMap<&str, &str>) -> Result<bool, Failure> {
    let (bytes, rounds) = (options["--bytes"].parse()?, options["--rounds"].parse()?);
    let mut dialer = Dialer::new(stack(options)?, address.parse()?, bytes, rounds)?;
    for test in options["--tests"].split(',') {
        match dialer.run(test).await {
            Ok(mut measures) => {
                measures["test"] = test.into();
                measures["ok"] = Value::Bool(true);
                println!("{measures}");
            }
            Err(failure) => {
                println!("{}", json!({ "test": test, "ok": false, "error": failure.to_string() }));
                return Ok(false);
            }
        }
    }
    Ok(true)
}
