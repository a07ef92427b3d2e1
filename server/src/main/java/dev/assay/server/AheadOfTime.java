package dev.assay.server;

/**
 * What the build starts, up to where its beans are known and none is made, to write down how they
 * are made: Spring's ahead-of-time processing. A start then neither looks for classes nor reads
 * their annotations nor asks their conditions, which was a third of its time.
 */
final class AheadOfTime {

  private AheadOfTime() {}

  /** Called by {@code SpringApplicationAotProcessor}, which stops it once it knows the beans. */
  public static void main(String[] arguments) {
    RunningServer.application().run(arguments).close();
  }
}
