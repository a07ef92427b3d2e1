package dev.assay.server.hook;

import dev.assay.api.json.JsonReader;
import dev.assay.core.report.telemetry.TelemetryForm;
import dev.assay.core.report.telemetry.TelemetryForm.Part;
import dev.assay.server.hook.Outbox.Letter;
import dev.assay.server.project.Projects;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What systems that keep telemetry are posted of a run. It is made of the run as it is sent, one at
 * a time, so that nothing large waits in the database and of an erased run nothing does.
 * Thread-safe.
 */
final class TelemetryLetters {

  private final Projects projects;
  private final ReentrantLock one = new ReentrantLock();

  TelemetryLetters(Projects projects) {
    this.projects = projects;
  }

  /** The requests; empty where the run is no longer here. */
  List<Part> parts(Letter letter, TelemetryForm form, String source) {
    String run = JsonReader.read(letter.body()).asObject().text("subject");
    if (letter.test()) {
      return List.of(form.greeting());
    }
    one.lock();
    try {
      return projects
          .list()
          .find(letter.project())
          .map(projects::runs)
          .flatMap(runs -> runs.find(run).map(runs::report))
          .map(report -> form.parts(report, source + "/runs/" + run))
          .orElse(List.of());
    } finally {
      one.unlock();
    }
  }
}
