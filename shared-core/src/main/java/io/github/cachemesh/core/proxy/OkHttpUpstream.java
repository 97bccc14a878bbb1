package io.github.cachemesh.core.proxy;

import io.github.cachemesh.actions.PromptSockets;
import io.github.cachemesh.core.http.Fields;
import java.io.IOException;
import java.net.ProxySelector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import okhttp3.Authenticator;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * Reaches GitHub with OkHttp: HTTP/2 where offered, connections shared by all clients.
 *
 * <p>Bounds: 10 s to connect, 60 s between two bytes of an answer or of a request, 64 idle
 * connections for 50 s (GitHub closes idle ones after a minute).
 */
public final class OkHttpUpstream implements Upstream {
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  static final Duration SILENCE_TIMEOUT = Duration.ofSeconds(60);

  private static final RequestContent NO_CONTENT =
      new RequestContent() {
        @Override
        public OptionalLong length() {
          return OptionalLong.of(0);
        }

        @Override
        public byte[] next() {
          return new byte[0];
        }
      };

  private final OkHttpClient safe;
  private final OkHttpClient unsafe;

  /**
   * @param proxies the way out, as the runner's environment says
   * @param trust certificates trusted besides those of the JDK
   */
  public OkHttpUpstream(
      ProxySelector proxies, Authenticator proxyAuthenticator, TrustedCertificates trust) {
    this.safe =
        new OkHttpClient.Builder()
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(true)
            .connectTimeout(CONNECT_TIMEOUT)
            .readTimeout(SILENCE_TIMEOUT)
            .writeTimeout(SILENCE_TIMEOUT)
            .connectionPool(new ConnectionPool(64, 50, TimeUnit.SECONDS))
            .socketFactory(new PromptSockets())
            .proxySelector(proxies)
            .proxyAuthenticator(proxyAuthenticator)
            .sslSocketFactory(trust.socketFactory(), trust.manager())
            .build();
    this.unsafe = safe.newBuilder().retryOnConnectionFailure(false).build();
  }

  @Override
  public Response send(Message message) throws IOException {
    boolean retryable = message.method().equals("GET") || message.method().equals("HEAD");
    Call call = (retryable ? safe : unsafe).newCall(request(message));
    message.abort().onAbort(call::cancel);
    okhttp3.Response response = call.execute();
    List<Map.Entry<String, String>> lines = new ArrayList<>();
    response.headers().forEach(line -> lines.add(Map.entry(line.getFirst(), line.getSecond())));
    return new Response(
        response.code(), HopByHop.stripped(Fields.of(lines)), response.body().byteStream());
  }

  private static Request request(Message message) throws IOException {
    HttpUrl url = HttpUrl.parse(message.url());
    if (url == null) {
      throw new IOException("the request's URL is malformed");
    }
    Headers.Builder headers = new Headers.Builder();
    for (Fields.Field field : message.fields().lines()) {
      headers.addUnsafeNonAscii(field.name(), field.value());
    }
    if (!message.unpacked() && !message.fields().has("Accept-Encoding")) {
      headers.add("Accept-Encoding", "identity");
    }
    return new Request.Builder()
        .url(url)
        .headers(headers.build())
        .method(message.method(), body(message))
        .build();
  }

  private static @Nullable RequestBody body(Message message) {
    Optional<RequestContent> content = message.content();
    if (content.isPresent()) {
      return new StreamedBody(content.get());
    }
    return switch (message.method()) {
      case "GET", "HEAD", "OPTIONS" -> null;
      default -> new StreamedBody(NO_CONTENT);
    };
  }

  @Override
  public void close() {
    safe.dispatcher().cancelAll();
    unsafe.dispatcher().cancelAll();
    safe.connectionPool().evictAll();
    safe.dispatcher().executorService().shutdown();
    unsafe.dispatcher().executorService().shutdown();
  }

  /** A client's content, passed on as it comes in; OkHttp sends a one-shot body once at most. */
  private static final class StreamedBody extends RequestBody {
    private final RequestContent content;

    StreamedBody(RequestContent content) {
      this.content = content;
    }

    @Override
    public @Nullable MediaType contentType() {
      return null;
    }

    @Override
    public long contentLength() {
      return content.length().orElse(-1);
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      for (byte[] chunk = content.next(); chunk.length > 0; chunk = content.next()) {
        sink.write(chunk);
        sink.flush();
      }
    }
  }
}
