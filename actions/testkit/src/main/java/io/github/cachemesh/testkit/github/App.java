package io.github.cachemesh.testkit.github;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A GitHub App with its key and the accounts where it is installed. Immutable. */
public final class App {
  /** What comes before an RSA key of 2,048 bits in its PKCS #8 form. */
  private static final int PKCS8_PREFIX = 26;

  private final long id;
  private final String slug;
  private final KeyPair key;
  private final List<Installation> installations;

  /**
   * Where an App is installed.
   *
   * @param repositories full names, all of one owner
   * @param permissions from names as in the API to {@code read}, {@code write} or {@code admin}
   */
  record Installation(long id, Set<String> repositories, Map<String, String> permissions) {
    Installation {
      repositories = Set.copyOf(repositories);
      permissions = new TreeMap<>(permissions);
    }

    String account() {
      String repository = repositories.iterator().next();
      return repository.substring(0, repository.indexOf('/'));
    }
  }

  private App(long id, String slug, KeyPair key, List<Installation> installations) {
    this.id = id;
    this.slug = slug;
    this.key = key;
    this.installations = List.copyOf(installations);
  }

  /** An App with a new key, installed nowhere. */
  public static App generate(long id, String slug) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2_048);
      return new App(id, slug, generator.generateKeyPair(), List.of());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * This App, installed for these repositories of one owner too. Every installation has {@code
   * metadata: read}.
   */
  public App installed(long installation, Map<String, String> permissions, String... repositories) {
    Map<String, String> all = new TreeMap<>(Map.of("metadata", "read"));
    all.putAll(permissions);
    List<Installation> more = new ArrayList<>(installations);
    more.add(new Installation(installation, Set.of(repositories), all));
    return new App(id, slug, key, more);
  }

  public long id() {
    return id;
  }

  /** The other name that it may sign with. */
  public String clientId() {
    return "Iv23li%014d".formatted(id);
  }

  public String slug() {
    return slug;
  }

  /** The file that GitHub lets its owner download: PEM of PKCS #1. */
  public String privateKeyPem() {
    byte[] pkcs8 = key.getPrivate().getEncoded();
    byte[] pkcs1 = Arrays.copyOfRange(pkcs8, PKCS8_PREFIX, pkcs8.length);
    return pem("RSA PRIVATE KEY", pkcs1);
  }

  /** The same key as PEM of PKCS #8, which some clients want. */
  public String pkcs8Pem() {
    return pem("PRIVATE KEY", key.getPrivate().getEncoded());
  }

  PublicKey publicKey() {
    return key.getPublic();
  }

  List<Installation> installations() {
    return installations;
  }

  private static String pem(String type, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(type, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), type);
  }

  @Override
  public String toString() {
    return "App[" + slug + "]";
  }
}
