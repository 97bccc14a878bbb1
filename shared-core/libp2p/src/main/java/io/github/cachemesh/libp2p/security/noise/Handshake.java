package io.github.cachemesh.libp2p.security.noise;

import static java.util.Objects.requireNonNull;

import io.github.cachemesh.libp2p.core.HandshakeException;
import io.github.cachemesh.libp2p.core.Role;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.util.List;
import java.util.function.Supplier;
import javax.crypto.AEADBadTagException;
import org.jspecify.annotations.Nullable;

/**
 * One end of a handshake of the pattern XX: three messages in turns, after which both ends know
 * each other's static key and share two keys that nobody else has (Noise revision 34, sections 5.3
 * and 7.5). Does no I/O. After an exception it must not be used. For one thread at a time.
 */
final class Handshake {
  /** The most bytes of a message. */
  static final int MAX_MESSAGE_BYTES = 65_535;

  private enum Token {
    E,
    S,
    EE,
    ES,
    SE
  }

  private static final List<List<Token>> PATTERN =
      List.of(
          List.of(Token.E),
          List.of(Token.E, Token.EE, Token.S, Token.ES),
          List.of(Token.S, Token.SE));

  private final Role role;
  private final KeyPair own;
  private final KeyPair ownEphemeral;
  private final SymmetricState symmetric = new SymmetricState();
  private byte @Nullable [] remote;
  private byte @Nullable [] remoteEphemeral;
  private int turn;

  /**
   * @param own the static key pair
   * @param ephemeral makes a key pair that is used for this handshake only
   * @param prologue what both ends have to agree on; may be empty
   */
  Handshake(Role role, KeyPair own, Supplier<KeyPair> ephemeral, byte[] prologue) {
    this.role = role;
    this.own = own;
    this.ownEphemeral = ephemeral.get();
    symmetric.mixHash(prologue);
  }

  /** Whether the next message is this end's. */
  boolean isOwnTurn() {
    return !isWhole() && (turn % 2 == 0) == (role == Role.DIALER);
  }

  boolean isWhole() {
    return turn == PATTERN.size();
  }

  /** This end's next message. The first one's payload is not encrypted. */
  byte[] write(byte[] payload) throws HandshakeException {
    if (!isOwnTurn()) {
      throw new IllegalStateException("it is not this end's turn");
    }
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    for (Token token : PATTERN.get(turn)) {
      switch (token) {
        case E -> {
          message.writeBytes(ownEphemeral.publicKey());
          symmetric.mixHash(ownEphemeral.publicKey());
        }
        case S -> message.writeBytes(symmetric.encryptAndHash(own.publicKey()));
        case EE, ES, SE -> mix(token);
      }
    }
    message.writeBytes(symmetric.encryptAndHash(payload));
    turn++;
    return message.toByteArray();
  }

  /**
   * Takes the other end's next message.
   *
   * @return its payload
   * @throws HandshakeException if it is too short or too long, was not made for this handshake, or
   *     has a key that makes no secret
   */
  byte[] read(byte[] message) throws HandshakeException {
    if (isOwnTurn() || isWhole()) {
      throw new IllegalStateException("it is not the other end's turn");
    }
    if (message.length > MAX_MESSAGE_BYTES) {
      throw new HandshakeException(
          "a Noise message of " + message.length + " bytes, where 65535 are allowed");
    }
    ByteBuffer in = ByteBuffer.wrap(message);
    try {
      for (Token token : PATTERN.get(turn)) {
        switch (token) {
          case E -> {
            remoteEphemeral = take(in, KeyPair.KEY_BYTES);
            symmetric.mixHash(remoteEphemeral);
          }
          case S ->
              remote = symmetric.decryptAndHash(take(in, KeyPair.KEY_BYTES + symmetric.tagBytes()));
          case EE, ES, SE -> mix(token);
        }
      }
      byte[] payload = symmetric.decryptAndHash(take(in, in.remaining()));
      turn++;
      return payload;
    } catch (AEADBadTagException e) {
      throw new HandshakeException(
          "Noise message " + (turn + 1) + " of 3 does not belong to this handshake", e);
    }
  }

  private byte[] take(ByteBuffer in, int bytes) throws HandshakeException {
    if (in.remaining() < bytes) {
      throw new HandshakeException("Noise message " + (turn + 1) + " of 3 is too short");
    }
    byte[] taken = new byte[bytes];
    in.get(taken);
    return taken;
  }

  private void mix(Token token) throws HandshakeException {
    // The first letter names the initiator's key, the second the responder's.
    boolean ownIsStatic = token == (role == Role.DIALER ? Token.SE : Token.ES);
    boolean remoteIsStatic = token == (role == Role.DIALER ? Token.ES : Token.SE);
    byte[] theirs = requireNonNull(remoteIsStatic ? remote : remoteEphemeral);
    try {
      symmetric.mixKey((ownIsStatic ? own : ownEphemeral).agree(theirs));
    } catch (InvalidKeyException e) {
      throw new HandshakeException("the other end's Noise key is a point of small order", e);
    }
  }

  /** The other end's static key, which is authentic in so far as the payloads vouch for it. */
  byte @Nullable [] remoteKey() {
    return remote == null ? null : remote.clone();
  }

  /** The hash of the whole handshake, for binding to the channel. */
  byte[] hash() {
    return symmetric.hash();
  }

  /** The keys of this end, once the handshake is whole; to be called once. */
  TransportKeys split() {
    if (!isWhole()) {
      throw new IllegalStateException("the handshake is not over");
    }
    CipherState[] keys = symmetric.split();
    return role == Role.DIALER
        ? new TransportKeys(keys[0], keys[1])
        : new TransportKeys(keys[1], keys[0]);
  }
}
