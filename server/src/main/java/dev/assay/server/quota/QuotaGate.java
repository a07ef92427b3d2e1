package dev.assay.server.quota;

import dev.assay.api.spi.Clock;
import dev.assay.server.project.Admission;
import dev.assay.server.project.Project;
import dev.assay.server.usage.Came;
import dev.assay.server.usage.Usage;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets in what a project's quotas have room for. What a project has is counted anew once a second,
 * and what is let in meanwhile is added: one server lets nothing in beyond a quota. Where several
 * servers take what is sent to one project, each may let in what the others took in the last two
 * seconds. Thread-safe.
 */
public final class QuotaGate implements Admission {

  private static final long GOOD_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long LATELY_NANOS = Duration.ofMinutes(1).toNanos();

  private final QuotaStore store;
  private final Usage usage;
  private final Clock clock;
  private final Map<String, Room> rooms = new ConcurrentHashMap<>();
  private final Map<String, Map<Quota, Long>> refused = new ConcurrentHashMap<>();

  /** By those quotas. */
  public QuotaGate(QuotaStore store, Usage usage, Clock clock) {
    this.store = store;
    this.usage = usage;
    this.clock = clock;
  }

  /** What was found at a moment. */
  private record Found(long atNanos, LocalDate day, Limits limits, Came today, long bytes) {}

  /** Runs, entries and bytes. Thread-safe. */
  private static final class Amounts {
    private final AtomicLong[] amounts = {new AtomicLong(), new AtomicLong(), new AtomicLong()};

    /** Adds some so often; what there is then. */
    long[] add(long[] more, int times) {
      long[] now = new long[amounts.length];
      for (int i = 0; i < amounts.length; i++) {
        now[i] = amounts[i].addAndGet(times * more[i]);
      }
      return now;
    }

    long[] now() {
      return add(new long[amounts.length], 1);
    }
  }

  /** How much one project has. */
  private static final class Room {
    private final ReentrantLock looking = new ReentrantLock();
    private final Amounts admitted = new Amounts();
    private final Amounts onTheWay = new Amounts();
    private volatile @Nullable Found found;
  }

  /** The quotas of a project as they were at most a second ago. */
  public Limits limits(Project project) {
    return found(project, room(project)).limits();
  }

  /** Quotas were changed: they hold at once here, and in a second on other servers. */
  void changed(String project) {
    Room room = rooms.get(project);
    if (room != null) {
      room.found = null;
    }
  }

  private Room room(Project project) {
    return rooms.computeIfAbsent(project.name(), _ -> new Room());
  }

  private Found found(Project project, Room room) {
    Found known = room.found;
    if (known != null && good(known)) {
      return known;
    }
    // whoever comes meanwhile goes on with what was found before, if anything was
    if (known == null || !known.day().equals(usage.today())) {
      room.looking.lock();
    } else if (!room.looking.tryLock()) {
      return known;
    }
    try {
      Found now = room.found;
      return now != null && good(now) ? now : look(project, room);
    } finally {
      room.looking.unlock();
    }
  }

  private boolean good(Found found) {
    return clock.nanos() - found.atNanos() < GOOD_NANOS && found.day().equals(usage.today());
  }

  private Found look(Project project, Room room) {
    LocalDate day = usage.today();
    Limits limits = store.of(project.name());
    boolean counts = limits.most().keySet().stream().anyMatch(QuotaGate::counted);
    long[] before = room.admitted.now();
    long[] onTheWay = room.onTheWay.now();
    Came today = Came.NOTHING;
    long kept = 0;
    if (counts) {
      today = usage.days(project, day).getOrDefault(day, Came.NOTHING);
      kept = usage.kept(project).bytes();
    }
    // what is on its way may be counted already, and counts twice for a second
    var _ = room.admitted.add(onTheWay, 1);
    var _ = room.admitted.add(before, -1);
    Found found = new Found(clock.nanos(), day, limits, today, kept);
    room.found = found;
    return found;
  }

  private static boolean counted(Quota quota) {
    return quota == Quota.BYTES || quota == Quota.ENTRIES || quota == Quota.RUNS;
  }

  @Override
  public Pass admit(Project project, long runs, long entries, long bytes) {
    Room room = room(project);
    Found found = found(project, room);
    Limits limits = found.limits();
    if (limits.most().isEmpty()) {
      return Pass.FREE;
    }
    long[] wanted = {runs, entries, bytes};
    // in this order: what was admitted is on its way, or was counted
    var _ = room.onTheWay.add(wanted, 1);
    Quota over = over(found, wanted, room.admitted.add(wanted, 1));
    Long most = over == null ? null : limits.of(over);
    if (over != null && most != null) {
      var _ = room.onTheWay.add(wanted, -1);
      var _ = room.admitted.add(wanted, -1);
      var _ =
          refused
              .computeIfAbsent(project.name(), _ -> new ConcurrentHashMap<>())
              .put(over, clock.nanos());
      throw QuotaReached.of(over, project.name(), most, clock.now());
    }
    return () -> {
      var _ = room.onTheWay.add(wanted, -1);
    };
  }

  private static @Nullable Quota over(Found found, long[] wanted, long[] admitted) {
    Limits limits = found.limits();
    if (wanted[0] > 0 && limits.exceeded(Quota.RUNS, found.today().runs() + admitted[0])) {
      return Quota.RUNS;
    }
    if (wanted[1] > 0 && limits.exceeded(Quota.ENTRIES, found.today().entries() + admitted[1])) {
      return Quota.ENTRIES;
    }
    return wanted[2] > 0 && limits.exceeded(Quota.BYTES, found.bytes() + admitted[2])
        ? Quota.BYTES
        : null;
  }

  /** For what quotas a project was refused something in the last minute. */
  Set<Quota> refused(String project) {
    EnumSet<Quota> lately = EnumSet.noneOf(Quota.class);
    long now = clock.nanos();
    refused
        .getOrDefault(project, Map.of())
        .forEach((quota, at) -> {
          if (now - at < LATELY_NANOS) {
            boolean _ = lately.add(quota);
          }
        });
    return lately;
  }
}
