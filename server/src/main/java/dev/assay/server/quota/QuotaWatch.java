package dev.assay.server.quota;

import dev.assay.api.spi.Clock;
import dev.assay.server.quota.QuotaStore.Told;
import dev.assay.server.usage.Came;
import dev.assay.server.usage.Kept;
import dev.assay.server.usage.Usage;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells webhooks, once each, and pages, as long as it is so, that a quota is used by {@value
 * Standing#NEAR} percent, and that it is reached. Looks every few seconds. Thread-safe.
 */
public final class QuotaWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(QuotaWatch.class);
  private static final long EVERY_SECONDS = 3;

  /** What was told is told again only after it was so much below, in percent. */
  private static final int BELOW = 20;

  private final QuotaStore store;
  private final QuotaGate gate;
  private final Usage usage;
  private final Consumer<QuotaNews> teller;
  private final Clock clock;

  /** What pages say of projects. */
  private volatile Map<String, List<String>> notes = Map.of();

  private final ScheduledExecutorService background =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("assay-quotas").factory());

  /**
   * Of those quotas; {@link #begin} begins to look.
   *
   * @param teller tells the webhooks of a project
   */
  public QuotaWatch(
      QuotaStore store, QuotaGate gate, Usage usage, Consumer<QuotaNews> teller, Clock clock) {
    this.store = store;
    this.gate = gate;
    this.usage = usage;
    this.teller = teller;
    this.clock = clock;
  }

  /** Begins to look. */
  public void begin() {
    var _ =
        background.scheduleWithFixedDelay(
            this::look, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  /** What the pages of a project say; empty where all is well. */
  public List<String> notes(String project) {
    return notes.getOrDefault(project, List.of());
  }

  private void look() {
    try {
      SortedMap<String, Limits> all = store.all();
      notes = all.isEmpty() ? Map.of() : looked(all);
    } catch (RuntimeException unlucky) {
      LOG.debug("quotas cannot be looked at now", unlucky);
    }
  }

  private Map<String, List<String>> looked(SortedMap<String, Limits> all) {
    LocalDate today = usage.today();
    SortedMap<String, Came> came = usage.sums(today);
    Map<String, Kept> kept = usage.kept();
    Map<Told, Long> before = store.told();
    Map<String, Long> members = store.members();
    Map<String, Long> keys = store.keys(clock.now().toEpochMilli());
    Map<String, List<String>> said = new ConcurrentHashMap<>();
    all.forEach((project, limits) -> {
      Kept now = kept.get(project);
      if (now != null) {
        Set<Quota> refused = gate.refused(project);
        Came day = came.getOrDefault(project, Came.NOTHING);
        List<String> lines =
            Quotas.standings(project, limits, day, now.bytes(), members, keys).stream()
                .filter(standing -> standing.most() != null && standing.used() != null)
                .flatMap(standing ->
                    told(project, standing, refused.contains(standing.quota()), before).stream())
                .toList();
        if (!lines.isEmpty()) {
          said.put(project, lines);
        }
      }
    });
    return said;
  }

  private List<String> told(
      String project, Standing standing, boolean refused, Map<Told, Long> before) {
    boolean reached = refused || standing.atLeast(Standing.ALL);
    boolean near = reached || standing.atLeast(Standing.NEAR);
    level(project, standing, Standing.NEAR, near, before);
    level(project, standing, Standing.ALL, reached, before);
    return near ? List.of(sentence(standing, reached)) : List.of();
  }

  private void level(
      String project, Standing standing, int percent, boolean so, Map<Told, Long> before) {
    Quota quota = standing.quota();
    long period = quota.daily() ? usage.today().toEpochDay() : 0;
    Long told = before.get(new Told(project, quota.label(), percent));
    if (so && (told == null || told != period)) {
      if (store.tell(project, quota, percent, period)) {
        teller.accept(new QuotaNews(project, standing, percent, clock.now()));
      }
    } else if (told != null && !quota.daily() && !standing.atLeast(percent - BELOW)) {
      store.forget(project, quota, percent);
    }
  }

  private static String sentence(Standing standing, boolean reached) {
    Quota quota = standing.quota();
    long most = standing.most() == null ? 0 : standing.most();
    long used = standing.used() == null ? 0 : standing.used();
    String have = quota.text(used) + " of " + quota.much(most);
    return reached
        ? "A quota is reached, and nothing more is taken: "
            + have
            + "."
            + (quota.daily() ? " There is room again from midnight UTC on." : "")
        : "A quota is nearly used up: " + have + ".";
  }

  @Override
  public void close() {
    background.shutdownNow();
  }
}
