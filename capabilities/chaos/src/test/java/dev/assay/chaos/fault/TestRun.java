package dev.assay.chaos.fault;

import dev.assay.api.spi.Cancellation;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.Processes;
import dev.assay.api.spi.Services;
import dev.assay.api.spi.SystemClock;
import dev.assay.api.spi.UndoAction;
import dev.assay.api.spi.UndoJournal;
import dev.assay.api.value.Template;
import dev.assay.network.proxy.Links;
import dev.assay.network.proxy.OpenLink;
import dev.assay.testkit.TestContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run with real services and a journal in memory. */
final class TestRun implements FaultContext, Services, AutoCloseable {

  private final TestContext context;
  private final LinkOverlays overlays = new LinkOverlays();
  private final List<OpenLink> links = new ArrayList<>();
  private final Map<String, TestService> services = new LinkedHashMap<>();
  private final Map<String, Written> open = new LinkedHashMap<>();
  private final List<String> kinds = new ArrayList<>();
  private boolean alive = true;

  /** An entry of the journal. */
  record Written(String kind, Map<String, String> details) {}

  TestRun(Path folder) {
    this.context = new TestContext(folder, folder, null);
  }

  /** Starts a service. */
  TestService service(String name, String... command) {
    return service(Map.of(), name, command);
  }

  /** The same with environment variables. */
  TestService service(Map<String, String> environment, String name, String... command) {
    TestService service = new TestService(name, List.of(command), environment);
    services.put(name, service);
    service.restart();
    return service;
  }

  /** Opens a link. */
  void open(OpenLink link) {
    links.add(link);
  }

  /** The entries that have not been struck out. */
  Map<String, Written> open() {
    return open;
  }

  /** The kinds of all entries that ever were. */
  List<String> kinds() {
    return kinds;
  }

  /** The watchdog undoes what is open; leases are over. */
  List<String> mendAsTheWatchdog() throws Exception {
    List<String> mended = new ArrayList<>();
    for (Map.Entry<String, Written> entry : open.entrySet()) {
      for (UndoAction action : Faults.undoActions()) {
        if (action.kind().equals(entry.getValue().kind())) {
          action.undo(entry.getKey(), entry.getValue().details()).ifPresent(mended::add);
        }
      }
    }
    return mended;
  }

  /** Leases are not renewed any more. */
  void hang() {
    alive = false;
  }

  @Override
  public Optional<Services> services() {
    return Optional.of(this);
  }

  @Override
  public UndoJournal undo() {
    return (kind, details) -> {
      String id = "run-" + kinds.size();
      kinds.add(kind);
      open.put(id, new Written(kind, Map.copyOf(details)));
      return new UndoJournal.Entry() {
        @Override
        public String id() {
          return id;
        }

        @Override
        public void done() {
          open.remove(id);
        }

        @Override
        public boolean renew() {
          return alive;
        }
      };
    };
  }

  @Override
  public Clock clock() {
    return new SystemClock();
  }

  @Override
  public long seed() {
    return 42;
  }

  @Override
  public Path folder() {
    return Path.of("/");
  }

  @Override
  public Path scratch() {
    return context.scratch();
  }

  @Override
  public Processes processes() {
    return context.processes();
  }

  @Override
  public Cancellation cancellation() {
    return context.cancellation();
  }

  @Override
  public String fill(Template template) {
    return context.fill(template);
  }

  @Override
  public LinkOverlays overlays() {
    return overlays;
  }

  @Override
  public <T> Optional<T> find(Class<T> type) {
    return type == Links.class ? Optional.of(type.cast(new Links(links))) : Optional.empty();
  }

  @Override
  public List<Service> all() {
    return List.copyOf(services.values());
  }

  @Override
  public Optional<Service> named(String name) {
    return Optional.ofNullable(services.get(name));
  }

  @Override
  public void close() {
    services.values().forEach(TestService::end);
  }

  /** A service that is started without waiting. */
  final class TestService implements Service {
    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private Process process;
    private int expectedEnds;

    TestService(String name, List<String> command, Map<String, String> environment) {
      this.environment = environment;
      this.name = name;
      this.command = command;
    }

    int expectedEnds() {
      return expectedEnds;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public long pid() {
      return process.pid();
    }

    @Override
    public java.util.Set<Long> pids() {
      java.util.Set<Long> pids = new java.util.LinkedHashSet<>();
      if (process.isAlive()) {
        pids.add(process.pid());
      }
      process.descendants().forEach(child -> pids.add(child.pid()));
      return pids;
    }

    @Override
    public boolean alive() {
      return !pids().isEmpty();
    }

    @Override
    public List<String> command() {
      return command;
    }

    @Override
    public Path log() {
      return context.scratch().resolve(name + ".log");
    }

    @Override
    public void restart() {
      try {
        if (process != null) {
          end();
        }
        ProcessBuilder builder =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().putAll(environment);
        process = builder.start();
        Waiting.until(this::alive, Duration.ofSeconds(5));
      } catch (java.io.IOException broken) {
        throw new java.io.UncheckedIOException(broken);
      }
    }

    @Override
    public void expectEnd() {
      expectedEnds++;
    }

    void end() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      try {
        process.waitFor();
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      }
    }
  }
}
