package dev.assay.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command that all others belong to. */
@Command(
    name = "assay",
    description = "Proves a release, from commit to production.",
    versionProvider = AssayCommand.Version.class,
    mixinStandardHelpOptions = true,
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0 pass, 1 fail, 2 inconclusive, stale or not run, 3 wrong workspace or usage,",
      "  4 environment, 70 internal, 130 interrupted",
      "",
      "Begin with `assay init`, or `assay run examples/shop/assay.yaml`."
    })
final class AssayCommand implements Runnable {

  private final Console console;
  private final Rooms rooms;

  @Spec private CommandSpec spec = CommandSpec.create();

  AssayCommand(Console console, Rooms rooms) {
    this.console = console;
    this.rooms = rooms;
  }

  Console console() {
    return console;
  }

  Rooms rooms() {
    return rooms;
  }

  @Override
  public void run() {
    spec.commandLine().usage(console.out());
  }

  /** Says which version this is. */
  static final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
      return new String[] {"assay " + number() + " (Java " + Runtime.version().feature() + ")"};
    }

    /** The version of the build. */
    static String number() {
      try (InputStream in = AssayCommand.class.getResourceAsStream("version.properties")) {
        Properties properties = new Properties();
        if (in != null) {
          properties.load(in);
        }
        return properties.getProperty("version", "unknown");
      } catch (IOException unreadable) {
        return "unknown";
      }
    }
  }
}
