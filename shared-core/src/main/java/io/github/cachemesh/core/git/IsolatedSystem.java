package io.github.cachemesh.core.git;

import java.io.File;
import java.time.Instant;
import java.time.ZoneId;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.WindowCacheConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * What JGit may know of the machine: nothing but the time. It then starts no {@code git} to find
 * the system's configuration, reads no configuration of a user, and writes no probe files into a
 * repository to measure its clock.
 */
final class IsolatedSystem extends SystemReader {
  private static final int PACK_WINDOWS_BYTES = 32 << 20;
  private static final int DELTA_BASES_BYTES = 8 << 20;

  static {
    SystemReader.setInstance(new IsolatedSystem());
    WindowCacheConfig windows = new WindowCacheConfig();
    windows.setPackedGitLimit(PACK_WINDOWS_BYTES);
    windows.setDeltaBaseCacheLimit(DELTA_BASES_BYTES);
    // The runtime of the images has no java.management.
    windows.setExposeStatsViaJmx(false);
    windows.install();
  }

  private IsolatedSystem() {}

  /** Takes effect for all of the JVM, on the first call. */
  @SuppressWarnings("EmptyMethod") // calling it initializes the class
  static void install() {}

  @Override
  public String getHostname() {
    return "localhost";
  }

  @Override
  public @Nullable String getenv(String variable) {
    return null;
  }

  @Override
  public @Nullable String getProperty(String key) {
    return System.getProperty(key);
  }

  @Override
  public StoredConfig getUserConfig() {
    return new Nothing(null, FS.DETECTED);
  }

  @Override
  public StoredConfig getJGitConfig() {
    return new Nothing(null, FS.DETECTED);
  }

  @Override
  public StoredConfig getSystemConfig() {
    return new Nothing(null, FS.DETECTED);
  }

  @Override
  public FileBasedConfig openUserConfig(Config parent, FS fs) {
    return new Nothing(parent, fs);
  }

  @Override
  public FileBasedConfig openSystemConfig(Config parent, FS fs) {
    return new Nothing(parent, fs);
  }

  @Override
  public FileBasedConfig openJGitConfig(Config parent, FS fs) {
    return new Nothing(parent, fs);
  }

  @Override
  @Deprecated
  public long getCurrentTime() {
    return System.currentTimeMillis();
  }

  @Override
  @Deprecated
  public int getTimezone(long when) {
    return getTimeZoneId().getRules().getOffset(Instant.ofEpochMilli(when)).getTotalSeconds() / 60;
  }

  @Override
  public ZoneId getTimeZoneId() {
    return ZoneId.of("UTC");
  }

  /** No file; the resolution of every file store's clock is said to be coarse, not measured. */
  private static final class Nothing extends FileBasedConfig {
    Nothing(@Nullable Config parent, FS fs) {
      super(parent, new File("/dev/null"), fs);
    }

    @Override
    public @Nullable String getString(String section, @Nullable String subsection, String name) {
      if (section.equals("filesystem") && name.equals("timestampResolution")) {
        return "2 s";
      }
      return null;
    }

    @Override
    public void load() {}

    @Override
    public void save() {}

    @Override
    public boolean isOutdated() {
      return false;
    }
  }
}
