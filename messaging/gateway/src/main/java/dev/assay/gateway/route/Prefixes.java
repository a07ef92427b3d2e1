package dev.assay.gateway.route;

import org.jspecify.annotations.Nullable;

/** A trie of digits: the value of the longest prefix of a number. Not thread-safe until filled. */
final class Prefixes<T> {

  private static final int DIGITS = 10;

  private static final class Node<T> {
    private final @Nullable Node<T>[] next;
    private @Nullable T value;

    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no arrays of generics
    Node() {
      next = new Node[DIGITS];
    }
  }

  private final Node<T> root = new Node<>();

  /** What a prefix has; the empty one is every number's. */
  @Nullable T get(String prefix) {
    Node<T> node = root;
    for (int i = 0; i < prefix.length(); i++) {
      Node<T> next = node.next[prefix.charAt(i) - '0'];
      if (next == null) {
        return null;
      }
      node = next;
    }
    return node.value;
  }

  void put(String prefix, T value) {
    Node<T> node = root;
    for (int i = 0; i < prefix.length(); i++) {
      int digit = prefix.charAt(i) - '0';
      Node<T> next = node.next[digit];
      if (next == null) {
        next = new Node<>();
        node.next[digit] = next;
      }
      node = next;
    }
    node.value = value;
  }

  /** Shows the values of all prefixes of a number, the longest last, until one is not wanted. */
  void each(String digits, java.util.function.Consumer<T> wanted) {
    Node<T> node = root;
    int at = 0;
    while (node != null) {
      if (node.value != null) {
        wanted.accept(node.value);
      }
      int digit = at < digits.length() ? digits.charAt(at) - '0' : -1;
      node = digit >= 0 && digit < DIGITS ? node.next[digit] : null;
      at++;
    }
  }
}
