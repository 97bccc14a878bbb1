package io.github.cachemesh.core.workflow;

import io.github.cachemesh.core.workflow.ExpressionTokens.Kind;
import io.github.cachemesh.core.workflow.ExpressionTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Parses expressions as GitHub does: {@code ||} binds weakest, then {@code &&}, equality, order,
 * {@code !}. Bounds: {@link #MAX_CHARS} characters and {@link #MAX_DEPTH} levels.
 */
final class ExpressionParser {
  static final int MAX_CHARS = 21_000;
  static final int MAX_DEPTH = 50;

  private static final List<Set<String>> OPERATORS =
      List.of(Set.of("||"), Set.of("&&"), Set.of("==", "!="), Set.of("<", "<=", ">", ">="));
  private static final Set<String> WORDS = Set.of("true", "false", "null", "nan", "infinity");

  private final ExpressionTokens tokens;
  private int depth;

  private ExpressionParser(ExpressionTokens tokens) {
    this.tokens = tokens;
  }

  /**
   * @param text without <code>${{ }}</code>
   * @throws ExpressionException when it is none, or breaks a bound
   */
  static Expression parse(String text) throws ExpressionException {
    if (text.length() > MAX_CHARS) {
      throw new ExpressionException("longer than " + MAX_CHARS + " characters");
    }
    ExpressionParser parser = new ExpressionParser(new ExpressionTokens(text));
    Expression expression = parser.operation(0);
    if (parser.tokens.peek().kind() != Kind.END) {
      throw new ExpressionException("something follows it");
    }
    return expression;
  }

  private Expression operation(int level) throws ExpressionException {
    if (level == OPERATORS.size()) {
      return unary();
    }
    Expression left = operation(level + 1);
    int before = depth;
    while (tokens.peek().kind() == Kind.SIGN
        && OPERATORS.get(level).contains(tokens.peek().text())) {
      // What is chained makes the tree deeper too.
      deeper();
      String operator = tokens.take().text();
      left = new Expression.Operation(operator, left, operation(level + 1));
    }
    depth = before;
    return left;
  }

  private Expression unary() throws ExpressionException {
    deeper();
    Expression expression =
        tokens.took("!") ? new Expression.Not(unary()) : members(primary(tokens.take()));
    depth--;
    return expression;
  }

  private Expression primary(Token token) throws ExpressionException {
    if (token.is("(")) {
      Expression inner = operation(0);
      tokens.require(")");
      return inner;
    }
    return switch (token.kind()) {
      case TEXT -> new Expression.Text(token.text());
      case NUMBER -> new Expression.Constant(token.text());
      case NAME -> named(token.text());
      case SIGN, END -> throw new ExpressionException("a value is missing");
    };
  }

  private Expression named(String name) throws ExpressionException {
    if (tokens.took("(")) {
      return new Expression.Call(name, arguments());
    }
    return WORDS.contains(name) ? new Expression.Constant(name) : new Expression.Context(name);
  }

  private List<Expression> arguments() throws ExpressionException {
    List<Expression> arguments = new ArrayList<>();
    if (tokens.took(")")) {
      return arguments;
    }
    do {
      arguments.add(operation(0));
    } while (tokens.took(","));
    tokens.require(")");
    return arguments;
  }

  private Expression members(Expression of) throws ExpressionException {
    Expression expression = of;
    int before = depth;
    while (true) {
      if (tokens.took(".")) {
        deeper();
        expression = new Expression.Member(expression, memberName());
      } else if (tokens.took("[")) {
        deeper();
        expression = index(expression);
      } else {
        depth = before;
        return expression;
      }
    }
  }

  private String memberName() throws ExpressionException {
    if (tokens.took("*")) {
      return "*";
    }
    Token name = tokens.take();
    if (name.kind() != Kind.NAME) {
      throw new ExpressionException("the name of a property is missing");
    }
    return name.text();
  }

  private Expression index(Expression of) throws ExpressionException {
    Expression result =
        tokens.took("*") ? new Expression.Member(of, "*") : Expression.index(of, operation(0));
    tokens.require("]");
    return result;
  }

  private void deeper() throws ExpressionException {
    if (++depth > MAX_DEPTH) {
      throw new ExpressionException("nested deeper than " + MAX_DEPTH + " levels");
    }
  }
}
