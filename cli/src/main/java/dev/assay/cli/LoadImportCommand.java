package dev.assay.cli;

import dev.assay.api.problem.IoReason;
import dev.assay.api.problem.Where;
import dev.assay.load.imports.ImportOptions;
import dev.assay.load.imports.ImportProblems;
import dev.assay.load.imports.ImportResult;
import dev.assay.load.imports.ImportSource;
import dev.assay.load.imports.LoadImport;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Makes a workspace from a recording, a description, a collection or command lines. */
@Command(
    name = "import",
    description = "Makes a workspace from a recording or description.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay load import har shop.har",
      "  assay load import openapi openapi.yaml --url http://127.0.0.1:8080 -o load/assay.yaml",
      "  assay load import postman shop.postman_collection.json",
      "  assay load import curl - < commands.txt"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LoadImportCommand implements Callable<Integer> {

  private static final Path STANDARD = Path.of("-");

  @ParentCommand private LoadCommand load;

  @Parameters(
      index = "0",
      paramLabel = "SOURCE",
      description = "What it is: har, openapi (also Swagger 2), postman or curl.")
  private ImportSource source;

  @Parameters(index = "1", paramLabel = "FILE", description = "The file, or - for standard input.")
  private Path file;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "assay.yaml",
      paramLabel = "FILE",
      description = "The workspace to write, or - for standard output (default: assay.yaml).")
  private Path output;

  @Option(names = "--force", description = "Replace files that are there already.")
  private boolean force;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The workspace's name (default: that of the file).")
  private @Nullable String name;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The base address, where it is not the one in the file.")
  private @Nullable String url;

  @Option(
      names = "--with-resources",
      description = "har: also keep images, styles, fonts and scripts.")
  private boolean withResources;

  @Option(
      names = "--with-origin",
      paramLabel = "URL",
      description =
          "har: keep what was sent to this origin, besides that of the first page; repeatable.")
  private List<String> origins = new ArrayList<>();

  @Override
  public Integer call() {
    String wanted = name;
    ImportOptions options =
        new ImportOptions(
            wanted == null ? ImportOptions.nameOf(file.toString()) : wanted,
            withResources,
            origins,
            url);
    ImportResult result = LoadImport.read(source, file.toString(), bytes(), options);
    if (output.equals(STANDARD)) {
      load.assay().console().out().print(result.yaml());
    } else {
      write(result);
    }
    tell(result);
    return ExitCode.PASS.code();
  }

  private byte[] bytes() {
    try (InputStream in = file.equals(STANDARD) ? System.in : Files.newInputStream(file)) {
      return in.readNBytes(source.largest() + 1);
    } catch (NoSuchFileException missing) {
      throw ImportProblems.UNREADABLE.failure(
          Where.named(file.toString()),
          "there is no file '" + file + "'",
          "name the file to import");
    } catch (IOException broken) {
      throw ImportProblems.UNREADABLE.failure(
          Where.named(file.toString()),
          "'" + file + "' cannot be read: " + IoReason.of(broken),
          "name a file that this user may read");
    }
  }

  private void write(ImportResult result) {
    Path folder = output.toAbsolutePath().normalize().getParent();
    List<Path> files = new ArrayList<>(List.of(output));
    result.files().keySet().forEach(path -> files.add(beside(folder, path)));
    for (Path one : files) {
      if (Files.exists(one) && !force) {
        throw CliProblems.EXISTS.failure(
            Where.named(one.toString()),
            "there already is a file '" + one + "'",
            "name another one with -o, or replace it with --force");
      }
    }
    result.files().forEach((path, bytes) -> ReportFiles.write(beside(folder, path), bytes));
    ReportFiles.write(output, result.yaml());
  }

  private static Path beside(@Nullable Path folder, String path) {
    return folder == null ? Path.of(path) : folder.resolve(path);
  }

  private void tell(ImportResult result) {
    PrintStream err = load.assay().console().err();
    result.notes().forEach(note -> err.println("note: " + note));
    result.tasks().forEach(task -> err.println("to do: " + task));
    String steps = result.steps() == 1 ? "1 request" : result.steps() + " requests";
    if (output.equals(STANDARD)) {
      err.println(steps + " in one pass");
      return;
    }
    load.assay()
        .console()
        .out()
        .println(
            "wrote " + output + ": " + steps + " in one pass\nnext: `assay run " + output + "`");
  }
}
