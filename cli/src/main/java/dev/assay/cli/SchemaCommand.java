package dev.assay.cli;

import dev.assay.api.json.JsonWriter;
import dev.assay.core.parse.ReferencePage;
import dev.assay.core.parse.SchemaGenerator;
import dev.assay.core.parse.Vocabulary;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Prints the schema. */
@Command(
    name = "schema",
    description = "Prints the JSON Schema of workspace files, for editors.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SchemaCommand implements Callable<Integer> {

  @ParentCommand private AssayCommand assay;

  @Option(names = "--reference", description = "Print the reference page in Markdown instead.")
  private boolean reference;

  @Override
  public Integer call() {
    Vocabulary words = assay.rooms().words();
    if (reference) {
      assay.console().out().print(new ReferencePage(words).markdown());
    } else {
      assay.console().out().println(JsonWriter.pretty(new SchemaGenerator(words).schema()));
    }
    return ExitCode.PASS.code();
  }
}
