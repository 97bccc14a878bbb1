package io.github.cachemesh.testkit.github;

import java.time.Clock;
import java.util.Optional;

/** All endpoints, by host. */
final class Routes {
  private static final String UPLOADS_HOST = "uploads.github.com";

  private final Router api = new Router();
  private final Router uploads = new Router();
  private final StorageHosts storage;

  Routes(Clock clock, Apps apps) {
    SignedUrls signed = new SignedUrls(clock, new byte[] {1, 2, 3, 4});
    storage = new StorageHosts(signed);
    AccountEndpoints.register(api);
    AppEndpoints.register(api, apps);
    IssueEndpoints.register(api);
    LabelEndpoints.register(api);
    PullEndpoints.register(api);
    ReleaseEndpoints.register(api, signed);
    ActionsEndpoints.register(api, signed);
    ContentEndpoints.register(api);
    ScanEndpoints.register(api);
    WorkflowRunEndpoints.register(api);
    CommitEndpoints.register(api);
    RepositoryEndpoints.register(api);
    ReleaseEndpoints.registerUploads(uploads);
  }

  /** Whether the request is for a host with the API's limits. */
  static boolean isApi(ApiRequest request) {
    return request.host().equals(ApiRequest.API_HOST) || request.host().equals(UPLOADS_HOST);
  }

  Optional<Router.Match> find(ApiRequest request) {
    return switch (request.host()) {
      case ApiRequest.API_HOST -> api.find(request.method(), request.path());
      case UPLOADS_HOST -> uploads.find(request.method(), request.path());
      default -> storage.find(request.method(), request.path());
    };
  }
}
