package dev.assay.chaos.fault;

import dev.assay.api.problem.Place;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.Services.Service;
import dev.assay.api.value.Unit;
import dev.assay.chaos.ChaosProblems;
import dev.assay.chaos.fault.ControlGroups.Hierarchy;
import dev.assay.chaos.fault.FaultConfiguration.ClockShift;
import dev.assay.chaos.fault.FaultConfiguration.Cpu;
import dev.assay.chaos.fault.FaultConfiguration.Dns;
import dev.assay.chaos.fault.FaultConfiguration.Ending;
import dev.assay.chaos.fault.FaultConfiguration.Memory;
import dev.assay.chaos.fault.FaultConfiguration.Target;
import dev.assay.chaos.fault.Injected.Effect;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Faults of services of the run. */
final class ServiceFaults {

  /** The period of the kernel's quota in microseconds, as it is by default. */
  private static final long PERIOD = 100_000;

  private static final long LEAST_QUOTA = 1000;

  private ServiceFaults() {}

  static Fault kill(Ending written, boolean ask) {
    String kind = ask ? "stop" : "kill";
    Duration after = written.restartAfter();
    return new WrittenFault(
        kind,
        kind + " " + written.service() + (after == null ? "" : " and start it after " + after),
        service(written.service()),
        written.place(),
        context -> {
          Service service = alive(context, written.service(), written.place());
          Death death = new Death(service, ask, after);
          return new Break(death.kind(), death.details(), death::make, death::look, death::mend);
        },
        null);
  }

  static Fault restart(Target written) {
    return new WrittenFault(
        "restart",
        "restart " + written.service(),
        service(written.service()),
        written.place(),
        context -> {
          Service service = alive(context, written.service(), written.place());
          long before = service.pid();
          return new Break(
              Ended.KIND,
              Map.of("service", written.service()),
              () -> {
                service.expectEnd();
                service.restart();
              },
              () ->
                  new Effect(
                      service.pid() != before,
                      "process " + before + " was followed by " + service.pid()),
              () -> {
                if (!service.alive()) {
                  Restarting.of(service);
                }
              });
        },
        null);
  }

  static Fault pause(Target written) {
    return new WrittenFault(
        "pause",
        "pause " + written.service(),
        service(written.service()),
        written.place(),
        context ->
            Break.of(
                new Pause(),
                Map.of(
                    Pause.PROCESSES,
                    ProcessRef.text(
                        ProcessRef.living(
                            alive(context, written.service(), written.place()).pids())))),
        null);
  }

  static Fault quota(Cpu written) {
    String name = Objects.requireNonNull(written.service());
    double ratio = Objects.requireNonNull(written.quota()).ratio();
    return new WrittenFault(
        "cpu",
        "leave " + name + " " + written.quota() + " of a processor",
        service(name),
        written.place(),
        context -> {
          Hierarchy hierarchy = hierarchy("cpu", written.place());
          long quota = Math.max(LEAST_QUOTA, Math.round(ratio * PERIOD));
          Map<String, String> limits = new LinkedHashMap<>();
          if (hierarchy.second()) {
            limits.put("cpu.max", quota + " " + PERIOD);
          } else {
            limits.put("cpu.cfs_period_us", Long.toString(PERIOD));
            limits.put("cpu.cfs_quota_us", Long.toString(quota));
          }
          return grouped(context, hierarchy, name, written.place(), limits);
        },
        null);
  }

  static Fault limit(Memory written) {
    String name = Objects.requireNonNull(written.service());
    // The kernel counts in pages.
    long bytes = Objects.requireNonNull(written.limit()).bytes() / 4096 * 4096;
    return new WrittenFault(
        "memory",
        "leave " + name + " " + written.limit() + " of memory",
        service(name),
        written.place(),
        context -> {
          Hierarchy hierarchy = hierarchy("memory", written.place());
          return grouped(
              context,
              hierarchy,
              name,
              written.place(),
              Map.of(
                  hierarchy.second() ? "memory.max" : "memory.limit_in_bytes",
                  Long.toString(bytes)));
        },
        null);
  }

  private static Hierarchy hierarchy(String controller, Place place) {
    return Powers.group(controller)
        .orElseThrow(() ->
            ChaosProblems.NOT_ALLOWED.failure(
                place,
                "no control group for '" + controller + "' can be made",
                "run as root, with the cgroup file system writable"));
  }

  private static Break grouped(
      FaultContext context,
      Hierarchy hierarchy,
      String service,
      Place place,
      Map<String, String> limits) {
    ControlGroups groups = ControlGroups.ofMachine();
    Quota quota = new Quota(groups);
    List<ProcessRef> processes = ProcessRef.living(alive(context, service, place).pids());
    for (ProcessRef process : processes) {
      Path now = groups.of(hierarchy, process.pid()).orElse(hierarchy.root());
      if (MachineFaults.isUnique(now)) {
        throw ChaosProblems.NOT_ALLOWED.failure(
            place,
            "service '" + service + "' is limited by another fault already",
            "let that one end first");
      }
    }
    return quota
        .details(hierarchy, MachineFaults.unique(context), processes, limits)
        .map(details -> Break.of(quota, details))
        .orElseThrow(() -> gone(service, place));
  }

  static Fault clock(ClockShift written) {
    String name = written.service();
    Place place = written.place();
    return new WrittenFault(
        "clock",
        "set the clock of " + name + " by " + Unit.NANOSECONDS.format(written.by().toNanos()),
        service(name),
        place,
        context -> {
          Set<Long> pids = alive(context, name, place).pids();
          return InsideJava.java(pids).isEmpty()
              ? fakeTime(context, ProcessRef.living(pids), written)
              : inside(context, name, place, "clock=" + written.by().toMillis());
        },
        null);
  }

  private static Break fakeTime(
      FaultContext context, List<ProcessRef> processes, ClockShift written) {
    Map<String, String> details =
        FakeTime.details(processes, written.by())
            .orElseThrow(() ->
                ChaosProblems.NOT_ALLOWED.failure(
                    written.place(),
                    "no process of service '"
                        + written.service()
                        + "' runs on Java, nor under libfaketime as it must",
                    "start it with the environment variables " + FakeTime.wanted()));
    try {
      FakeTime.tried(processes, context.scratch(), context.clock())
          .ifPresent(wrong -> {
            throw ChaosProblems.NOT_ALLOWED.failure(
                written.place(),
                "libfaketime does not work for service '" + written.service() + "': " + wrong,
                "see that it is the library of this machine's architecture");
          });
    } catch (IOException broken) {
      throw ChaosProblems.NOT_ALLOWED.failure(
          written.place(),
          "libfaketime cannot be tried: " + broken.getMessage(),
          "allow writing to the folder for temporary files");
    }
    return Break.of(new FakeTime(), details);
  }

  static Fault dns(Dns written) {
    String names =
        written.fail().isEmpty() ? "*" : String.join(",", written.fail()).toLowerCase(Locale.ROOT);
    return new WrittenFault(
        "dns",
        "hide " + (names.equals("*") ? "all names" : names) + " from " + written.service(),
        service(written.service()),
        written.place(),
        context -> inside(context, written.service(), written.place(), "names=" + names),
        null);
  }

  private static Break inside(FaultContext context, String name, Place place, String argument) {
    if (!Powers.attaches()) {
      throw ChaosProblems.NOT_ALLOWED.failure(
          place,
          "this Java cannot attach to another",
          "run Assay on a full JDK, with the module jdk.attach");
    }
    List<ProcessRef> java = InsideJava.java(alive(context, name, place).pids());
    if (java.isEmpty()) {
      throw ChaosProblems.NOT_ALLOWED.failure(
          place,
          "no process of service '" + name + "' runs on Java",
          "break it in another way: this fault works inside Java only");
    }
    for (ProcessRef process : java) {
      InsideJava.unfit(process)
          .ifPresent(why -> {
            throw ChaosProblems.NOT_ALLOWED.failure(
                place,
                "nothing can be changed inside service '" + name + "': " + why,
                "run the service on Java 24 or later, as the same user, without"
                    + " -XX:+DisableAttachMechanism");
          });
    }
    Path jar = context.scratch().toAbsolutePath().resolve(MachineFaults.unique(context) + ".jar");
    return Break.of(
        new InsideJava(),
        Map.of(
            InsideJava.PROCESSES, ProcessRef.text(java),
            InsideJava.JAR, jar.toString(),
            InsideJava.ARGUMENT, argument));
  }

  private static Set<String> service(String name) {
    return Set.of("service:" + name);
  }

  private static Service alive(FaultContext context, String name, Place place) {
    return context
        .services()
        .flatMap(services -> services.named(name))
        .filter(Service::alive)
        .orElseThrow(() -> gone(name, place));
  }

  private static ProblemException gone(String service, Place place) {
    return ChaosProblems.NO_TARGET.failure(
        place,
        "no process of service '" + service + "' lives",
        "see its log; it may have ended by itself, or by an earlier fault");
  }
}
