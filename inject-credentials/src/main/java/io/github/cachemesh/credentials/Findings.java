package io.github.cachemesh.credentials;

import io.github.cachemesh.core.service.Lease;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of asking for credentials. Closing it zeroes the values.
 *
 * @param missing what is not there, which the job may be allowed to go without
 * @param refused what is there and not for this job, or not any more, which fails the step
 * @param leases by which post ends what was made for this job
 * @param remarks what the job's log should say besides
 */
record Findings(
    List<Acquired> acquired,
    List<Absent> missing,
    List<Absent> refused,
    List<Lease> leases,
    List<String> remarks)
    implements AutoCloseable {

  static final Findings NONE = new Findings(List.of(), List.of(), List.of(), List.of(), List.of());

  Findings {
    acquired = List.copyOf(acquired);
    missing = List.copyOf(missing);
    refused = List.copyOf(refused);
    leases = List.copyOf(leases);
    remarks = List.copyOf(remarks);
  }

  /**
   * A credential that the job does not get.
   *
   * @param why one sentence, without a value
   */
  record Absent(String name, String why) {
    @Override
    public String toString() {
      return name + ": " + why;
    }
  }

  /** These and others, after them. */
  Findings and(Findings more) {
    return new Findings(
        joined(acquired, more.acquired),
        joined(missing, more.missing),
        joined(refused, more.refused),
        joined(leases, more.leases),
        joined(remarks, more.remarks));
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  @Override
  public void close() {
    acquired.forEach(Acquired::close);
  }
}
