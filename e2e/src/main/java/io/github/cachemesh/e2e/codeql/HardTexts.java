package io.github.cachemesh.e2e.codeql;

import io.github.cachemesh.core.sarif.LineHash;
import io.github.cachemesh.core.sarif.LineHashes;
import io.github.cachemesh.e2e.Report;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Texts whose lines are hard to hash, hashed by our reader and by node. */
final class HardTexts {
  private static final int RANDOM_TEXTS = 200;
  private static final int MAX_BYTES = 600;
  private static final byte[] ALPHABET = {
    '\r',
    '\n',
    ' ',
    '\t',
    'a',
    'b',
    0,
    (byte) 0xEF,
    (byte) 0xBB,
    (byte) 0xBF,
    (byte) 0xF0,
    (byte) 0x9F,
    (byte) 0x98,
    (byte) 0x80,
    (byte) 0xC3,
    (byte) 0xA9,
    (byte) 0xFF
  };

  private HardTexts() {}

  static void compare(Oracle oracle, Report report, Path file) throws IOException {
    report.heading("Fingerprints, by our reader and by node");
    for (Map.Entry<String, byte[]> text : named().entrySet()) {
      report.fact(text.getKey(), same(oracle, file, text.getValue()), "equal");
    }
    Random random = new Random(1);
    int equal = 0;
    for (int i = 0; i < RANDOM_TEXTS; i++) {
      byte[] text = new byte[random.nextInt(MAX_BYTES)];
      for (int at = 0; at < text.length; at++) {
        text[at] = ALPHABET[random.nextInt(ALPHABET.length)];
      }
      equal += same(oracle, file, text) ? 1 : 0;
    }
    report.fact("texts at random", equal == RANDOM_TEXTS, equal + " equal");
  }

  private static boolean same(Oracle oracle, Path file, byte[] text) throws IOException {
    Files.write(file, text);
    List<String> expected = oracle.lineHashes(file);
    LineHashes hashes = LineHashes.of(new ByteArrayInputStream(text)).orElseThrow();
    return new ArrayList<>(
            hashes
                .of(IntStream.rangeClosed(1, hashes.count()).boxed().collect(Collectors.toSet()))
                .values())
        .stream().map(LineHash::text).toList().equals(expected);
  }

  private static Map<String, byte[]> named() {
    Map<String, byte[]> texts = new LinkedHashMap<>();
    texts.put("empty", new byte[0]);
    texts.put("CRLF", utf8("a\r\n\tb \r\n\r\nc\rd\r \ne"));
    texts.put("byte order mark", utf8("\uFEFFa\n\uFEFFb\n"));
    texts.put("beyond the basic plane", utf8("😀 = 𝒳\n".repeat(60)));
    texts.put("no UTF-8", "caf\u00e9\n\u00ff\u00fe\u00c3(\n".getBytes(StandardCharsets.ISO_8859_1));
    texts.put("equal lines", utf8("same\n".repeat(130)));
    return texts;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
