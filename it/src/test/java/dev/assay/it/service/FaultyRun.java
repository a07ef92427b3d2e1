package dev.assay.it.service;

import dev.assay.api.problem.Place;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.Cancellation;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.Processes;
import dev.assay.api.spi.Services;
import dev.assay.api.spi.SystemClock;
import dev.assay.api.spi.UndoJournal;
import dev.assay.api.value.Share;
import dev.assay.api.value.Size;
import dev.assay.api.value.Template;
import dev.assay.chaos.fault.Fault;
import dev.assay.chaos.fault.FaultConfiguration;
import dev.assay.chaos.fault.FaultContext;
import dev.assay.chaos.fault.Faults;
import dev.assay.chaos.fault.Injected;
import dev.assay.chaos.fault.LinkOverlays;
import dev.assay.core.run.FileUndoJournal;
import dev.assay.store.WorkspaceLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes and undoes one fault after the other until it is killed, as a run does that has nothing
 * else to do: it holds the workspace's lock, keeps the undo journal and has a watchdog. It says
 * what it does on standard output.
 */
public final class FaultyRun implements FaultContext, Services {

  private static final Place HERE = Place.NONE;
  private static final Duration LONGEST = Duration.ofSeconds(120);

  private final FileUndoJournal journal;
  private final Path scratch;
  private final LinkOverlays overlays = new LinkOverlays();
  private final List<Service> services;

  private FaultyRun(FileUndoJournal journal, Path scratch, long target) {
    this.journal = journal;
    this.scratch = scratch;
    this.services = List.of(new Outside(target), new Own(journal));
  }

  /**
   * The entry point.
   *
   * @param arguments the folder .assay, a process that is held still and limited, a file that is
   *     made read-only, a folder whose file system is filled, a scratch folder, and a seed
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    List<String> watchdog =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx24m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.assay.cli.Main",
            "mend",
            "--when-gone");
    String run = "faulty-" + ProcessHandle.current().pid();
    try (WorkspaceLock _ = WorkspaceLock.acquire(folder, run);
        FileUndoJournal journal = FileUndoJournal.open(folder, run, new SystemClock(), watchdog)) {
      FaultyRun faulty =
          new FaultyRun(journal, Path.of(arguments[4]), Long.parseLong(arguments[1]));
      List<Fault> faults =
          Stream.of(
                  written("pause", arguments),
                  written("cpu", arguments),
                  written("read only", arguments),
                  written("disk", arguments),
                  written("kill", arguments))
              .map(Faults::of)
              .toList();
      faulty.goOn(faults, new SplittableRandom(Long.parseLong(arguments[5])));
    }
  }

  private void goOn(List<Fault> faults, SplittableRandom random) {
    long began = System.nanoTime();
    while (System.nanoTime() - began < LONGEST.toNanos()) {
      Fault fault = faults.get(random.nextInt(faults.size()));
      try (Injected injected = fault.inject(this)) {
        say("broken " + fault.kind());
        LockSupport.parkNanos(random.nextInt(20_000_000));
        injected.renew();
      } catch (ProblemException refused) {
        say("refused " + refused.problems().getFirst().toString().replace('\n', ' '));
        LockSupport.parkNanos(20_000_000);
      }
      say("whole");
    }
  }

  private static void say(String line) {
    System.out.println(line);
  }

  private static FaultConfiguration written(String kind, String[] arguments) {
    Template file = Template.parse(arguments[2]);
    Template disk = Template.parse(arguments[3]);
    boolean kill = kind.equals("kill");
    boolean pause = kind.equals("pause");
    boolean cpu = kind.equals("cpu");
    return new FaultConfiguration(
        kill ? new FaultConfiguration.Ending("own", Duration.ofMillis(5), HERE) : null,
        null,
        pause ? new FaultConfiguration.Target("outside", HERE) : null,
        null,
        cpu ? new FaultConfiguration.Cpu(null, "outside", new Share(0.5), HERE) : null,
        null,
        kind.equals("disk") ? new FaultConfiguration.Disk(disk, new Size(0), HERE) : null,
        null,
        kind.equals("read only") ? new FaultConfiguration.ReadOnly(file, HERE) : null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        HERE);
  }

  @Override
  public Optional<Services> services() {
    return Optional.of(this);
  }

  @Override
  public UndoJournal undo() {
    return journal;
  }

  @Override
  public Clock clock() {
    return new SystemClock();
  }

  @Override
  public long seed() {
    return 1;
  }

  @Override
  public Path folder() {
    return Path.of("/");
  }

  @Override
  public Path scratch() {
    return scratch;
  }

  @Override
  public Processes processes() {
    throw new UnsupportedOperationException("no fault here needs one");
  }

  @Override
  public Cancellation cancellation() {
    return new Cancellation() {
      @Override
      public boolean requested() {
        return false;
      }

      @Override
      public Registration onRequest(Runnable action) {
        return () -> {};
      }
    };
  }

  @Override
  public String fill(Template template) {
    return template.source();
  }

  @Override
  public LinkOverlays overlays() {
    return overlays;
  }

  @Override
  public <T> Optional<T> find(Class<T> type) {
    return Optional.empty();
  }

  @Override
  public List<Service> all() {
    return services;
  }

  @Override
  public Optional<Service> named(String name) {
    return services.stream().filter(service -> service.name().equals(name)).findFirst();
  }

  /** A process that is there before the run and after it. */
  private record Outside(long pid) implements Service {

    @Override
    public String name() {
      return "outside";
    }

    @Override
    public Set<Long> pids() {
      Set<Long> pids = new LinkedHashSet<>();
      ProcessHandle.of(pid)
          .ifPresent(handle -> {
            pids.add(pid);
            handle.descendants().forEach(child -> pids.add(child.pid()));
          });
      return pids;
    }

    @Override
    public boolean alive() {
      return !pids().isEmpty();
    }

    @Override
    public List<String> command() {
      return List.of();
    }

    @Override
    public Path log() {
      return Path.of("/dev/null");
    }

    @Override
    public void restart() {
      throw new UnsupportedOperationException("it is never ended");
    }

    @Override
    public void expectEnd() {}
  }

  /** A process that the run owns, in the journal as every service is. */
  private static final class Own implements Service {
    private final UndoJournal journal;
    private @Nullable Process process;
    private UndoJournal.@Nullable Entry entry;

    Own(UndoJournal journal) {
      this.journal = journal;
      restart();
    }

    @Override
    public String name() {
      return "own";
    }

    @Override
    public synchronized long pid() {
      Process now = process;
      return now == null ? 0 : now.pid();
    }

    @Override
    public Set<Long> pids() {
      return alive() ? Set.of(pid()) : Set.of();
    }

    @Override
    public synchronized boolean alive() {
      Process now = process;
      return now != null && now.isAlive();
    }

    @Override
    public List<String> command() {
      return List.of("sleep", "1000");
    }

    @Override
    public Path log() {
      return Path.of("/dev/null");
    }

    @Override
    public synchronized void restart() {
      UndoJournal.Entry before = entry;
      Process old = process;
      if (before != null && old != null) {
        old.destroyForcibly();
        before.done();
        entry = null;
      }
      UndoJournal.Entry written = journal.before("process", Map.of("command", "sleep"));
      ProcessBuilder builder = new ProcessBuilder(command());
      builder.environment().put("ASSAY_PROCESS", written.id());
      try {
        process = builder.start();
        entry = written;
      } catch (IOException broken) {
        throw new IllegalStateException(broken);
      }
    }

    @Override
    public void expectEnd() {}
  }
}
