package io.github.cachemesh.core.cli;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import org.jspecify.annotations.Nullable;

/** Sends what the whole process logs to one place, until it is closed. */
final class NodeLog implements AutoCloseable {
  private static final Logger ROOT = Logger.getLogger("");

  /** Held here, for java.util.logging forgets the level of a logger that nobody holds. */
  private final Logger own = Logger.getLogger("io.github.cachemesh");

  private final Logger netty = Logger.getLogger("io.netty");
  private final Handler handler;
  private final @Nullable PrintStream besides;

  private NodeLog(Handler handler, @Nullable PrintStream besides, boolean verbose) {
    this.handler = handler;
    this.besides = besides;
    handler.setFormatter(new LogLine());
    handler.setLevel(Level.ALL);
    ROOT.setLevel(Level.INFO);
    ROOT.addHandler(handler);
    own.setLevel(verbose ? Level.FINE : Level.INFO);
    netty.setLevel(Level.WARNING);
  }

  /**
   * @param file where to log; null for {@code err}
   */
  static NodeLog open(@Nullable Path file, PrintStream err, boolean verbose) {
    LogManager.getLogManager().reset();
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    if (file == null) {
      return new NodeLog(new FlushedHandler(err), null, verbose);
    }
    try {
      return new NodeLog(new LogFile(file), err, verbose);
    } catch (IOException e) {
      throw CommandFailure.usage(
          "--log-file: " + ErrorReport.describe(e) + "; name a file that this user may write");
    }
  }

  /** Logs a line; where the log is a file, whoever started the process sees the line too. */
  void announce(String line) {
    own.info(line);
    if (besides != null) {
      besides.println(line);
    }
  }

  @Override
  public void close() {
    ROOT.removeHandler(handler);
    handler.close();
  }

  /** Each record comes out at once; the stream stays open. */
  private static final class FlushedHandler extends StreamHandler {
    FlushedHandler(PrintStream stream) {
      super(stream, new LogLine());
    }

    @Override
    public synchronized void publish(LogRecord record) {
      super.publish(record);
      flush();
    }

    @Override
    public synchronized void close() {
      flush();
    }
  }
}
