//! Streams of protocols that this program implements itself. Unlike libp2p-stream it drops no inbound stream when a
//! hundred come at once.

use std::{
    collections::VecDeque,
    convert::Infallible,
    future::{Ready, ready},
    task::{Context, Poll},
};

use libp2p::{
    Multiaddr, PeerId, Stream, StreamProtocol,
    core::{
        Endpoint, UpgradeInfo,
        transport::PortUse,
        upgrade::{InboundUpgrade, OutboundUpgrade},
    },
    swarm::{
        ConnectionDenied, ConnectionHandler, ConnectionHandlerEvent, ConnectionId, FromSwarm, NetworkBehaviour,
        NotifyHandler, SubstreamProtocol, THandler, THandlerInEvent, THandlerOutEvent, ToSwarm,
        handler::{ConnectionEvent, DialUpgradeError, FullyNegotiatedInbound, FullyNegotiatedOutbound},
    },
};
use tokio::sync::{mpsc, oneshot};

pub type Opened = oneshot::Sender<Result<Stream, String>>;

/// A stream that the remote opened.
pub struct Inbound {
    pub remote: PeerId,
    pub protocol: StreamProtocol,
    pub stream: Stream,
}

#[derive(Debug)]
pub struct Open {
    protocol: StreamProtocol,
    opened: Opened,
}

pub struct Behaviour {
    served: Vec<StreamProtocol>,
    inbound: mpsc::UnboundedSender<Inbound>,
    requests: VecDeque<(PeerId, Open)>,
}

impl Behaviour {
    pub fn new(served: Vec<StreamProtocol>, inbound: mpsc::UnboundedSender<Inbound>) -> Self {
        Self {
            served,
            inbound,
            requests: VecDeque::new(),
        }
    }

    pub fn open(&mut self, remote: PeerId, protocol: StreamProtocol, opened: Opened) {
        self.requests.push_back((remote, Open { protocol, opened }));
    }

    fn handler(&self, remote: PeerId) -> Handler {
        Handler {
            remote,
            served: self.served.clone(),
            inbound: self.inbound.clone(),
            requests: VecDeque::new(),
        }
    }
}

impl NetworkBehaviour for Behaviour {
    type ConnectionHandler = Handler;
    type ToSwarm = Infallible;

    fn handle_established_inbound_connection(
        &mut self,
        _: ConnectionId,
        remote: PeerId,
        _: &Multiaddr,
        _: &Multiaddr,
    ) -> Result<THandler<Self>, ConnectionDenied> {
        Ok(self.handler(remote))
    }

    fn handle_established_outbound_connection(
        &mut self,
        _: ConnectionId,
        remote: PeerId,
        _: &Multiaddr,
        _: Endpoint,
        _: PortUse,
    ) -> Result<THandler<Self>, ConnectionDenied> {
        Ok(self.handler(remote))
    }

    fn on_swarm_event(&mut self, _: FromSwarm) {}

    fn on_connection_handler_event(&mut self, _: PeerId, _: ConnectionId, event: THandlerOutEvent<Self>) {
        match event {}
    }

    fn poll(&mut self, _: &mut Context<'_>) -> Poll<ToSwarm<Self::ToSwarm, THandlerInEvent<Self>>> {
        match self.requests.pop_front() {
            Some((peer_id, event)) => Poll::Ready(ToSwarm::NotifyHandler {
                peer_id,
                handler: NotifyHandler::Any,
                event,
            }),
            None => Poll::Pending,
        }
    }
}

pub struct Handler {
    remote: PeerId,
    served: Vec<StreamProtocol>,
    inbound: mpsc::UnboundedSender<Inbound>,
    requests: VecDeque<Open>,
}

impl ConnectionHandler for Handler {
    type FromBehaviour = Open;
    type ToBehaviour = Infallible;
    type InboundProtocol = OneOf;
    type OutboundProtocol = OneOf;
    type InboundOpenInfo = ();
    type OutboundOpenInfo = Opened;

    fn listen_protocol(&self) -> SubstreamProtocol<OneOf> {
        SubstreamProtocol::new(OneOf(self.served.clone()), ())
    }

    fn connection_keep_alive(&self) -> bool {
        true
    }

    fn poll(&mut self, _: &mut Context<'_>) -> Poll<ConnectionHandlerEvent<OneOf, Opened, Infallible>> {
        match self.requests.pop_front() {
            Some(Open { protocol, opened }) => Poll::Ready(ConnectionHandlerEvent::OutboundSubstreamRequest {
                protocol: SubstreamProtocol::new(OneOf(vec![protocol]), opened),
            }),
            None => Poll::Pending,
        }
    }

    fn on_behaviour_event(&mut self, request: Open) {
        self.requests.push_back(request);
    }

    fn on_connection_event(&mut self, event: ConnectionEvent<OneOf, OneOf, (), Opened>) {
        // Whoever asked for a stream or serves them may have ended, which ends the stream.
        match event {
            ConnectionEvent::FullyNegotiatedInbound(FullyNegotiatedInbound {
                protocol: (stream, protocol),
                ..
            }) => {
                let _ = self.inbound.send(Inbound {
                    remote: self.remote,
                    protocol,
                    stream,
                });
            }
            ConnectionEvent::FullyNegotiatedOutbound(FullyNegotiatedOutbound {
                protocol: (stream, _),
                info,
            }) => {
                let _ = info.send(Ok(stream));
            }
            ConnectionEvent::DialUpgradeError(DialUpgradeError { error, info }) => {
                let _ = info.send(Err(error.to_string()));
            }
            _ => {}
        }
    }
}

/// Negotiates one of the protocols, and leaves the stream as it is.
pub struct OneOf(Vec<StreamProtocol>);

impl UpgradeInfo for OneOf {
    type Info = StreamProtocol;
    type InfoIter = Vec<StreamProtocol>;

    fn protocol_info(&self) -> Self::InfoIter {
        self.0.clone()
    }
}

impl InboundUpgrade<Stream> for OneOf {
    type Output = (Stream, StreamProtocol);
    type Error = Infallible;
    type Future = Ready<Result<Self::Output, Infallible>>;

    fn upgrade_inbound(self, stream: Stream, protocol: StreamProtocol) -> Self::Future {
        ready(Ok((stream, protocol)))
    }
}

impl OutboundUpgrade<Stream> for OneOf {
    type Output = (Stream, StreamProtocol);
    type Error = Infallible;
    type Future = Ready<Result<Self::Output, Infallible>>;

    fn upgrade_outbound(self, stream: Stream, protocol: StreamProtocol) -> Self::Future {
        ready(Ok((stream, protocol)))
    }
}
