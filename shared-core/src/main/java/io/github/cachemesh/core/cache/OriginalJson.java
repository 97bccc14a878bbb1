package io.github.cachemesh.core.cache;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * JSON exactly as Python's {@code json.dumps(value, sort_keys=True)} writes it: {@code ", "} and
 * {@code ": "} between, everything outside printable ASCII escaped, keys in order of code points,
 * floats as {@code repr} gives them.
 */
final class OriginalJson {
  /** Strings by code point, where {@link String#compareTo} goes by UTF-16 unit. */
  private static final Comparator<String> BY_CODE_POINT =
      (a, b) -> {
        Iterator<Integer> left = a.codePoints().iterator();
        Iterator<Integer> right = b.codePoints().iterator();
        while (left.hasNext() && right.hasNext()) {
          int order = Integer.compare(left.next(), right.next());
          if (order != 0) {
            return order;
          }
        }
        return Boolean.compare(left.hasNext(), right.hasNext());
      };

  private final StringBuilder out = new StringBuilder();

  private OriginalJson() {}

  static String dumps(JsonNode value) {
    OriginalJson json = new OriginalJson();
    json.write(value);
    return json.out.toString();
  }

  private void write(JsonNode value) {
    if (value.isObject()) {
      writeObject(value);
    } else if (value.isArray()) {
      writeArray(value);
    } else if (value.isString()) {
      writeString(value.stringValue());
    } else if (value.isIntegralNumber()) {
      out.append(value.bigIntegerValue());
    } else if (value.isNumber()) {
      out.append(repr(value.doubleValue()));
    } else {
      out.append(value.isNull() ? "null" : value.booleanValue());
    }
  }

  private void writeObject(JsonNode object) {
    List<String> names = object.propertyNames().stream().sorted(BY_CODE_POINT).toList();
    String separator = "{";
    for (String name : names) {
      out.append(separator);
      writeString(name);
      out.append(": ");
      write(object.path(name));
      separator = ", ";
    }
    out.append(names.isEmpty() ? "{}" : "}");
  }

  private void writeArray(JsonNode array) {
    String separator = "[";
    for (JsonNode element : array) {
      out.append(separator);
      write(element);
      separator = ", ";
    }
    out.append(array.isEmpty() ? "[]" : "]");
  }

  private void writeString(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\f' -> out.append("\\f");
        case '\b' -> out.append("\\b");
        default -> {
          if (c >= ' ' && c <= '~') {
            out.append(c);
          } else {
            out.append("\\u%04x".formatted((int) c));
          }
        }
      }
    }
    out.append('"');
  }

  /** The shortest decimal that reads as this double; with an exponent below 1e-4 and from 1e16. */
  static String repr(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "Infinity" : "-Infinity";
    }
    String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
    if (value == 0) {
      return sign + "0.0";
    }
    BigDecimal shortest = shortest(Math.abs(value));
    String digits = shortest.unscaledValue().toString();
    int exponent = digits.length() - shortest.scale() - 1;
    return sign
        + (exponent < -4 || exponent >= 16 ? scientific(digits, exponent) : plain(shortest));
  }

  private static BigDecimal shortest(double value) {
    // Double.toString gives the shortest, but never fewer than two digits.
    BigDecimal oneDigit = new BigDecimal(value).round(new MathContext(1, RoundingMode.HALF_EVEN));
    BigDecimal shortest =
        oneDigit.doubleValue() == value ? oneDigit : new BigDecimal(Double.toString(value));
    return shortest.stripTrailingZeros();
  }

  private static String plain(BigDecimal value) {
    return value.scale() <= 0 ? value.toPlainString() + ".0" : value.toPlainString();
  }

  private static String scientific(String digits, int exponent) {
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return "%se%s%02d".formatted(mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }
}
