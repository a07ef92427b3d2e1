package dev.assay.suite.failure;

/**
 * Which test.
 *
 * @param check the check it is of
 * @param suite what it belongs to, such as a class; may be empty
 * @param name its own name
 */
public record TestId(String check, String suite, String name) implements Comparable<TestId> {

  /** The suite and the name, as people write it. */
  public String text() {
    return suite.isEmpty() ? name : suite + " › " + name;
  }

  /**
   * Whether somebody who wrote this means the test: its name, its suite, both with {@code #},
   * {@code .}, {@code ::} or {@code ›} between, or the end of that.
   */
  public boolean meant(String written) {
    String asked = plain(written);
    String whole = plain(suite.isEmpty() ? name : suite + "#" + name);
    return !asked.isEmpty()
        && (whole.equals(asked)
            || whole.endsWith("." + asked)
            || plain(name).equals(asked)
            || plain(suite).equals(asked));
  }

  private static String plain(String text) {
    return text.replaceAll("\\s*(?:#|::| › |›|/)\\s*", ".").strip();
  }

  @Override
  public int compareTo(TestId other) {
    int byCheck = check.compareTo(other.check);
    int bySuite = suite.compareTo(other.suite);
    return byCheck != 0 ? byCheck : bySuite != 0 ? bySuite : name.compareTo(other.name);
  }
}
