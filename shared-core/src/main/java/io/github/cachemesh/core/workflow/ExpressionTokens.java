package io.github.cachemesh.core.workflow;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words of one expression, one after the other. */
final class ExpressionTokens {
  enum Kind {
    TEXT,
    NUMBER,
    NAME,
    SIGN,
    END
  }

  /**
   * @param text of a text without its quotes, of a name in lower case
   */
  record Token(Kind kind, String text) {
    boolean is(String sign) {
      return kind == Kind.SIGN && text.equals(sign);
    }
  }

  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final Pattern TEXT = Pattern.compile("'((?:[^']|'')*+)'");
  private static final Pattern NUMBER =
      Pattern.compile("0x[0-9a-fA-F]+|0o[0-7]+|[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
  private static final Pattern SIGN = Pattern.compile("&&|\\|\\||==|!=|<=|>=|[!<>()\\[\\].,*]");

  private final String text;
  private int position;
  private @Nullable Token next;

  ExpressionTokens(String text) {
    this.text = text;
  }

  Token peek() throws ExpressionException {
    Token token = next;
    if (token == null) {
      token = read();
      next = token;
    }
    return token;
  }

  Token take() throws ExpressionException {
    Token token = peek();
    next = null;
    return token;
  }

  /** Takes the sign if it comes next. */
  boolean took(String sign) throws ExpressionException {
    boolean there = peek().is(sign);
    if (there) {
      next = null;
    }
    return there;
  }

  void require(String sign) throws ExpressionException {
    if (!took(sign)) {
      throw new ExpressionException("expected " + sign);
    }
  }

  private Token read() throws ExpressionException {
    var _ = match(SPACE);
    if (position == text.length()) {
      return new Token(Kind.END, "");
    }
    return match(TEXT)
        .map(quoted -> quoted.substring(1, quoted.length() - 1).replace("''", "'"))
        .map(inner -> new Token(Kind.TEXT, inner))
        .or(() -> match(NAME).map(name -> new Token(Kind.NAME, name.toLowerCase(Locale.ROOT))))
        .or(() -> match(SIGN).map(sign -> new Token(Kind.SIGN, sign)))
        .or(() -> match(NUMBER).map(number -> new Token(Kind.NUMBER, number)))
        .orElseThrow(() -> new ExpressionException("a character that has no place in it"));
  }

  private Optional<String> match(Pattern pattern) {
    Matcher matcher = pattern.matcher(text).region(position, text.length());
    if (!matcher.lookingAt()) {
      return Optional.empty();
    }
    position = matcher.end();
    return Optional.of(matcher.group());
  }
}
