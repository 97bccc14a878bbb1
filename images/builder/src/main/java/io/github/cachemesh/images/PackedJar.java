package io.github.cachemesh.images;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A jar as the images have it. Its entries are those of the jar that it was, with three
 * differences:
 *
 * <ul>
 *   <li>none is compressed, since the layer is: a quarter less to pull, and nothing to inflate;
 *   <li>classes of Java 5, as picocli's are, get stack maps, without which they cannot be verified
 *       ahead of time, and an AOT cache leaves them out;
 *   <li>signatures, as JGit's jar has, are dropped: an AOT cache leaves out the classes of signed
 *       jars, and checking the signature costs each start 300 ms of a processor.
 * </ul>
 *
 * <p>The same jar gives the same bytes.
 */
final class PackedJar {
  private static final int FIRST_WITH_STACK_MAPS = 50;
  private static final int MAJOR_VERSION_OFFSET = 7;
  private static final ClassFileVersion WRITTEN = ClassFileVersion.of(ClassFile.JAVA_8_VERSION, 0);

  private static final Pattern SIGNATURE =
      Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)", Pattern.CASE_INSENSITIVE);

  private PackedJar() {}

  static void write(Path jar, Path to) throws IOException {
    try (URLClassLoader classes =
            new URLClassLoader(
                new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
        ZipFile in = new ZipFile(jar.toFile());
        OutputStream file = Files.newOutputStream(to);
        ZipOutputStream out = new ZipOutputStream(file)) {
      ClassFile format =
          ClassFile.of(
              StackMapsOption.GENERATE_STACK_MAPS,
              ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(classes)));
      out.setMethod(ZipOutputStream.STORED);
      for (ZipEntry entry : Collections.list(in.entries())) {
        if (SIGNATURE.matcher(entry.getName()).matches()) {
          continue;
        }
        byte[] content = content(in, entry);
        if (entry.getName().endsWith(".class")
            && content[MAJOR_VERSION_OFFSET] < FIRST_WITH_STACK_MAPS) {
          content = withStackMaps(format, content);
        }
        out.putNextEntry(stored(entry, content));
        out.write(content);
      }
    }
  }

  private static ZipEntry stored(ZipEntry entry, byte[] content) {
    ZipEntry stored = new ZipEntry(entry.getName());
    stored.setTimeLocal(entry.getTimeLocal());
    stored.setSize(content.length);
    CRC32 checksum = new CRC32();
    checksum.update(content);
    stored.setCrc(checksum.getValue());
    return stored;
  }

  private static byte[] withStackMaps(ClassFile format, byte[] old) {
    ClassTransform transform =
        (builder, element) -> {
          switch (element) {
            case ClassFileVersion _ -> builder.with(WRITTEN);
            // Its code goes instruction by instruction: what is copied whole gets no stack maps.
            case MethodModel method ->
                builder.transformMethod(
                    method, MethodTransform.transformingCode(CodeTransform.ACCEPT_ALL));
            default -> builder.with(element);
          }
        };
    return format.transformClass(format.parse(old), transform);
  }

  private static byte[] content(ZipFile jar, ZipEntry entry) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }
}
