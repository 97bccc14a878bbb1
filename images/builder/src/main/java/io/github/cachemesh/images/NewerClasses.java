package io.github.cachemesh.images;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
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
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Brings the classes of a jar to a version that an AOT cache takes: those of Java 5, as picocli's
 * are, lack the stack maps without which they cannot be verified ahead of time. They do the same.
 */
final class NewerClasses {
  private static final int FIRST_WITH_STACK_MAPS = 50;
  private static final int MAJOR_VERSION_OFFSET = 7;
  private static final ClassFileVersion WRITTEN = ClassFileVersion.of(ClassFile.JAVA_8_VERSION, 0);

  private NewerClasses() {}

  /** Whether the jar holds a class that has to be brought up. */
  static boolean areNeededIn(Path jar) throws IOException {
    try (ZipFile in = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(in.entries())) {
        if (entry.getName().endsWith(".class") && isOld(read(in, entry))) {
          return true;
        }
      }
      return false;
    }
  }

  /** Writes the jar anew; the same jar gives the same bytes. */
  static void rewrite(Path jar, Path to) throws IOException {
    try (URLClassLoader classes =
            new URLClassLoader(
                new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
        ZipFile in = new ZipFile(jar.toFile());
        OutputStream file = Files.newOutputStream(to);
        ZipOutputStream out = new ZipOutputStream(file)) {
      ClassFile format =
          ClassFile.of(
              StackMapsOption.GENERATE_STACK_MAPS,
              ClassFile.ClassHierarchyResolverOption.of(
                  ClassHierarchyResolver.ofResourceParsing(classes)));
      for (ZipEntry entry : Collections.list(in.entries())) {
        byte[] content = read(in, entry);
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTimeLocal(entry.getTimeLocal());
        out.putNextEntry(copy);
        out.write(
            entry.getName().endsWith(".class") && isOld(content)
                ? newer(format, content)
                : content);
      }
    }
  }

  private static boolean isOld(byte[] classFile) {
    return classFile[MAJOR_VERSION_OFFSET] < FIRST_WITH_STACK_MAPS;
  }

  private static byte[] newer(ClassFile format, byte[] old) {
    ClassTransform transform =
        (builder, element) -> {
          switch (element) {
            case ClassFileVersion _ -> builder.with(WRITTEN);
            // Code that is only copied would keep to the stack maps that it has.
            case MethodModel method ->
                builder.transformMethod(
                    method, MethodTransform.transformingCode(CodeTransform.ACCEPT_ALL));
            default -> builder.with(element);
          }
        };
    return format.transformClass(format.parse(old), transform);
  }

  private static byte[] read(ZipFile jar, ZipEntry entry) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }
}
