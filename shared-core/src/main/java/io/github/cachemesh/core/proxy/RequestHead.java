package io.github.cachemesh.core.proxy;

import io.github.cachemesh.core.http.Fields;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.Optional;

/** The head of a client's request, as it came off the wire. Pure. */
record RequestHead(HttpRequest message) {

  /** What is wrong with it, as the reply that says so; nothing else may be asked of it then. */
  Optional<Reply> problem() {
    if (message.decoderResult().isFailure()) {
      return Optional.of(undecodable(message.decoderResult().cause()));
    }
    if (message.headers().getAll(HttpHeaderNames.HOST).size() > 1) {
      return Optional.of(Problem.reply(400, "the request has more than one Host"));
    }
    return switch (message.method().name()) {
      case "CONNECT", "TRACE" ->
          Optional.of(Problem.reply(501, message.method() + " is not offered"));
      case "GET", "HEAD" ->
          hasContent()
              ? Optional.of(Problem.reply(400, message.method() + " takes no content"))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Reply undecodable(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException _ ->
          Problem.reply(414, "the request line is longer than 16 KiB");
      case TooLongHttpHeaderException _ ->
          Problem.reply(431, "the request's fields are longer than 64 KiB");
      default -> Problem.reply(400, "the request is not HTTP/1.1");
    };
  }

  boolean hasContent() {
    return HttpUtil.isTransferEncodingChunked(message)
        || HttpUtil.getContentLength(message, 0L) > 0;
  }

  Exchanges.Incoming incoming(Optional<Upstream.RequestContent> content, AbortSignal abort) {
    Fields fields = Fields.of(message.headers().entries());
    String host = fields.first("Host").orElse("");
    String target = message.uri();
    int scheme = target.indexOf("://");
    if (scheme > 0 && target.indexOf('/') > scheme) {
      int path = target.indexOf('/', scheme + 3);
      host = path < 0 ? target.substring(scheme + 3) : target.substring(scheme + 3, path);
      target = path < 0 ? "/" : target.substring(path);
    }
    return new Exchanges.Incoming(
        message.method().name(), message.uri(), host, target, fields, content, abort);
  }
}
