package io.github.cachemesh.credentials;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import tools.jackson.databind.json.JsonMapper;

/** Secrets of awkward shapes, made of random markers of 12 bytes by which they are found again. */
final class Shapes {
  private static final int MARKER_BYTES = 12;

  private final SecureRandom random = new SecureRandom();
  private final List<String> markers = new ArrayList<>();
  private final Map<String, String> values = new LinkedHashMap<>();

  Shapes() {
    String pem = "-----BEGIN PRIVATE KEY-----\n";
    for (int line = 0; line < 6; line++) {
      pem += "MIIE" + marker() + marker() + "+/ab12=" + "\n";
    }
    values.put("PEM", pem + "Q==\n-----END PRIVATE KEY-----\n");
    values.put("PLAIN", marker());
    values.put("PERCENT", "100%" + marker() + "%0A%25%0D" + marker() + "%");
    values.put("COLONS", ":" + marker() + "::" + marker() + ":::x::" + marker() + "::");
    values.put(
        "COMMAND", "::warning title=" + marker() + "::" + marker() + "\n##[error]" + marker());
    values.put("CRLF", marker() + "\r\n" + marker() + "\r\n");
    values.put(
        "DELIMITER", marker() + "\nEOF\nINJECTED=" + marker() + "\nINJECTED<<EOF\n" + marker());
    values.put(
        "JSON",
        "{\n  \"user\": \""
            + marker()
            + "\",\n  \"key\": {\n    \"a\\\\b\": \""
            + marker()
            + "\"\n  }\n}\n");
    values.put("UNICODE", "pässwörd " + marker() + " \uD83D\uDD11 ключ " + marker() + "\u2028");
    values.put("QUOTES", "'" + marker() + "\" \\ $(id) `id` & <" + marker() + "> *");
    values.put("SPACES", "  \t" + marker() + "  \n\n   " + marker() + " \n");
    values.put("NESTED", values.get("PLAIN") + marker());
  }

  /** A value of several lines of that many characters, about. */
  String large(int characters) {
    StringBuilder text = new StringBuilder();
    while (text.length() < characters) {
      text.append(marker());
      for (int i = 0; i < 50; i++) {
        text.append(hex());
      }
      text.append('\n');
    }
    return text.substring(0, characters);
  }

  /** Has one value instead of all these. */
  void only(String name, String value) {
    values.clear();
    values.put(name, value);
    markers.removeIf(marker -> !value.contains(marker));
  }

  /** By name. */
  Map<String, String> values() {
    return values;
  }

  /** The markers as they are. */
  List<String> markers() {
    return markers;
  }

  /** The markers, and how base64 shows them, whatever precedes them. */
  List<String> traces() {
    List<String> traces = new ArrayList<>(markers);
    for (String marker : markers) {
      for (int shift = 0; shift < 3; shift++) {
        byte[] middle = marker.substring(shift, shift + 21).getBytes(StandardCharsets.US_ASCII);
        traces.add(Base64.getEncoder().encodeToString(middle));
      }
    }
    return traces;
  }

  /** As the input {@code credentials} has them. */
  String json() {
    StringJoiner entries = new StringJoiner(",", "[", "]");
    values.forEach(
        (name, value) ->
            entries.add(
                JsonMapper.shared().writeValueAsString(Map.of("name", name, "value", value))));
    return entries.toString();
  }

  private String marker() {
    String marker = hex();
    markers.add(marker);
    return marker;
  }

  private String hex() {
    byte[] bytes = new byte[MARKER_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
