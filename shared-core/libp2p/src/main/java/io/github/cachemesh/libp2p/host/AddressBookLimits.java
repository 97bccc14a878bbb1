package io.github.cachemesh.libp2p.host;

/**
 * Bounds on what an address book keeps, each above 0.
 *
 * @param peers that are not connected, by default {@value #PEERS}: beyond them the one is forgotten
 *     that was heard of longest ago. Connected ones are bounded by the limit on connections
 * @param addressesPerPeer by default {@value #ADDRESSES_PER_PEER}: beyond them the one is forgotten
 *     that would expire first, certified ones last
 */
public record AddressBookLimits(int peers, int addressesPerPeer) {
  static final int PEERS = 4096;
  static final int ADDRESSES_PER_PEER = 32;

  public static final AddressBookLimits DEFAULTS = new AddressBookLimits(PEERS, ADDRESSES_PER_PEER);

  /**
   * @throws IllegalArgumentException if one is not above 0
   */
  public AddressBookLimits {
    Bounds.positive("peers", peers);
    Bounds.positive("addressesPerPeer", addressesPerPeer);
  }
}
