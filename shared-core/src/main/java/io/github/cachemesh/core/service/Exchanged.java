package io.github.cachemesh.core.service;

import java.util.List;

/**
 * The service's answer: each name that was asked for is in one of the lists, in the order of
 * asking. Closing it zeroes the values.
 */
public record Exchanged(List<GrantedCredential> granted, List<DeniedCredential> denied)
    implements AutoCloseable {
  public Exchanged {
    granted = List.copyOf(granted);
    denied = List.copyOf(denied);
  }

  @Override
  public void close() {
    granted.forEach(GrantedCredential::close);
  }
}
