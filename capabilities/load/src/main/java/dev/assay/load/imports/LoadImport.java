package dev.assay.load.imports;

import dev.assay.api.problem.Where;
import dev.assay.api.value.Template;
import java.util.ArrayList;
import java.util.List;

/** Makes a workspace from what somebody else wrote or recorded. Pure: opens nothing. */
public final class LoadImport {

  private LoadImport() {}

  /**
   * Imports a file.
   *
   * @param source what it is
   * @param file its name, for messages
   * @param bytes its content
   * @throws dev.assay.api.problem.ProblemException if it cannot be read, or nothing is left to send
   */
  public static ImportResult read(
      ImportSource source, String file, byte[] bytes, ImportOptions options) {
    Source text = Source.of(file, bytes, source.largest());
    WorkspaceDraft draft =
        switch (source) {
          case HAR -> HarImport.read(text, options);
          case OPENAPI -> OpenApiImport.read(text, options);
          case POSTMAN -> PostmanImport.read(text, options);
          case CURL -> CurlImport.read(text, options);
        };
    if (draft.requests().isEmpty()) {
      String why = draft.notes.isEmpty() ? "" : ": " + String.join("; ", draft.notes);
      throw ImportProblems.NOTHING.failure(
          Where.named(file),
          "no request is left of '" + file + "'" + why,
          "name another file, or keep what was left out");
    }
    String url = options.url();
    if (url != null) {
      draft.url = Template.parse(url);
    }
    String yaml = WorkspaceWriter.write(draft);
    List<String> tasks = new ArrayList<>(draft.tasks);
    draft.secrets.forEach((_, secret) ->
        tasks.add("set the environment variable " + secret.variable() + ": " + secret.what()));
    return new ImportResult(yaml, draft.files, draft.requests().size(), draft.notes, tasks);
  }
}
