package io.github.cachemesh.images;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cyclonedx.Version;
import org.cyclonedx.exception.GeneratorException;
import org.cyclonedx.exception.ParseException;
import org.cyclonedx.generators.BomGeneratorFactory;
import org.cyclonedx.model.Ancestors;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Hash;
import org.cyclonedx.model.Metadata;
import org.cyclonedx.model.Pedigree;
import org.cyclonedx.parsers.JsonParser;

/**
 * What an image consists of, as CycloneDX: the class path as Maven knows it, Debian's packages and
 * the Java runtime. The same image gives the same text.
 */
final class BillOfMaterials {
  private static final Version VERSION = Version.VERSION_16;
  private static final Pattern CLASSIFIER = Pattern.compile("[?&]classifier=([^&]+)");

  private final Path mavenBom;
  private final BaseImage base;
  private final ImageTree tree;
  private final Instant created;

  /**
   * @param mavenBom of the class path
   */
  BillOfMaterials(Path mavenBom, BaseImage base, ImageTree tree, Instant created) {
    this.mavenBom = mavenBom;
    this.base = base;
    this.tree = tree;
    this.created = created;
  }

  /** For the image of that name. */
  String json(String name, String version) throws IOException {
    try {
      Bom bom = new JsonParser().parse(mavenBom.toFile());
      Component module = bom.getMetadata().getComponent();
      Metadata metadata = new Metadata();
      metadata.setTimestamp(Date.from(created));
      metadata.setComponent(component(Component.Type.CONTAINER, name, version));
      bom.setMetadata(metadata);
      // They would begin at Maven's module and end before what is not Maven's.
      bom.setDependencies(List.of());
      // Maven's bill has the native code of both architectures.
      bom.getComponents().removeIf(component -> !Files.exists(packed(component)));
      for (Component component : bom.getComponents()) {
        asPacked(component);
      }
      bom.addComponent(asPacked(module));
      base.packages().forEach(debian -> bom.addComponent(debian(debian)));
      bom.addComponent(runtime(base.javaRelease()));
      bom.setSerialNumber(null);
      String unnumbered = BomGeneratorFactory.createJson(VERSION, bom).toJsonString();
      bom.setSerialNumber("urn:uuid:" + UUID.nameUUIDFromBytes(unnumbered.getBytes(UTF_8)));
      return BomGeneratorFactory.createJson(VERSION, bom).toJsonString() + "\n";
    } catch (ParseException | GeneratorException e) {
      throw new IOException("no bill of materials can be made from " + mavenBom, e);
    }
  }

  private static Component component(Component.Type type, String name, String version) {
    Component component = new Component();
    component.setType(type);
    component.setName(name);
    component.setVersion(version);
    return component;
  }

  /** Maven knows the jar as it was before it was packed: that becomes its ancestor. */
  private Component asPacked(Component published) throws IOException {
    Component ancestor =
        component(Component.Type.LIBRARY, published.getName(), published.getVersion());
    ancestor.setPurl(published.getPurl());
    ancestor.setHashes(published.getHashes());
    Ancestors ancestors = new Ancestors();
    ancestors.addComponent(ancestor);
    Pedigree pedigree = new Pedigree();
    pedigree.setAncestors(ancestors);
    pedigree.setNotes(
        "Packed anew without compression; classes of Java 5 were given stack maps."
            + " Nothing else was changed.");
    published.setPedigree(pedigree);
    published.setHashes(
        List.of(new Hash(Hash.Algorithm.SHA_256, TrainedJars.sha256(packed(published)))));
    return published;
  }

  private Path packed(Component component) {
    return tree.file(ClassPath.FOLDER + fileName(component));
  }

  private static String fileName(Component component) {
    Matcher classifier = CLASSIFIER.matcher(component.getPurl());
    return component.getName()
        + "-"
        + component.getVersion()
        + (classifier.find() ? "-" + classifier.group(1) : "")
        + ".jar";
  }

  private static Component debian(BaseImage.DebianPackage debian) {
    Component component = component(Component.Type.LIBRARY, debian.name(), debian.version());
    component.setPurl(
        "pkg:deb/debian/%s@%s?arch=%s"
            .formatted(debian.name(), escaped(debian.version()), debian.architecture()));
    component.setBomRef(component.getPurl());
    return component;
  }

  private static Component runtime(BaseImage.JavaRelease release) {
    Component component = component(Component.Type.PLATFORM, "openjdk", release.version());
    component.setPublisher(release.implementor());
    component.setDescription("Java runtime, linked from " + release.build());
    component.setPurl("pkg:generic/openjdk@" + escaped(release.version()));
    component.setBomRef(component.getPurl());
    return component;
  }

  private static String escaped(String version) {
    return version.replace("+", "%2B").replace(":", "%3A");
  }
}
