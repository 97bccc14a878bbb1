package io.github.cachemesh.core.proxy;

import io.github.cachemesh.core.http.Fields;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the API's absolute URLs in {@code Link} and {@code Location} into the base URL that the
 * client uses, so that the next page comes through the proxy too.
 *
 * @param apiUrls how the API calls itself, without a trailing slash
 * @param baseUrl how the client calls it, without a trailing slash
 */
record BaseUrlRewriting(List<String> apiUrls, String baseUrl) {

  Fields applied(Fields response) {
    return rewritten(rewritten(response, "Link"), "Location");
  }

  private Fields rewritten(Fields fields, String name) {
    List<String> values = fields.all(name);
    if (values.isEmpty()) {
      return fields;
    }
    List<String> changed = new ArrayList<>(values.size());
    for (String value : values) {
      changed.add(name.equals("Link") ? links(value) : location(value));
    }
    return fields.with(name, String.join(", ", changed));
  }

  private String links(String value) {
    String changed = value;
    for (String api : apiUrls) {
      changed = changed.replace("<" + api + "/", "<" + baseUrl + "/");
    }
    return changed;
  }

  private String location(String value) {
    for (String api : apiUrls) {
      if (value.startsWith(api + "/")) {
        return baseUrl + value.substring(api.length());
      }
    }
    return value;
  }
}
