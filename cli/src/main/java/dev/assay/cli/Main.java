package dev.assay.cli;

/** Starts the command line. */
public final class Main {

  private Main() {}

  /** The entry point. */
  public static void main(String[] arguments) {
    Console console = Console.ofProcess(System.getenv());
    int code = CommandLineRunner.run(console, arguments);
    console.out().flush();
    console.err().flush();
    System.exit(code);
  }
}
