package io.github.cachemesh.core.sarif;

import io.github.cachemesh.core.sarif.InvalidSarifException.Fault;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/** Reads SARIF 2.1.0 as a stream, within {@link SarifBounds}. Its methods are thread-safe. */
public final class SarifReader {
  private static final String VERSION = "2.1.0";
  private static final int BUFFER_BYTES = 64 << 10;

  private final JsonCursor json;
  private final SarifBounds bounds;
  private final Kept kept;
  private final List<SarifRun> runs = new ArrayList<>();
  private boolean hasRuns;
  private @Nullable String version;

  private SarifReader(JsonCursor json, SarifBounds bounds) {
    this.json = json;
    this.bounds = bounds;
    kept = new Kept(bounds.maxKeptBytes());
  }

  /**
   * Reads a file, which is gzip if it begins as such.
   *
   * @throws InvalidSarifException for what is no SARIF of CodeQL's form
   * @throws IOException if the file cannot be read
   */
  public static SarifScan read(Path file, SarifBounds bounds) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
      in.mark(2);
      boolean gzip = in.read() == GzipText.FIRST_BYTE && in.read() == GzipText.SECOND_BYTE;
      in.reset();
      return gzip ? readGzip(in, bounds) : read(in, bounds);
    }
  }

  /**
   * Reads gzip of one member to its end; {@code gzip} is not closed.
   *
   * @throws InvalidSarifException for what is no SARIF of CodeQL's form
   * @throws IOException if {@code gzip} cannot be read
   */
  public static SarifScan readGzip(InputStream gzip, SarifBounds bounds) throws IOException {
    // The compressed form is bounded as well: a block of it may be empty.
    BoundedInput source = new BoundedInput(gzip, bounds.maxBytes());
    try (InputStream text = new GzipText(source)) {
      return read(text, bounds);
    } catch (EOFException e) {
      throw new InvalidSarifException(Fault.TRUNCATED, "it ends within its gzip header", e);
    } catch (ZipException e) {
      throw new InvalidSarifException(Fault.NOT_GZIP, "its header", e);
    }
  }

  /**
   * Reads text to its end; {@code sarif} is not closed.
   *
   * @throws InvalidSarifException for what is no SARIF of CodeQL's form
   * @throws IOException if {@code sarif} cannot be read
   */
  public static SarifScan read(InputStream sarif, SarifBounds bounds) throws IOException {
    BoundedInput in = new BoundedInput(sarif, bounds.maxBytes());
    try (JsonCursor json = new JsonCursor(in, bounds)) {
      SarifReader reader = new SarifReader(json, bounds);
      try {
        reader.log();
      } catch (JacksonException e) {
        throw e.getCause() instanceof IOException cause
            ? invalid(cause, json)
            : invalid(e, json, bounds);
      }
      return new SarifScan(reader.runs, in.bytes());
    }
  }

  private void log() throws IOException {
    json.start();
    json.object(this::member);
    json.end();
    if (version == null || !hasRuns) {
      throw new InvalidSarifException(
          Fault.NOT_SARIF, "it has no " + (version == null ? "version" : "runs"));
    }
  }

  private boolean member(String name) throws IOException {
    switch (name) {
      case "version" -> {
        version = json.text();
        if (!VERSION.equals(version)) {
          throw new InvalidSarifException(Fault.WRONG_VERSION, "its version is another");
        }
      }
      case "runs" -> hasRuns = json.array(() -> runs.add(RunReader.read(json, kept, bounds)));
      default -> {
        return false;
      }
    }
    return true;
  }

  private static IOException invalid(IOException e, JsonCursor json) {
    return switch (e) {
      case InvalidSarifException invalid -> invalid;
      case EOFException _ ->
          new InvalidSarifException(Fault.TRUNCATED, "its gzip, at " + json.position(), e);
      case ZipException _ ->
          new InvalidSarifException(Fault.NOT_GZIP, "before " + json.position(), e);
      case CharacterCodingException _ ->
          new InvalidSarifException(Fault.NOT_JSON, "no UTF-8 after " + json.position(), e);
      default -> e;
    };
  }

  /** Without the cause, whose message quotes the file. */
  private static InvalidSarifException invalid(
      JacksonException e, JsonCursor json, SarifBounds bounds) {
    Fault fault =
        switch (e) {
          case StreamConstraintsException _ ->
              json.depth() > bounds.maxDepth() ? Fault.TOO_DEEP : Fault.TOO_LARGE;
          case UnexpectedEndOfInputException _ -> Fault.TRUNCATED;
          case InputCoercionException _ -> Fault.WRONG_TYPE;
          default -> Fault.NOT_JSON;
        };
    return new InvalidSarifException(fault, json.position());
  }
}
