package io.github.cachemesh.core.service;

import io.github.cachemesh.core.service.ServiceException.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Sends one request to the service and takes the bytes that answer it, at most {@link
 * Wire#MAX_ANSWER_BYTES} within 30 s. Follows no redirect. Thread-safe; blocks.
 */
final class Post {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration TOTAL = Duration.ofSeconds(30);
  private static final MediaType TYPE = MediaType.get(Wire.REQUEST_TYPE);

  private final OkHttpClient http;

  Post(OkHttpClient http) {
    this.http =
        http.newBuilder()
            .followRedirects(false)
            .followSslRedirects(false)
            // Silently sent twice, a request would be refused as replayed.
            .retryOnConnectionFailure(false)
            .cache(null)
            .connectTimeout(CONNECT)
            .callTimeout(TOTAL)
            .build();
  }

  byte[] send(URI page, byte[] request) throws ServiceException {
    Request message =
        new Request.Builder()
            .url(page.toString())
            .header("Accept", Wire.ANSWER_TYPE)
            .header("User-Agent", "cachemesh")
            .post(RequestBody.create(request, TYPE))
            .build();
    try (Response response = http.newCall(message).execute();
        InputStream body = response.body().byteStream()) {
      String type = response.header("Content-Type", "");
      if (!Wire.ANSWER_TYPE.equals(type)) {
        throw unsealed(page, response.code());
      }
      byte[] answer = body.readNBytes(Wire.MAX_ANSWER_BYTES + 1);
      if (answer.length > Wire.MAX_ANSWER_BYTES) {
        throw new ServiceException(
            Fault.UNUSABLE,
            "the answer of %s is longer than %d bytes".formatted(page, Wire.MAX_ANSWER_BYTES));
      }
      return answer;
    } catch (ServiceException e) {
      throw e;
    } catch (IOException e) {
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new ServiceException(
          Fault.UNREACHABLE, "%s does not answer: %s".formatted(page, reason), e);
    }
  }

  private static ServiceException unsealed(URI page, int status) {
    return switch (status) {
      case 429, 502, 503, 504 ->
          new ServiceException(
              Fault.BUSY, "%s takes no request just now (status %d)".formatted(page, status));
      default ->
          new ServiceException(
              Fault.UNUSABLE,
              "%s answers with status %d and nothing sealed: is it the credential service, and of"
                      .formatted(page, status)
                  + " this version?");
    };
  }
}
