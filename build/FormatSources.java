import com.google.googlejavaformat.java.Formatter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Checks ({@code check}) or rewrites ({@code apply}) every Java source of the project with
 * google-java-format.
 */
final class FormatSources {
  private static final Set<String> SKIPPED = Set.of("target", "node_modules", ".git");

  public static void main(String[] args) throws Exception {
    boolean apply = "apply".equals(args[0]);
    Formatter formatter = new Formatter();
    List<Path> unformatted = new ArrayList<>();
    for (Path source : sources()) {
      String text = Files.readString(source);
      String formatted = formatter.formatSourceAndFixImports(text);
      if (formatted.equals(text)) {
        continue;
      }
      unformatted.add(source);
      if (apply) {
        Files.writeString(source, formatted);
      }
    }
    if (!unformatted.isEmpty() && !apply) {
      System.err.println("Not formatted as google-java-format does: " + unformatted);
      System.err.println("Remedy: mvn -N process-resources -Dformat=apply");
      System.exit(1);
    }
    System.out.println((apply ? "formatted " : "badly formatted ") + unformatted.size() + " files");
  }

  private static List<Path> sources() throws Exception {
    List<Path> sources = new ArrayList<>();
    Files.walkFileTree(
        Path.of("."),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            return SKIPPED.contains(dir.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              sources.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return sources;
  }
}
