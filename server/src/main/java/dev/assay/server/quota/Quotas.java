package dev.assay.server.quota;

import dev.assay.api.spi.Clock;
import dev.assay.server.audit.AuditLog;
import dev.assay.server.audit.Target;
import dev.assay.server.project.Project;
import dev.assay.server.usage.Came;
import dev.assay.server.usage.Usage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The quotas of projects: how far they are used, and changing them. Thread-safe. */
public final class Quotas {

  private final QuotaStore store;
  private final QuotaGate gate;
  private final Usage usage;
  private final AuditLog audit;
  private final Clock clock;

  /** Those of a database. */
  public Quotas(QuotaStore store, QuotaGate gate, Usage usage, AuditLog audit, Clock clock) {
    this.store = store;
    this.gate = gate;
    this.usage = usage;
    this.audit = audit;
    this.clock = clock;
  }

  /** Those of a project. */
  public Limits of(Project project) {
    return store.of(project.name());
  }

  /** Changes those of a project; what is missing is without end. They hold at once. */
  public void set(Project project, Limits limits) {
    audit.recorded(() -> {
      store.set(project.name(), limits);
      Map<String, String> said = new TreeMap<>();
      for (Quota quota : Quota.values()) {
        Long most = limits.of(quota);
        said.put(quota.label(), most == null ? "no end" : String.valueOf(most));
      }
      audit.note("quota.changed", project.name(), Target.thing(project.name()), said);
      return limits;
    });
    gate.changed(project.name());
  }

  /** How far each quota of a project is used, also those that are without end. */
  public List<Standing> standings(Project project) {
    LocalDate today = usage.today();
    Came came = usage.days(project, today).getOrDefault(today, Came.NOTHING);
    return standings(
        project.name(),
        of(project),
        came,
        usage.kept(project).bytes(),
        store.members(),
        store.keys(clock.now().toEpochMilli()));
  }

  static List<Standing> standings(
      String project,
      Limits limits,
      Came today,
      long bytes,
      Map<String, Long> members,
      Map<String, Long> keys) {
    List<Standing> standings = new ArrayList<>();
    for (Quota quota : Quota.values()) {
      Long used =
          switch (quota) {
            case BYTES -> (Long) bytes;
            case ENTRIES -> (Long) today.entries();
            case RUNS -> (Long) today.runs();
            case MEMBERS -> members.getOrDefault(project, 0L);
            case KEYS -> keys.getOrDefault(project, 0L);
            case REQUESTS -> null;
          };
      standings.add(new Standing(quota, used, limits.of(quota)));
    }
    return standings;
  }
}
