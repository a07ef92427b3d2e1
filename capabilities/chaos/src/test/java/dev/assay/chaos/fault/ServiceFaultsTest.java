package dev.assay.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.api.problem.ProblemException;
import dev.assay.api.value.Size;
import dev.assay.chaos.fault.FaultConfiguration.ClockShift;
import dev.assay.chaos.fault.FaultConfiguration.Memory;
import dev.assay.chaos.fault.FaultConfiguration.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What faults do to services that really run. */
class ServiceFaultsTest {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path folder;

  @SuppressWarnings("NullAway.Init") // see begin
  private TestRun run;

  @BeforeEach
  void begin() {
    run = new TestRun(folder);
  }

  @AfterEach
  void nothingIsLeft() {
    run.close();
    assertThat(run.open()).as("open entries").isEmpty();
  }

  private TestRun.TestService shell() {
    TestRun.TestService service = run.service("shop", "sh", "-c", "sleep 100 & sleep 100; wait");
    assertThat(Waiting.until(() -> service.pids().size() == 3)).isTrue();
    return service;
  }

  private static List<Character> states(TestRun.TestService service) {
    return ProcessRef.living(service.pids()).stream()
        .flatMap(process -> process.stat().stream())
        .map(ProcessRef.Stat::state)
        .toList();
  }

  @Test
  void aPausedServiceIsHeldStillWithAllItsProcessesAndGoesOn() {
    TestRun.TestService service = shell();

    try (Injected paused = Faults.of(Written.pause("shop")).inject(run)) {
      assertThat(states(service)).containsExactly('T', 'T', 'T');
      assertThat(paused.effect().seen()).isTrue();
      assertThat(run.open().values())
          .extracting(TestRun.Written::kind)
          .containsExactly("chaos-pause");
    }

    assertThat(states(service)).containsExactly('S', 'S', 'S');
  }

  @Test
  void theWatchdogLetsAPausedServiceGoOn() throws Exception {
    TestRun.TestService service = shell();
    try (Injected paused = Faults.of(Written.pause("shop")).inject(run)) {
      assertThat(run.mendAsTheWatchdog()).containsExactly("let 3 stopped processes go on");
      assertThat(run.mendAsTheWatchdog()).as("what is whole").isEmpty();

      assertThat(states(service)).doesNotContain('T');
      assertThat(paused.effect().seen()).isFalse();
    }
  }

  @Test
  void aRunThatHungHearsThatItsFaultIsUndone() {
    shell();
    try (Injected paused = Faults.of(Written.pause("shop")).inject(run)) {
      paused.renew();
      run.hang();

      assertThatThrownBy(paused::renew)
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("ASSAY-CHAOS-016");
    }
  }

  @Test
  void aProcessThatWasGivenTheIdLaterIsLeftAlone() throws Exception {
    TestRun.TestService service = shell();
    ProcessRef stranger = new ProcessRef(service.pid(), 1);

    assertThat(new SystemCalls().signal(stranger, SystemCalls.SIGKILL)).isFalse();

    assertThat(service.alive()).isTrue();
  }

  @Test
  void aKilledServiceIsGoneAndComesBackWhenTheFaultEnds() {
    TestRun.TestService service = shell();
    long before = service.pid();

    try (Injected killed = Faults.of(Written.kill("shop", null)).inject(run)) {
      assertThat(service.alive()).isFalse();
      assertThat(service.expectedEnds()).isPositive();
      assertThat(killed.effect().seen()).isTrue();
    }

    assertThat(service.alive()).isTrue();
    assertThat(service.pid()).isNotEqualTo(before);
  }

  @Test
  void aKilledServiceComesBackAfterAWhileWhereThatIsAskedFor() {
    TestRun.TestService service = shell();

    try (Injected killed = Faults.of(Written.kill("shop", Duration.ofMillis(50))).inject(run)) {
      assertThat(Waiting.until(service::alive, Duration.ofSeconds(10))).isTrue();
      assertThat(Waiting.until(() -> killed.effect().seen(), Duration.ofSeconds(10))).isTrue();
    }

    assertThat(service.alive()).isTrue();
  }

  @Test
  void aRestartedServiceHasAnotherProcess() {
    TestRun.TestService service = shell();
    long before = service.pid();

    try (Injected restarted = ServiceFaults.restart(new Target("shop", Written.HERE)).inject(run)) {
      assertThat(service.pid()).isNotEqualTo(before);
      assertThat(restarted.effect().how()).contains(Long.toString(before));
    }
  }

  @Test
  void aServiceThatIsGoneCannotBeBroken() {
    TestRun.TestService service = shell();
    service.end();

    assertThatThrownBy(() -> Faults.of(Written.pause("shop")).ensurePossible(run))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("ASSAY-CHAOS-010");
    assertThat(run.kinds()).as("written into the journal").isEmpty();
  }

  @Test
  void aQuotaMovesTheServiceIntoAGroupAndBack() throws IOException {
    assumeTrue(Powers.group("cpu").isPresent(), "no control groups for this user");
    TestRun.TestService service = shell();
    ControlGroups groups = ControlGroups.ofMachine();
    ControlGroups.Hierarchy hierarchy = groups.find("cpu").orElseThrow();
    Path home = groups.of(hierarchy, service.pid()).orElseThrow();
    Path group;

    try (Injected limited = ServiceFaults.quota(Written.quota("shop", "20 %")).inject(run)) {
      group = groups.of(hierarchy, service.pid()).orElseThrow();
      assertThat(group).isNotEqualTo(home);
      assertThat(Files.readAllLines(group.resolve("cgroup.procs"))).hasSize(3);
      assertThat(limited.effect().how()).contains("20000");
    }

    assertThat(group).doesNotExist();
    assertThat(groups.of(hierarchy, service.pid())).contains(home);
  }

  @Test
  void childrenThatAreBornUnderAQuotaLeaveItToo() throws Exception {
    assumeTrue(Powers.group("cpu").isPresent(), "no control groups for this user");
    run.service("shop", "sh", "-c", "while :; do sleep 0.01; done");

    try (Injected limited = ServiceFaults.quota(Written.quota("shop", "90 %")).inject(run)) {
      assertThat(limited.effect().seen()).isTrue();
      assertThat(run.mendAsTheWatchdog()).singleElement().asString().contains("removed");
      assertThat(run.mendAsTheWatchdog()).isEmpty();
    }
  }

  @Test
  void aMemoryLimitIsReadBack() {
    assumeTrue(Powers.group("memory").isPresent(), "no control groups for this user");
    shell();
    Memory written = new Memory(null, "shop", Size.parse("64 MiB"), Written.HERE);

    try (Injected limited = ServiceFaults.limit(written).inject(run)) {
      assertThat(limited.effect().how()).contains(Long.toString(64 << 20));
    }
  }

  private TestRun.TestService java() {
    TestRun.TestService service =
        run.service(
            "shop",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx32m",
            "-XX:+UseSerialGC",
            "-cp",
            Path.of("target/test-classes").toAbsolutePath()
                + java.io.File.pathSeparator
                + System.getProperty("java.class.path"),
            ClockService.class.getName());
    assertThat(Waiting.until(() -> last(service).size() > 3, Duration.ofSeconds(30))).isTrue();
    return service;
  }

  /** What the service said last: its four clocks, and what came of a look-up. */
  private static List<String> last(TestRun.TestService service) {
    try {
      List<String> lines =
          Files.readAllLines(service.log()).stream().filter(line -> line.endsWith(";")).toList();
      return lines.isEmpty() ? List.of() : List.of(lines.getLast().replace(";", "").split(" "));
    } catch (IOException notYet) {
      return List.of();
    }
  }

  private static boolean allNear(List<String> clocks, Duration ahead) {
    long wanted = Instant.now().plus(ahead).toEpochMilli();
    return clocks.size() > 4
        && clocks.subList(0, 4).stream()
            .allMatch(clock -> Math.abs(Long.parseLong(clock) - wanted) < 60_000);
  }

  @Test
  void theClockOfAJavaServiceIsSetWrongAndRightAgain() {
    TestRun.TestService service = java();
    ClockShift written = new ClockShift("shop", Duration.ofHours(-3), Written.HERE);
    assertThat(allNear(last(service), Duration.ZERO)).isTrue();

    try (Injected wrong = ServiceFaults.clock(written).inject(run)) {
      assertThat(wrong.effect().how()).contains("clock=-10800000");
      assertThat(
              Waiting.until(
                  () -> allNear(last(service), Duration.ofHours(-3)), Duration.ofSeconds(20)))
          .as("all clocks three hours behind, not %s", last(service))
          .isTrue();
    }

    assertThat(Waiting.until(() -> allNear(last(service), Duration.ZERO), Duration.ofSeconds(20)))
        .as("all clocks right, not %s", last(service))
        .isTrue();
  }

  @Test
  void aNameIsHiddenFromAJavaServiceAndFoundAgain() {
    TestRun.TestService service = java();
    assertThat(last(service).get(4)).isEqualTo("found");

    try (Injected hidden = ServiceFaults.dns(Written.dns("shop", "LocalHost")).inject(run)) {
      assertThat(hidden.effect().seen()).isTrue();
      assertThat(
              Waiting.until(() -> last(service).get(4).equals("unknown"), Duration.ofSeconds(20)))
          .isTrue();
    }

    assertThat(Waiting.until(() -> last(service).get(4).equals("found"), Duration.ofSeconds(20)))
        .isTrue();
  }

  private TestRun.TestService underFakeTime(String monotonicFix) throws IOException {
    Path library = Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1");
    assumeTrue(Files.exists(library), "libfaketime is not installed");
    Path shift = Files.writeString(folder.resolve("shift"), "+0");
    return run.service(
        Map.of(
            "LD_PRELOAD",
            library.toString(),
            "FAKETIME_TIMESTAMP_FILE",
            shift.toString(),
            "FAKETIME_DONT_FAKE_MONOTONIC",
            "1",
            "FAKETIME_FORCE_MONOTONIC_FIX",
            monotonicFix,
            "FAKETIME_NO_CACHE",
            "1"),
        "shop",
        "sh",
        "-c",
        "while :; do date +%s000; sleep 0.05; done");
  }

  private static boolean lastNear(TestRun.TestService service, Duration ahead) {
    try {
      List<String> lines = Files.readAllLines(service.log());
      long wanted = Instant.now().plus(ahead).toEpochMilli();
      return !lines.isEmpty() && Math.abs(Long.parseLong(lines.getLast()) - wanted) < 60_000;
    } catch (IOException | NumberFormatException notYet) {
      return false;
    }
  }

  @Test
  void theClockOfAServiceUnderLibfaketimeIsSetWrongAndRightAgain() throws IOException {
    TestRun.TestService service = underFakeTime("0");
    Fault fault = ServiceFaults.clock(new ClockShift("shop", Duration.ofHours(5), Written.HERE));

    try (Injected _ = fault.inject(run)) {
      assertThat(
              Waiting.until(() -> lastNear(service, Duration.ofHours(5)), Duration.ofSeconds(20)))
          .isTrue();
    }

    assertThat(Waiting.until(() -> lastNear(service, Duration.ZERO), Duration.ofSeconds(20)))
        .isTrue();
  }

  @Test
  void aServiceWhoseWaitsWouldReturnAtOnceIsLeftAlone() throws IOException {
    underFakeTime("1");
    Fault fault = ServiceFaults.clock(new ClockShift("shop", Duration.ofHours(5), Written.HERE));

    assertThatThrownBy(() -> fault.ensurePossible(run))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("FAKETIME_FORCE_MONOTONIC_FIX=0");
  }

  @Test
  void aServiceThatIsNotJavaHasNoClockToSet() {
    shell();

    assertThatThrownBy(() ->
            ServiceFaults.clock(new ClockShift("shop", Duration.ofHours(1), Written.HERE))
                .ensurePossible(run))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("runs on Java");
  }
}
