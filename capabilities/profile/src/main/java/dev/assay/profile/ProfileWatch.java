package dev.assay.profile;

import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.api.spi.ServiceObserver;
import dev.assay.api.value.Template;
import dev.assay.profile.perfdata.PerfData;
import dev.assay.profile.process.ProcessProbe;
import dev.assay.profile.process.ServiceReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everything that is watched of the services of a run during one check. */
final class ProfileWatch implements ServiceObserver.Watch {

  private static final int MOST_JVMS = 4;
  private static final String OWN_RECORDING = "-XX:StartFlightRecording";

  private final CheckContext context;
  private final EvidenceSink sink;
  private final Emission emission;
  private final List<JavaWatch> recordings = new ArrayList<>();
  private final List<SqlWatch> databases = new ArrayList<>();
  private final @Nullable Sampler sampler;

  ProfileWatch(
      CheckContext context,
      List<ServiceObserver.Service<ProfileConfiguration>> services,
      @Nullable ProfileConfiguration own,
      EvidenceSink sink) {
    this.context = context;
    this.sink = sink;
    this.emission = new Emission(context, sink);
    List<Long> started = services.stream().map(ServiceObserver.Service::pid).toList();
    Map<Long, ServiceReading> readings = ProcessProbe.of(started).read();
    for (ServiceObserver.Service<ProfileConfiguration> service : services) {
      ServiceReading reading = readings.get(service.pid());
      record(service, own, reading == null ? List.of() : reading.processes());
      ProfileConfiguration configuration = service.configuration();
      count(service.name(), configuration == null ? null : configuration.sql());
    }
    count("database", own == null ? null : own.sql());
    // Begun last, so that attaching and asking are not in its readings.
    this.sampler =
        services.isEmpty()
            ? null
            : new Sampler(context.check(), services, emission, context.clock());
  }

  private void record(
      ServiceObserver.Service<ProfileConfiguration> service,
      @Nullable ProfileConfiguration own,
      List<Long> processes) {
    boolean recorded = service.command().stream().anyMatch(word -> word.startsWith(OWN_RECORDING));
    ProfileConfiguration wanted = own == null ? service.configuration() : own;
    boolean asked = service.configuration() != null;
    if (wanted == null && recorded) {
      wanted = ProfileConfiguration.BY_DEFAULT;
    }
    if (wanted == null || !wanted.java()) {
      return;
    }
    List<Long> jvms = processes.stream().filter(ProfileWatch::jvm).limit(MOST_JVMS).toList();
    if (jvms.isEmpty() && asked) {
      emission.note(
          "profile.no-java",
          service.name(),
          "Java stacks of '"
              + service.name()
              + "' are not recorded, because none of its processes is a JVM that can be seen from"
              + " here; if one runs in a container or with -XX:-UsePerfData, start it with"
              + " -XX:+UsePerfData as a process of this machine");
    }
    for (long pid : jvms) {
      String prefix = "profile/" + service.name() + "/" + (jvms.size() > 1 ? pid + "/" : "");
      JavaWatch watch =
          JavaWatch.begin(
              service.name(),
              pid,
              prefix,
              recorded && service.configuration() == null,
              wanted,
              context,
              emission);
      if (watch != null) {
        recordings.add(watch);
      }
    }
  }

  private static boolean jvm(long pid) {
    Optional<PerfData> data = PerfData.of(pid);
    data.ifPresent(PerfData::close);
    return data.isPresent()
        || ProcessHandle.of(pid)
            .flatMap(handle -> handle.info().command())
            .map(command -> command.endsWith("/java") || command.endsWith("java.exe"))
            .orElse(false);
  }

  private void count(String service, @Nullable Template address) {
    if (address != null) {
      try {
        SqlWatch watch = SqlWatch.begin(service, context.fill(address), emission);
        if (watch != null) {
          databases.add(watch);
        }
      } catch (ProblemException unfilled) {
        // A recording may have begun, so this must come to its end.
        Problem problem = unfilled.problems().getFirst();
        emission.note(
            "profile.no-statements",
            service,
            "SQL statements of '"
                + service
                + "' are not counted, because "
                + problem.what()
                + "; to mend it, "
                + problem.mend());
      }
    }
  }

  @Override
  public void close() {
    if (sampler != null) {
      sampler.close();
    }
    // The statements first: what reads a recording takes its time.
    databases.forEach(database -> database.end(context, sink));
    recordings.forEach(recording -> recording.end(context, sink));
  }

  /** A name of the workspace as part of a file's name. */
  static String fileName(String name) {
    return name.replaceAll("[^A-Za-z0-9_.-]", "_");
  }
}
