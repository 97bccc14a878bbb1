//! A host that offers one transport, secure channel and muxer.

use std::time::Duration;

use futures::StreamExt;
use libp2p::{
    Multiaddr, PeerId, Stream, StreamProtocol, Swarm, SwarmBuilder, identify,
    identity::Keypair,
    noise,
    swarm::{NetworkBehaviour, SwarmEvent},
    tcp, tls, yamux,
};
use tokio::sync::{mpsc, oneshot, watch};

use crate::{Failure, protocols, streams};

const AGENT: &str = "rust-libp2p/0.56.0";
const IDLE: Duration = Duration::from_secs(600);

#[derive(NetworkBehaviour)]
struct Behaviour {
    identify: identify::Behaviour,
    streams: streams::Behaviour,
}

#[derive(Clone, Copy)]
pub enum Stack {
    TcpNoise,
    TcpTls,
    Quic,
}

impl Stack {
    pub fn of(transport: &str, security: &str, muxer: &str) -> Result<Self, Failure> {
        match (transport, security, muxer) {
            ("quic-v1", _, _) => Ok(Stack::Quic),
            ("tcp", "noise", "yamux") => Ok(Stack::TcpNoise),
            ("tcp", "tls", "yamux") => Ok(Stack::TcpTls),
            _ => Err(format!("there is no {transport} with {security} and {muxer}").into()),
        }
    }

    fn listen_address(self) -> &'static str {
        match self {
            Stack::Quic => "/ip4/127.0.0.1/udp/0/quic-v1",
            _ => "/ip4/127.0.0.1/tcp/0",
        }
    }

    fn swarm(
        self,
        served: Vec<StreamProtocol>,
        inbound: mpsc::UnboundedSender<streams::Inbound>,
    ) -> Result<Swarm<Behaviour>, Failure> {
        let behaviour = |key: &Keypair| Behaviour {
            // Without a signed peer record, whose domain differs from that of the others.
            identify: identify::Behaviour::new(
                identify::Config::new("ipfs/0.1.0".into(), key.public()).with_agent_version(AGENT.into()),
            ),
            streams: streams::Behaviour::new(served, inbound),
        };
        let builder = SwarmBuilder::with_new_identity().with_tokio();
        let config = |config: libp2p::swarm::Config| config.with_idle_connection_timeout(IDLE);
        let tcp = tcp::Config::default().nodelay(true);
        Ok(match self {
            Stack::TcpNoise => builder
                .with_tcp(tcp, noise::Config::new, yamux::Config::default)?
                .with_behaviour(behaviour)?
                .with_swarm_config(config)
                .build(),
            Stack::TcpTls => builder
                .with_tcp(tcp, tls::Config::new, yamux::Config::default)?
                .with_behaviour(behaviour)?
                .with_swarm_config(config)
                .build(),
            Stack::Quic => builder
                .with_quic()
                .with_behaviour(behaviour)?
                .with_swarm_config(config)
                .build(),
        })
    }
}

/// Serves the test protocols, and tells where.
pub async fn listen(stack: Stack) -> Result<Multiaddr, Failure> {
    let (inbound, accepted) = mpsc::unbounded_channel();
    let mut swarm = stack.swarm(protocols::served(), inbound)?;
    swarm.listen_on(stack.listen_address().parse()?)?;
    let address = loop {
        if let SwarmEvent::NewListenAddr { address, .. } = swarm.select_next_some().await {
            break address.with_p2p(*swarm.local_peer_id()).map_err(|a| a.to_string())?;
        }
    };
    tokio::spawn(protocols::serve(accepted));
    tokio::spawn(async move {
        loop {
            swarm.select_next_some().await;
        }
    });
    Ok(address)
}

enum Request {
    Connect(Multiaddr, oneshot::Sender<Result<(), String>>),
    Disconnect(PeerId, oneshot::Sender<()>),
    Open(PeerId, StreamProtocol, streams::Opened),
}

/// Dials one remote peer. The swarm is a task of its own.
pub struct Client {
    pub remote: PeerId,
    address: Multiaddr,
    requests: mpsc::UnboundedSender<Request>,
    identified: watch::Receiver<Option<identify::Info>>,
}

impl Client {
    pub fn new(stack: Stack, address: Multiaddr) -> Result<Self, Failure> {
        let Some(libp2p::multiaddr::Protocol::P2p(remote)) = address.iter().last() else {
            return Err("the address names no peer".into());
        };
        let swarm = stack.swarm(Vec::new(), mpsc::unbounded_channel().0)?;
        let (requests, received) = mpsc::unbounded_channel();
        let (found, identified) = watch::channel(None);
        tokio::spawn(drive(swarm, received, found));
        Ok(Self {
            remote,
            address,
            requests,
            identified,
        })
    }

    pub async fn connect(&self) -> Result<(), Failure> {
        let (sender, receiver) = oneshot::channel();
        self.requests.send(Request::Connect(self.address.clone(), sender))?;
        Ok(receiver.await??)
    }

    pub async fn disconnect(&self) -> Result<(), Failure> {
        let (sender, receiver) = oneshot::channel();
        self.requests.send(Request::Disconnect(self.remote, sender))?;
        Ok(receiver.await?)
    }

    pub async fn open(&self, protocol: &'static str) -> Result<Stream, Failure> {
        let (sender, receiver) = oneshot::channel();
        self.requests
            .send(Request::Open(self.remote, StreamProtocol::new(protocol), sender))?;
        Ok(receiver.await??)
    }

    pub async fn identified(&mut self) -> Result<identify::Info, Failure> {
        Ok(self
            .identified
            .wait_for(Option::is_some)
            .await?
            .clone()
            .expect("it was waited for"))
    }
}

async fn drive(
    mut swarm: Swarm<Behaviour>,
    mut requests: mpsc::UnboundedReceiver<Request>,
    found: watch::Sender<Option<identify::Info>>,
) {
    let mut connecting = None;
    let mut disconnecting = None;
    loop {
        // Whoever waits for an answer may have given up.
        tokio::select! {
            request = requests.recv() => match request {
                None => return,
                Some(Request::Connect(address, sender)) => {
                    if swarm.connected_peers().next().is_some() {
                        let _ = sender.send(Ok(()));
                    } else if let Err(error) = swarm.dial(address) {
                        let _ = sender.send(Err(error.to_string()));
                    } else {
                        connecting = Some(sender);
                    }
                }
                Some(Request::Disconnect(remote, sender)) => {
                    if swarm.disconnect_peer_id(remote).is_ok() {
                        disconnecting = Some(sender);
                    } else {
                        let _ = sender.send(());
                    }
                }
                Some(Request::Open(remote, protocol, opened)) => {
                    swarm.behaviour_mut().streams.open(remote, protocol, opened);
                }
            },
            event = swarm.select_next_some() => match event {
                SwarmEvent::ConnectionEstablished { .. } => {
                    connecting.take().map(|sender| sender.send(Ok(())));
                }
                SwarmEvent::OutgoingConnectionError { error, .. } => {
                    connecting.take().map(|sender| sender.send(Err(error.to_string())));
                }
                SwarmEvent::ConnectionClosed { .. } => {
                    disconnecting.take().map(|sender| sender.send(()));
                }
                SwarmEvent::Behaviour(BehaviourEvent::Identify(identify::Event::Received { info, .. })) => {
                    let _ = found.send(Some(info));
                }
                _ => {}
            },
        }
    }
}
