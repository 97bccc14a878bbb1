package io.github.cachemesh.core.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.proxy.OwnPages.Page;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets whoever holds a node's standard streams administer it, where no socket of the node can be
 * reached: a line {@code TAG METHOD PAGE} in, such as {@code 7 PUT leases/r1?gateway=172.17.0.1},
 * is answered by one line {@code TAG STATUS JSON} out, in order. Pages are those below {@code
 * /_cachemesh/}, and text that is no JSON comes as a JSON string.
 *
 * <p>A line may have 64 KiB; a longer one and one that is no question are answered with status 400
 * and the tag {@code -}. An empty line is skipped, so that a client may begin with one and be rid
 * of what another left unfinished. For one thread, which it blocks.
 */
public final class ControlChannel {
  private static final Logger LOG = Logger.getLogger(ControlChannel.class.getName());
  private static final int MAX_LINE_BYTES = 64 * 1024;
  private static final Pattern QUESTION =
      Pattern.compile("(?<tag>[!-~]{1,64}) (?<method>[A-Z]{1,16}) (?<page>[!-~]+)");

  /** In JSON a line break stands between tokens only, never in a string. */
  private static final Pattern LINE_BREAK = Pattern.compile("\\s*\\n\\s*");

  private final CacheNode node;
  private final InputStream in;
  private final PrintStream out;

  public ControlChannel(CacheNode node, InputStream in, PrintStream out) {
    this.node = node;
    this.in = new BufferedInputStream(in);
    this.out = out;
  }

  /** Answers until the input ends, which leaves the node running. */
  public void serve() {
    try {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (next == '\n') {
          answer(line);
          line.reset();
        } else if (line.size() <= MAX_LINE_BYTES) {
          line.write(next);
        }
      }
    } catch (IOException e) {
      LOG.warning(() -> "cachemesh: the control channel cannot be read any more: " + e);
    }
  }

  private void answer(ByteArrayOutputStream line) {
    if (line.size() == 0) {
      return;
    }
    if (line.size() > MAX_LINE_BYTES) {
      reply("-", JsonPage.problem(400, "a line may have 64 KiB"));
      return;
    }
    Matcher question = QUESTION.matcher(line.toString(UTF_8));
    if (question.matches()) {
      reply(question.group("tag"), page(question.group("method"), question.group("page")));
    } else {
      reply("-", JsonPage.problem(400, "write TAG METHOD PAGE, such as: 1 GET health"));
    }
  }

  private Page page(String method, String page) {
    try {
      return node.administer(method, page);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "cachemesh: the control channel could not answer", e);
      return JsonPage.problem(500, "this could not be answered: " + e.getClass().getName());
    }
  }

  private void reply(String tag, Page page) {
    String text = new String(page.body(), UTF_8);
    boolean json = page.fields().first("Content-Type").filter(JsonPage.TYPE::equals).isPresent();
    String oneLine =
        json
            ? LINE_BREAK.matcher(text).replaceAll("")
            : JsonMapper.shared().writeValueAsString(text);
    // In one piece, so that nobody reads half a line.
    out.writeBytes((tag + " " + page.status() + " " + oneLine + "\n").getBytes(UTF_8));
    out.flush();
  }
}
