package io.github.cachemesh.core.store;

/**
 * Where an entry lies: in the folder of its group, under its own name.
 *
 * @param group 64 lower-case hexadecimal digits; entries of one group can be dropped at once
 * @param name at most {@link #MAX_NAME} lower-case hexadecimal digits and hyphens
 */
public record EntryName(String group, String name) {
  static final int MAX_NAME = 128;

  public EntryName {
    checkGroup(group);
    if (!isName(name)) {
      throw new IllegalArgumentException("not an entry's name: " + name);
    }
  }

  static void checkGroup(String group) {
    if (!isGroup(group)) {
      throw new IllegalArgumentException("not a group's name: " + group);
    }
  }

  static boolean isGroup(String text) {
    return text.length() == 64 && text.indexOf('-') < 0 && isName(text);
  }

  static boolean isName(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_NAME
        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || c == '-');
  }
}
