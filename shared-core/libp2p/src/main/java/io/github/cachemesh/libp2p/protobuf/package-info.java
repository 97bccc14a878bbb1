/**
 * The protobuf wire format, read and written field by field.
 *
 * <p>There is no generated code: the messages of libp2p are few and small, keys need one exact
 * encoding, each field has a bound of its own, and a runtime of 0.9 MB that starts by reflection is
 * dear for that. To add a message, write a record with two methods:
 *
 * <pre>{@code
 * record Reservation(long expire, List<byte[]> addresses) {
 *   byte[] encoded() {
 *     ProtobufWriter out = new ProtobufWriter().uint64(1, expire);
 *     addresses.forEach(address -> out.bytes(2, address));
 *     return out.toBytes();
 *   }
 *
 *   static Reservation decode(byte[] bytes) {
 *     long expire = 0;
 *     List<byte[]> addresses = new ArrayList<>();
 *     ProtobufReader in = new ProtobufReader("Reservation", bytes);
 *     while (in.next()) {
 *       switch (in.field()) {
 *         case 1 -> expire = in.uint64();
 *         case 2 -> addresses.add(in.bytes(Multiaddr.MAX_BYTES));
 *         default -> {} // Unknown fields are skipped.
 *       }
 *     }
 *     return new Reservation(expire, addresses);
 *   }
 * }
 * }</pre>
 */
@NullMarked
package io.github.cachemesh.libp2p.protobuf;

import org.jspecify.annotations.NullMarked;
