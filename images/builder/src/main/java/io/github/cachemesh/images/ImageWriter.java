package io.github.cachemesh.images;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * Jib, with what all images have in common. What it packs is kept in a folder, so that the layers
 * of a second image are those of the first.
 */
final class ImageWriter {
  private final Path packed;
  private final Instant created;

  /**
   * @param packed a folder for packed layers
   * @param created the time that the images carry
   */
  ImageWriter(Path packed, Instant created) {
    this.packed = packed;
    this.created = created;
  }

  /** Writes an image as a Docker archive. */
  void write(
      Path base,
      List<FileEntriesLayer> layers,
      String entryPoint,
      Map<String, String> labels,
      String reference,
      Path archive)
      throws IOException, InterruptedException {
    try {
      containerize(
          Jib.from(TarImage.at(base))
              .setFileEntriesLayers(layers)
              .setEntrypoint(entryPoint)
              .setLabels(labels),
          Containerizer.to(TarImage.at(archive).named(reference)));
    } catch (InvalidImageReferenceException e) {
      throw new IllegalArgumentException(reference + " is no name for an image", e);
    }
  }

  /**
   * Sends an image as it is in its archive to a registry, as whom {@code docker login} made us.
   *
   * @return its digest
   */
  String push(Path archive, String reference) throws IOException, InterruptedException {
    try {
      RegistryImage target = RegistryImage.named(reference);
      target.addCredentialRetriever(
          CredentialRetrieverFactory.forImage(ImageReference.parse(reference), _ -> {})
              .dockerConfig());
      return containerize(
              Jib.from(TarImage.at(archive)),
              Containerizer.to(target).setAllowInsecureRegistries(mayGoWithoutTls(reference)))
          .getDigest()
          .toString();
    } catch (InvalidImageReferenceException e) {
      throw new IllegalArgumentException(reference + " is no name for an image", e);
    }
  }

  /** Where nobody else can listen. */
  static boolean mayGoWithoutTls(String reference) {
    return reference.startsWith("127.0.0.1:");
  }

  private JibContainer containerize(JibContainerBuilder image, Containerizer containerizer)
      throws IOException, InterruptedException {
    try {
      return image
          .setCreationTime(created)
          .containerize(
              containerizer
                  .setBaseImageLayersCache(packed.resolve("base"))
                  .setApplicationLayersCache(packed.resolve("application"))
                  .setToolName("cachemesh")
                  .addEventHandler(
                      LogEvent.class,
                      event -> {
                        if (event.getLevel() == LogEvent.Level.WARN
                            || event.getLevel() == LogEvent.Level.ERROR) {
                          System.err.println("images: " + event.getMessage());
                        }
                      }));
    } catch (RegistryException | CacheDirectoryCreationException e) {
      throw new IOException(e.getMessage(), e);
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    }
  }
}
