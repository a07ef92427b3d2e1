package dev.assay.cli;

import dev.assay.api.json.JsonWriter;
import dev.assay.suite.select.Decision;
import dev.assay.suite.select.SelectDoor;
import dev.assay.suite.select.Selection;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Says which tests a change can break. */
@Command(
    name = "select",
    description = {
      "Says which tests of a project a change can break, and of every other why it need not",
      "run. Runs none. Compares with what each test last passed with, or with a commit."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay suite select --since main",
      "  assay suite select services/cart --since HEAD~1 --json",
      "  assay suite select --why org.acme.CartTest",
      "",
      "A suite check with `select: affected` runs what is selected; docs/suite-select.md tells all."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SuiteSelectCommand implements Callable<Integer> {

  @ParentCommand private SuiteCommand suite;

  @Parameters(
      arity = "0..1",
      defaultValue = ".",
      paramLabel = "FOLDER",
      description = "The folder of the project (default: ${DEFAULT-VALUE}).")
  private Path folder;

  @Option(
      names = "--since",
      paramLabel = "COMMIT",
      description = "What to compare with; else each test with the run in which it last passed.")
  private @Nullable String since;

  @Option(
      names = "--check",
      paramLabel = "NAME",
      description = "The suite check whose memory counts; else the one that was used last.")
  private @Nullable String check;

  @Option(names = "--why", paramLabel = "TEST", description = "Explain one test.")
  private @Nullable String why;

  @Option(names = "--json", description = "One JSON object, with every test and its reason.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Path project = folder.toAbsolutePath().normalize();
    SelectDoor door = SelectDoor.open(project, memories(project));
    Selection selection = door.select(since);
    PrintStream out = suite.console().out();
    if (why != null) {
      out.println(why);
      door.why(why, selection).forEach(line -> out.println("  " + line));
    } else if (json) {
      out.println(JsonWriter.canonical(SelectDoor.json(selection)));
    } else {
      print(selection, out);
    }
    return ExitCode.PASS.code();
  }

  private static void print(Selection selection, PrintStream out) {
    for (Decision decision : selection.run()) {
      out.println("run   " + decision.test() + "  " + decision.reason());
    }
    for (Decision decision : selection.skipped()) {
      out.println("skip  " + decision.test() + "  " + decision.reason());
    }
    out.println(
        selection.run().size() + " of " + selection.decisions().size() + " test classes run");
    out.println(selection.missRateText());
    selection.notes().forEach(note -> out.println("note: " + note));
  }

  /** Where a workspace at or above the project may remember its tests, the newest first. */
  private List<Path> memories(Path project) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path at = project; at != null; at = at.getParent()) {
      Path kept = at.resolve(".assay").resolve("selection");
      if (Files.isDirectory(kept)) {
        found.addAll(SelectDoor.memories(kept, check));
      }
      if (Files.exists(at.resolve(".git"))) {
        break;
      }
    }
    return found;
  }
}
