package io.github.cachemesh.e2e.credentials;

import io.github.cachemesh.core.envelope.AgeFile;
import io.github.cachemesh.core.envelope.AgeIdentity;
import io.github.cachemesh.core.envelope.AgeRecipient;
import io.github.cachemesh.core.envelope.EnvelopeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What we seal opens with the program {@code age}, and what it seals opens with us. */
final class AgeProgram implements Part {
  /** Around the chunks of 64 KiB that a file is cut into. */
  private static final int[] SIZES = {1, 65_535, 65_536, 65_537, 300_000};

  /** A key pair that {@code age-keygen} made. */
  private record Person(Path file, AgeIdentity identity, AgeRecipient recipient) {
    static Person make(Path file) throws IOException, InterruptedException, EnvelopeException {
      Program keygen = Program.of("age-keygen");
      var _ = keygen.and("-o", file.toString()).run().output();
      String secret =
          Files.readAllLines(file).stream()
              .filter(line -> !line.startsWith("#"))
              .findFirst()
              .orElseThrow();
      return new Person(
          file,
          AgeIdentity.parse(secret.toCharArray()),
          AgeRecipient.parse(keygen.and("-y", file.toString()).run().output().strip()));
    }
  }

  @Override
  public void show(Stage stage) throws Exception {
    stage
        .report()
        .heading("The program age: " + Program.of("age", "--version").run().output().strip());
    List<Person> people = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      people.add(Person.make(stage.folder().resolve("person" + i)));
    }
    Person stranger = Person.make(stage.folder().resolve("stranger"));
    Path file = stage.folder().resolve("file.age");
    int ours = 0;
    int theirs = 0;
    for (int size : SIZES) {
      byte[] content = new byte[size];
      stage.random().nextBytes(content);
      Files.write(file, AgeFile.seal(content, people.stream().map(Person::recipient).toList()));
      for (Person person : people) {
        ours += Arrays.equals(content, opened(stage, person, file)) ? 1 : 0;
      }
      seal(stage, content, people, file);
      for (Person person : people) {
        theirs +=
            Arrays.equals(content, AgeFile.open(Files.readAllBytes(file), person.identity()))
                ? 1
                : 0;
      }
    }
    int all = SIZES.length * people.size();
    stage.report().same("ours, opened by age", all, ours);
    stage.report().same("those of age, opened by us", all, theirs);
    stage
        .report()
        .fact(
            "a stranger opens neither",
            refuses(Files.readAllBytes(file), stranger) && !opens(stage, stranger, file),
            "");
    byte[] changed = Files.readAllBytes(file);
    changed[changed.length - 1] ^= 1;
    Files.write(file, changed);
    stage
        .report()
        .fact(
            "a changed file is refused by both",
            refuses(changed, people.getFirst()) && !opens(stage, people.getFirst(), file),
            "");
  }

  private static byte[] opened(Stage stage, Person person, Path file) throws Exception {
    Path out = stage.folder().resolve("opened");
    var _ =
        Program.of("age", "-d", "-i", person.file().toString(), "-o", out.toString())
            .and(file.toString())
            .run()
            .output();
    return Files.readAllBytes(out);
  }

  private static boolean opens(Stage stage, Person person, Path file) throws Exception {
    return Program.of("age", "-d", "-i", person.file().toString())
        .and("-o", stage.folder().resolve("refused").toString(), file.toString())
        .run()
        .succeeded();
  }

  private static boolean refuses(byte[] file, Person person) {
    try {
      var _ = AgeFile.open(file, person.identity());
      return false;
    } catch (EnvelopeException _) {
      return true;
    }
  }

  private static void seal(Stage stage, byte[] content, List<Person> people, Path file)
      throws Exception {
    Path in = Files.write(stage.folder().resolve("content"), content);
    Program age = Program.of("age", "-o", file.toString());
    for (Person person : people) {
      age = age.and("-r", person.recipient().text());
    }
    var _ = age.and(in.toString()).run().output();
  }
}
