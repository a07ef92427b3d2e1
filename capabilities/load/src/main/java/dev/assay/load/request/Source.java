package dev.assay.load.request;

/** Where in a response a value is found. */
public sealed interface Source {

  /**
   * A header.
   *
   * @param wanted which of {@link CompiledRequest#wanted}
   */
  record Header(int wanted) implements Source {}

  /**
   * A finding in the body.
   *
   * @param probe which probe of {@link CompiledRequest#body()}'s plan
   */
  record Body(int probe) implements Source {}

  /**
   * A cookie that the response sets.
   *
   * @param name its name
   */
  record Cookie(String name) implements Source {}
}
