package io.github.cachemesh.core.sarif;

import io.github.cachemesh.core.sarif.InvalidSarifException.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON text that is read once, from its first value to its last: each method reads the value at
 * the cursor, and what nobody asks for is skipped without being held. {@code null} counts as
 * absent. A member that is read may be there once only, since readers differ in which of two they
 * take. Failures are {@link InvalidSarifException} or Jackson's. Not thread-safe.
 */
final class JsonCursor implements AutoCloseable {
  private final JsonParser parser;
  private final JsonFactory factory;

  /** The members read so far of the objects that are open. */
  private final List<String> members = new ArrayList<>();

  /** Reads a member's value, or answers false to have it skipped. */
  @FunctionalInterface
  interface Member {
    boolean read(String name) throws IOException;
  }

  /** Reads an element of an array. */
  @FunctionalInterface
  interface Element {
    void read() throws IOException;
  }

  /** UTF-8 only, strictly; {@code in} is not closed. */
  JsonCursor(InputStream in, SarifBounds bounds) {
    factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(bounds.maxDepth())
                    .maxStringLength(bounds.maxText())
                    .maxNameLength(bounds.maxText())
                    .maxNumberLength(bounds.maxText())
                    .build())
            // A table of all names would grow with the file.
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();
    parser =
        factory.createParser(
            ObjectReadContext.empty(),
            new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
  }

  /** Moves to the only value of the text. */
  void start() throws IOException {
    if (parser.nextToken() == null) {
      throw new InvalidSarifException(Fault.TRUNCATED, "it is empty");
    }
  }

  /** Makes sure that nothing follows. */
  void end() throws IOException {
    if (parser.nextToken() != null) {
      throw new InvalidSarifException(Fault.NOT_JSON, "text follows its value");
    }
  }

  void object(Member member) throws IOException {
    if (isAbsent(JsonToken.START_OBJECT, "an object")) {
      return;
    }
    int mark = members.size();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      if (!member.read(name)) {
        parser.skipChildren();
      } else if (members.subList(mark, members.size()).contains(name)) {
        throw fault(Fault.REPEATED);
      } else {
        members.add(name);
      }
    }
    members.subList(mark, members.size()).clear();
  }

  /** Answers whether there is an array. */
  boolean array(Element element) throws IOException {
    if (isAbsent(JsonToken.START_ARRAY, "an array")) {
      return false;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      element.read();
    }
    return true;
  }

  /** How many elements an array has. */
  int length() throws IOException {
    int[] length = {0};
    array(
        () -> {
          length[0]++;
          parser.skipChildren();
        });
    return length[0];
  }

  @Nullable String text() throws IOException {
    return isAbsent(JsonToken.VALUE_STRING, "a string") ? null : parser.getString();
  }

  /** A whole number in the range of {@code int}. */
  @Nullable Integer number() throws IOException {
    return isAbsent(JsonToken.VALUE_NUMBER_INT, "a whole number") ? null : parser.getIntValue();
  }

  @Nullable Boolean flag() throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw wrongType("true or false");
    };
  }

  /** The value as JSON without white space. */
  String compact(int maxCharacters) throws IOException {
    BoundedText text = new BoundedText(maxCharacters, fault(Fault.TOO_LARGE));
    try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), text)) {
      json.copyCurrentStructure(parser);
    }
    return text.toString();
  }

  InvalidSarifException wrongType(String expected) {
    return new InvalidSarifException(Fault.WRONG_TYPE, place() + " must be " + expected);
  }

  InvalidSarifException fault(Fault fault) {
    return new InvalidSarifException(fault, place());
  }

  /** The place as a JSON Pointer; only of members that are read, whose names we know. */
  private String place() {
    String pointer = parser.streamReadContext().pathAsPointer().toString();
    return pointer.isEmpty() ? "the whole" : pointer;
  }

  /** The place as line and column, when it may lie in what is skipped. */
  String position() {
    var location = parser.currentLocation();
    return "line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  int depth() {
    return parser.streamReadContext().getNestingDepth();
  }

  private boolean isAbsent(JsonToken expected, String name) throws IOException {
    JsonToken token = parser.currentToken();
    if (token != expected && token != JsonToken.VALUE_NULL) {
      throw wrongType(name);
    }
    return token == JsonToken.VALUE_NULL;
  }

  @Override
  public void close() {
    parser.close();
  }
}
