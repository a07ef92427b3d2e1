package dev.assay.suite.scan;

/**
 * Gives one string for the same name of a few hundred, without making it again. Not thread-safe.
 */
final class NameTable {

  private static final int SLOTS = 1024;
  private static final int MOST = 512;

  private final String[] names = new String[SLOTS];
  private final int[] hashes = new int[SLOTS];
  private int size;

  String name(byte[] bytes, int start, int end, int hash) {
    int slot = hash & (SLOTS - 1);
    while (true) {
      String known = names[slot];
      if (known == null) {
        return add(Utf8.text(bytes, start, end - start), hash, slot);
      }
      if (hashes[slot] == hash && same(known, bytes, start, end)) {
        return known;
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
  }

  private String add(String name, int hash, int slot) {
    if (size < MOST) {
      size++;
      names[slot] = name;
      hashes[slot] = hash;
    }
    return name;
  }

  private static boolean same(String known, byte[] bytes, int start, int end) {
    int length = end - start;
    if (known.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (known.charAt(i) != bytes[start + i]) {
        return false;
      }
    }
    return true;
  }
}
