package io.github.cachemesh.core.credential;

import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import io.github.cachemesh.core.envelope.EnvelopeException;
import io.github.cachemesh.core.envelope.Sealed;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The members of one object of a file, each of the type that is asked for or refused by its name.
 *
 * @param where the object is, for messages
 */
record JsonFields(JsonNode node, String where) {
  boolean has(String name) {
    return node.has(name);
  }

  String text(String name) throws StoreRefusedException {
    JsonNode value = node.path(name);
    if (!value.isString()) {
      throw wrong(name, "is no text");
    }
    return value.stringValue();
  }

  long number(String name, long least, long most) throws StoreRefusedException {
    JsonNode value = node.path(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw wrong(name, "is no whole number");
    }
    long number = value.longValue();
    if (number < least || number > most) {
      throw wrong(name, "is not within %d and %d".formatted(least, most));
    }
    return number;
  }

  boolean flag(String name) throws StoreRefusedException {
    JsonNode value = node.path(name);
    if (!value.isBoolean()) {
      throw wrong(name, "is neither true nor false");
    }
    return value.booleanValue();
  }

  Base64Text bytes(String name) throws StoreRefusedException {
    try {
      return new Base64Text(text(name));
    } catch (IllegalArgumentException _) {
      throw wrong(name, "is no unpadded base64url");
    }
  }

  Sealed box(String name) throws StoreRefusedException {
    try {
      return Sealed.of(bytes(name).bytes());
    } catch (EnvelopeException e) {
      throw wrong(name, "is none: " + e.getMessage());
    }
  }

  boolean isList(String name) {
    return node.path(name).isArray();
  }

  List<JsonFields> list(String name, int most) throws StoreRefusedException {
    JsonNode values = node.path(name);
    if (!values.isArray() || values.size() > most) {
      throw wrong(name, "is no list of at most " + most);
    }
    List<JsonFields> list = new ArrayList<>();
    for (JsonNode value : values) {
      list.add(new JsonFields(value, "%s[%d]".formatted(name, list.size())));
    }
    return list;
  }

  StoreRefusedException wrong(String name, String how) {
    return new StoreRefusedException(Fault.CORRUPT, "%s: '%s' %s".formatted(where, name, how));
  }
}
