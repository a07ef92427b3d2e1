package dev.assay.server.audit;

/**
 * What something was done to. Immutable.
 *
 * @param name what it is called; never a secret
 * @param person whether the name is a person's
 */
public record Target(String name, boolean person) {

  /** A key, a project, a setting. */
  public static Target thing(String name) {
    return new Target(name, false);
  }

  /** A member. */
  public static Target member(String name) {
    return new Target(name, true);
  }
}
