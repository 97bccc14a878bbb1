package io.github.cachemesh.core.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.regex.Pattern;

/** An absolute http or https address; user information is refused so that none is ever logged. */
record UriType() implements ScalarType {
  private static final Pattern SHAPE = Pattern.compile("^https?://[^/?#@\\s]+(/[^?#\\s]*)?$");

  @Override
  public Object decode(Word word) throws RejectedValueException {
    if (!word.isText()) {
      throw new RejectedValueException(allowed(), word.kind());
    }
    if (word.text().length() > TextType.MAX_LENGTH || !SHAPE.matcher(word.text()).matches()) {
      throw new RejectedValueException(allowed(), "another text");
    }
    try {
      URI uri = new URI(word.text());
      if (uri.getHost() != null && uri.getPort() <= 65_535) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Told below, without the text.
    }
    throw new RejectedValueException(allowed(), "another text");
  }

  @Override
  public String allowed() {
    return "an http or https address without user information, query or fragment";
  }

  @Override
  public Map<String, Object> schema() {
    return Map.of("type", "string", "format", "uri", "pattern", SHAPE.pattern());
  }
}
