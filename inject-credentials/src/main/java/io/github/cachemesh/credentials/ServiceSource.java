package io.github.cachemesh.credentials;

import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.core.service.DeniedCredential;
import io.github.cachemesh.core.service.Exchanged;
import io.github.cachemesh.core.service.GrantedCredential;
import io.github.cachemesh.core.service.Lease;
import io.github.cachemesh.core.service.ServiceClient;
import io.github.cachemesh.core.service.ServiceException;
import io.github.cachemesh.core.service.TokenSource;
import io.github.cachemesh.credentials.Findings.Absent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The credential service, to which the job proves itself by an OIDC token. */
final class ServiceSource implements CredentialSource {
  private final ServiceClient client;
  private final TokenSource tokens;

  ServiceSource(ServiceClient client, TokenSource tokens) {
    this.client = client;
    this.tokens = tokens;
  }

  @Override
  public Findings find(List<String> names) throws InterruptedException {
    try (Exchanged exchanged = client.exchange(names, tokens)) {
      return findings(exchanged);
    } catch (ServiceException e) {
      throw new ActionFailure(
          "Nothing was injected: " + e.getMessage() + ".",
          "See 'service-url', 'service-key' and 'ca', and the service's log and audit.",
          e);
    } catch (IllegalArgumentException e) {
      throw new ActionFailure(
          "Nothing was injected: " + e.getMessage() + ".", "Change 'credential-names'.", e);
    }
  }

  static Findings findings(Exchanged exchanged) {
    List<Acquired> acquired = new ArrayList<>();
    List<Lease> leases = new ArrayList<>();
    for (GrantedCredential granted : exchanged.granted()) {
      granted.lease().ifPresent(leases::add);
      acquired.add(
          new Acquired(
              granted.name(),
              granted.value(),
              "the service's grant " + granted.grant(),
              Optional.of(granted.export()),
              Optional.of(granted.expires()),
              granted.lease().isPresent()));
    }
    List<Absent> missing = new ArrayList<>();
    List<Absent> refused = new ArrayList<>();
    for (DeniedCredential denied : exchanged.denied()) {
      boolean notThere = denied.reason() == DeniedCredential.Reason.NOT_FOUND;
      (notThere ? missing : refused).add(new Absent(denied.name(), denied.reason().text()));
    }
    return new Findings(acquired, missing, refused, leases, List.of());
  }
}
