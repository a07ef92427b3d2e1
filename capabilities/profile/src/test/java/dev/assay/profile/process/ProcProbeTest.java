package dev.assay.profile.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading a {@code /proc} that a test wrote. */
class ProcProbeTest {

  @TempDir private Path proc = Path.of("");

  private void process(long pid, String name, long parent, long session, long... ticks)
      throws IOException {
    Path folder = Files.createDirectories(proc.resolve(Long.toString(pid)).resolve("fd"));
    Files.writeString(
        folder.resolveSibling("stat"),
        "%d (%s) S %d 1 %d 0 -1 4194304 1 0 0 0 %d %d %d %d 20 0 3 0 1 1 1"
            .formatted(pid, name, parent, session, ticks[0], ticks[1], ticks[2], ticks[3]));
    Files.writeString(
        folder.resolveSibling("status"),
        """
        Name:\tx
        VmHWM:\t    2000 kB
        RssAnon:\t    1000 kB
        RssFile:\t     300 kB
        RssShmem:\t     200 kB
        Threads:\t3
        """);
  }

  @Test
  void aServiceIsItsProcessItsDescendantsAndItsSession() throws IOException {
    process(900, "root", 1, 900, 10, 5, 0, 0);
    process(800, "child (of) root", 900, 900, 1, 0, 0, 0);
    process(700, "grandchild", 800, 700, 1, 0, 0, 0);
    process(600, "a daemon", 1, 900, 1, 0, 0, 0);
    process(500, "a stranger", 1, 500, 99, 0, 0, 0);

    ServiceReading reading = new ProcProbe(proc, List.of(900L)).read().get(900L);

    assertThat(reading.processes()).containsExactlyInAnyOrder(900L, 800L, 700L, 600L);
    assertThat(reading.processes().getFirst()).isEqualTo(900L);
    assertThat(reading.cpuNanos()).isEqualTo(18 * 10_000_000L);
    assertThat(reading.threads()).isEqualTo(12);
  }

  @Test
  void whatProcessesShareIsCountedOnce() throws IOException {
    process(900, "root", 1, 900, 0, 0, 0, 0);
    process(901, "worker", 900, 900, 0, 0, 0, 0);

    ServiceReading reading = new ProcProbe(proc, List.of(900L)).read().get(900L);

    assertThat(reading.memory()).isEqualTo((1000 + 1000 + 500) * 1024L);
    assertThat(reading.peak()).isEqualTo(2000 * 1024L);
  }

  @Test
  void theTimeOfAChildThatEndedIsNotLost() throws IOException {
    process(900, "root", 1, 900, 10, 0, 0, 0);
    process(901, "worker", 900, 900, 30, 0, 0, 0);
    ProcProbe probe = new ProcProbe(proc, List.of(900L));
    long before = probe.read().get(900L).cpuNanos();
    for (String file : List.of("901/stat", "901/status", "901/fd", "901")) {
      Files.delete(proc.resolve(file));
    }
    process(900, "root", 1, 900, 10, 0, 30, 0);

    assertThat(probe.read().get(900L).cpuNanos()).isEqualTo(before);
  }

  @Test
  void aServiceThatHasEndedHasNoReading() {
    assertThat(new ProcProbe(proc, List.of(900L)).read()).isEmpty();
  }

  @Test
  void aFileThatIsCutOffIsLeftOut() throws IOException {
    process(900, "root", 1, 900, 0, 0, 0, 0);
    Files.writeString(proc.resolve("900/stat"), "900 (root");

    assertThat(new ProcProbe(proc, List.of(900L)).read()).isEmpty();
  }

  @Test
  void withoutProcTheProcessorTimeIsStillKnown() {
    long self = ProcessHandle.current().pid();

    ServiceReading reading = new HandleProbe(List.of(self)).read().get(self);

    assertThat(reading.cpuNanos()).isPositive();
    assertThat(reading.memory()).isEqualTo(-1);
  }
}
