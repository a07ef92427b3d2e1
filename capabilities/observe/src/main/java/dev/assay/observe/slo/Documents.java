package dev.assay.observe.slo;

/** Reads YAML into records, with problems at their places; the core does. */
public interface Documents {

  /**
   * Decodes a text.
   *
   * @param name what problems call it
   * @throws dev.assay.api.problem.ProblemException with all that is wrong
   */
  <T extends Record> T read(String name, String text, Class<T> type);
}
