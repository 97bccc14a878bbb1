import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes a folder of PEM certificates into the two forms in which programs want them: one PEM file
 * and a PKCS #12 store that needs no password. The same certificates give the same bytes.
 */
final class TrustStore {
  private static final int FEWEST = 50;

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    Path pem = Path.of(args[1]);
    Path pkcs12 = Path.of(args[2]);
    List<Path> files;
    try (Stream<Path> found = Files.list(folder)) {
      files = found.filter(file -> file.toString().endsWith(".crt")).sorted().toList();
    }
    if (files.size() < FEWEST) {
      throw new IllegalStateException(
          folder + " holds " + files.size() + " certificates, fewer than any CA bundle");
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    StringBuilder text = new StringBuilder();
    CertificateFactory x509 = CertificateFactory.getInstance("X.509");
    for (Path file : files) {
      try (InputStream in = Files.newInputStream(file)) {
        Certificate certificate = x509.generateCertificate(in);
        store.setCertificateEntry(file.getFileName().toString(), certificate);
      }
      text.append(Files.readString(file).strip()).append('\n');
    }
    Files.writeString(pem, text);
    try (OutputStream out = Files.newOutputStream(pkcs12)) {
      // No password: neither encrypted nor sealed by a salted code, so the bytes do not vary.
      store.store(out, null);
    }
  }
}
