package dev.assay.load.imports;

import dev.assay.api.problem.Where;
import dev.assay.load.imports.WorkspaceDraft.Auth;
import dev.assay.load.imports.WorkspaceDraft.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a draft as the text of a workspace file. */
final class WorkspaceWriter {

  private static final int LARGEST = 1 << 20;
  private static final int MOST_STEPS = 2_000;
  private static final int SECONDS = 30;

  /** Requests in all, so that what is expected of them can be said for sure. */
  private static final int ENOUGH = 120;

  private final WorkspaceDraft draft;
  private final StringBuilder out = new StringBuilder(4096);

  private WorkspaceWriter(WorkspaceDraft draft) {
    this.draft = draft;
  }

  /** The text. */
  static String write(WorkspaceDraft draft) {
    return new WorkspaceWriter(draft).text();
  }

  private String text() {
    int steps = draft.requests().size();
    if (steps > MOST_STEPS) {
      throw tooLarge(
          steps + " requests are more than the " + MOST_STEPS + " that one flow may have");
    }
    opening();
    line("workspace: " + YamlText.block(Texts.constant(draft.name)));
    line("");
    environments();
    variables();
    line("checks:");
    line("  load:");
    line("    load:");
    model();
    line("      flow:");
    StepWriter writer = new StepWriter(out, "        ");
    for (Step step : draft.steps) {
      writer.write(step);
    }
    line("    expect:");
    line("      errors: < 1 %");
    line("      latency.p95: < 1 s");
    if (out.toString().getBytes(StandardCharsets.UTF_8).length > LARGEST) {
      throw tooLarge("the workspace would have more than 1 MiB");
    }
    return out.toString();
  }

  private static dev.assay.api.problem.ProblemException tooLarge(String what) {
    return ImportProblems.TOO_LARGE.failure(
        Where.named("the workspace to write"), what, "record less, or cut it into several files");
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  private void opening() {
    line("# " + YamlText.comment(draft.title()));
    List<String> tasks = new ArrayList<>(draft.tasks);
    draft.secrets.forEach((name, secret) ->
        tasks.add("set the environment variable " + secret.variable() + ": " + secret.what()));
    if (!tasks.isEmpty()) {
      line("#");
      line("# Before the first run:");
      tasks.forEach(task -> line("#  - " + YamlText.comment(task)));
    }
    if (!draft.notes.isEmpty()) {
      line("#");
      line("# What is not as it was:");
      draft.notes.forEach(note -> line("#  - " + YamlText.comment(note)));
    }
  }

  private void environments() {
    line("environments:");
    line("  " + YamlText.key(draft.environment) + ":");
    line("    url: " + YamlText.block(draft.url.source()));
    if (!draft.secrets.isEmpty()) {
      line("    secrets:");
      draft.secrets.forEach((name, secret) ->
          line(
              "      "
                  + YamlText.key(name)
                  + ": { env: "
                  + YamlText.flow(secret.variable())
                  + " }  # "
                  + YamlText.comment(secret.what())));
    }
    line("");
  }

  private void variables() {
    if (draft.variables.isEmpty()) {
      return;
    }
    line("variables:");
    draft.variables.forEach((name, variable) -> {
      String comment = variable.comment();
      line(
          "  "
              + YamlText.key(name)
              + ": "
              + YamlText.block(variable.value().source())
              + (comment == null ? "" : "  # " + YamlText.comment(comment)));
    });
    line("");
  }

  private void model() {
    line("      # gentle, to see that it works; then raise the rate");
    int steps = Math.max(1, draft.requests().size());
    line("      rate: " + Math.ceilDiv(ENOUGH, steps * SECONDS) + "/s");
    line("      for: " + SECONDS + "s");
    line("      warm up: 2s");
    String protocol = draft.protocol;
    if (protocol != null) {
      line("      protocol: " + protocol);
    }
    if (draft.cookies) {
      line("      cookies: true");
    }
    if (draft.followRedirects > 0) {
      line("      follow redirects: " + draft.followRedirects);
    }
    if (!draft.tls.isEmpty()) {
      tls();
    }
    Auth auth = draft.auth;
    if (auth != null) {
      line("      auth: " + StepWriter.auth(auth));
    }
    if (!draft.headers.isEmpty()) {
      headers();
    }
    if (!draft.generated.isEmpty()) {
      line("      feeders:");
      line(
          "        made: { generate: "
              + YamlText.flow(new LinkedHashMap<>(draft.generated))
              + " }");
    }
  }

  private void tls() {
    List<String> keys = new ArrayList<>();
    draft.tls.forEach((key, value) ->
        keys.add(key + ": " + (value.equals("true") ? value : YamlText.flow(value))));
    line("      tls: { " + String.join(", ", keys) + " }");
  }

  private void headers() {
    Map<String, String> map = new LinkedHashMap<>();
    draft.headers.forEach(header -> map.put(header.name(), header.value().source()));
    line("      headers:");
    map.forEach(
        (name, value) -> line("        " + YamlText.key(name) + ": " + YamlText.block(value)));
  }
}
