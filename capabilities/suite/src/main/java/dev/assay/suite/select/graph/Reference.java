package dev.assay.suite.select.graph;

/** What code refers to, by the names of bytecode. */
sealed interface Reference {

  /**
   * A class that is made, cast to, caught or whose static part is used.
   *
   * @param owner its name with slashes
   */
  record Type(String owner) implements Reference {}

  /**
   * A method that is called or taken as a function.
   *
   * @param owner the class that the call names
   * @param signature name and descriptor
   */
  record Method(String owner, String signature) implements Reference {}

  /**
   * A class that is taken as an object, so that reflection can reach all of it.
   *
   * @param owner its name with slashes
   */
  record Literal(String owner) implements Reference {}

  /**
   * A text, which may name a class or a resource.
   *
   * @param value the text
   */
  record Text(String value) implements Reference {}
}
