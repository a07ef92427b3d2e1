package dev.assay.observe.monitor;

import dev.assay.api.problem.Problem;
import dev.assay.api.spi.Reference;
import dev.assay.api.spi.WorkspaceSection;
import dev.assay.observe.problem.MonitorProblems;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The key {@code monitors} of the workspace. */
public final class MonitorsSection implements WorkspaceSection<MonitorConfiguration> {

  /** The key. */
  public static final String NAME = "monitors";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "Checks on a schedule, carried out by `assay monitor`; an alert opens when they fail.";
  }

  @Override
  public Class<MonitorConfiguration> entry() {
    return MonitorConfiguration.class;
  }

  @Override
  public void validate(Map<String, MonitorConfiguration> entries, Consumer<Problem> problems) {
    entries.forEach((name, entry) -> {
      try {
        MonitorSchedule _ = MonitorSchedule.of(name, entry);
      } catch (IllegalArgumentException wrong) {
        problems.accept(
            MonitorProblems.WRONG_MONITOR.at(
                entry.place(),
                "monitor '" + name + "': " + wrong.getMessage(),
                "write `every: 5m`, or `cron:` with an expression such as \"*/5 * * * *\""));
      }
      try {
        FlapRule _ = entry.alerting().rule();
      } catch (IllegalArgumentException wrong) {
        problems.accept(
            MonitorProblems.WRONG_MONITOR.at(
                entry.alerting().place(),
                "monitor '" + name + "': " + wrong.getMessage(),
                "write `after: 2 of 3` and `close: 2`"));
      }
    });
  }

  @Override
  public List<Reference> references(MonitorConfiguration entry) {
    return List.of(new Reference("checks", entry.check(), entry.place()));
  }
}
