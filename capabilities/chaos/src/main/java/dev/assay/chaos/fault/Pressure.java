package dev.assay.chaos.fault;

import dev.assay.api.spi.Processes;
import dev.assay.chaos.fault.Injected.Effect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Burden} on the whole machine, as a child of the run: the run's own journal entry for the
 * process is how it is undone after a crash.
 */
final class Pressure {

  private static final long MEBIBYTE = 1 << 20;

  /** What the burden needs beside what it holds. */
  private static final long OWN = 64 * MEBIBYTE;

  private final FaultContext context;
  private final String form;
  private final long amount;
  private Processes.@Nullable Child child;

  /**
   * A burden that is not there yet.
   *
   * @param form {@code cpu} or {@code memory}
   * @param amount processors or bytes
   */
  Pressure(FaultContext context, String form, long amount) {
    this.context = context;
    this.form = form;
    this.amount = amount;
  }

  /** The fault. */
  Break prepared() {
    return new Break(Ended.KIND, Map.of("burden", form), this::start, this::look, this::stop);
  }

  private void start() throws IOException {
    long heap = form.equals("cpu") ? 16 : amount / MEBIBYTE + 32;
    List<String> words =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + heap + "m",
            "-Xms" + heap + "m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            AgentJar.classPath(),
            Burden.class.getName(),
            form,
            Long.toString(amount));
    Path folder = context.scratch();
    child =
        context
            .processes()
            .start(
                new Processes.Command(
                    words, folder, Map.of(), folder.resolve("burden.log"), Duration.ZERO));
    Waiting.until(() -> look().seen(), Duration.ofSeconds(20));
  }

  private Effect look() {
    Processes.Child started = child;
    if (started == null) {
      return new Effect(false, "it was not started");
    }
    return form.equals("cpu") ? busy(started.pid()) : held(started.pid());
  }

  /** Whether it used processor time in a short while that it was watched. */
  private static Effect busy(long pid) {
    ProcessRef process = ProcessRef.of(pid).orElse(null);
    if (process == null) {
      return new Effect(false, "process " + pid + " has ended");
    }
    long before = ticks(process);
    boolean grows = Waiting.until(() -> ticks(process) > before + 2);
    return new Effect(
        grows, "process " + pid + (grows ? " uses" : " does not use") + " processor time");
  }

  private static long ticks(ProcessRef process) {
    return process.stat().map(ProcessRef.Stat::ticks).orElse(0L);
  }

  private Effect held(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith("VmRSS:")) {
          long bytes = Long.parseLong(line.replaceAll("\\D", "")) * 1024;
          return new Effect(bytes >= amount, "process " + pid + " holds " + bytes + " bytes");
        }
      }
    } catch (IOException gone) {
      // said below
    }
    return new Effect(false, "process " + pid + " has ended");
  }

  private void stop() {
    Processes.Child started = child;
    if (started != null) {
      started.stop();
    }
  }

  /** How much memory can be held with some left to the machine. */
  static long mostMemory() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
        if (line.startsWith("MemAvailable:")) {
          long available = Long.parseLong(line.replaceAll("\\D", "")) * 1024;
          return available - Math.max(256 * MEBIBYTE, available / 20) - OWN;
        }
      }
    } catch (IOException notLinux) {
      // none
    }
    return 0;
  }
}
