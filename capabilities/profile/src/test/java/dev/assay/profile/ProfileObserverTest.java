package dev.assay.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.evidence.Artifact;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.problem.Place;
import dev.assay.api.spi.ServiceObserver;
import dev.assay.testkit.RecordingSink;
import dev.assay.testkit.TestContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Observing real processes. */
@Timeout(120)
class ProfileObserverTest {

  private static final ProfileConfiguration ALL =
      new ProfileConfiguration(true, List.of(), Duration.ofMillis(10), null, Place.NONE);

  @TempDir private Path folder = Path.of("");
  private final RecordingSink sink = new RecordingSink("check");

  private TestContext context() {
    return new TestContext(folder, folder, null);
  }

  private void watch(
      BooleanSupplier enough, @Nullable ProfileConfiguration configuration, ServiceProcess service)
      throws InterruptedException {
    try (ServiceObserver.Watch _ =
        new ProfileObserver()
            .watch(context(), List.of(service.service("shop", configuration)), null, sink)) {
      await(enough);
    }
  }

  private static void await(BooleanSupplier enough) throws InterruptedException {
    for (int i = 0; i < 900 && !enough.getAsBoolean(); i++) {
      Thread.sleep(50);
    }
  }

  private BooleanSupplier readings(int number) {
    return () -> sink.measurements("service.memory").size() >= number;
  }

  private List<Double> values(String metric) {
    List<Double> values = new ArrayList<>();
    for (Measurement measurement : sink.measurements(metric)) {
      values.add(((Measured.Scalar) measurement.value()).value());
    }
    return values;
  }

  private List<String> stacks(String topic) {
    String text =
        new String(sink.content("profile/shop/" + topic + ".folded"), StandardCharsets.UTF_8);
    return text.lines().toList();
  }

  private static long weight(String line) {
    return Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
  }

  @Test
  void aServiceIsSampledOnceASecondWithoutAnythingBeingWritten() throws InterruptedException {
    try (ServiceProcess service = ServiceProcess.java("burn")) {
      watch(readings(3), null, service);
    }

    assertThat(values("service.cpu")).hasSizeGreaterThanOrEqualTo(3);
    assertThat(values("service.cpu")).anyMatch(cores -> cores > 0.1);
    assertThat(values("service.memory")).allMatch(bytes -> bytes > 10e6 && bytes < 2e9);
    assertThat(values("service.memory.peak")).hasSize(1);
    assertThat(values("service.threads")).allMatch(threads -> threads >= 5);
    assertThat(values("service.files")).allMatch(files -> files >= 3);
    assertThat(sink.measurements("service.cpu"))
        .allSatisfy(one -> assertThat(one.part()).isEqualTo("shop"));
    assertThat(sink.of(Artifact.class)).isEmpty();
  }

  @Test
  void aServiceThatIsStartedAgainIsSampledAsTheProcessThatItIsThen() throws InterruptedException {
    try (ServiceProcess before = ServiceProcess.java("burn");
        ServiceProcess after = ServiceProcess.java("burn")) {
      AtomicLong current = new AtomicLong(before.pid());
      ServiceObserver.Service<ProfileConfiguration> service =
          new ServiceObserver.Service<>("shop", current::get, List.of("burn"), null);
      try (ServiceObserver.Watch _ =
          new ProfileObserver().watch(context(), List.of(service), null, sink)) {
        await(readings(2));
        before.close();
        current.set(after.pid());
        await(readings(4));
      }
    }

    assertThat(values("service.memory.peak")).hasSize(2);
    assertThat(values("service.cpu")).allMatch(cores -> cores >= 0 && cores < 16);
  }

  @Test
  void theMethodThatBurnsIsOnTopOfTheStacks() throws InterruptedException {
    try (ServiceProcess service = ServiceProcess.java("burn")) {
      watch(readings(4), ALL, service);
    }

    List<String> stacks = stacks("cpu");
    long all = stacks.stream().mapToLong(ProfileObserverTest::weight).sum();
    long burning =
        stacks.stream()
            .filter(line -> line.contains("dev.assay.profile.child.Burner.spinTheWheel"))
            .mapToLong(ProfileObserverTest::weight)
            .sum();
    assertThat(all).isGreaterThan(20);
    assertThat(burning).isGreaterThan(all / 2);
    assertThat(stacks.getFirst()).startsWith("dev.assay.profile.child.Burner.main;");
    assertThat(sink.of(Artifact.class))
        .extracting(Artifact::name)
        .contains("profile/shop/recording.jfr");
    assertThat(sink.of(Finding.class)).isEmpty();
  }

  @Test
  void collectionsOfAServiceThatAllocatesAreSeenAndWhatItAllocates() throws InterruptedException {
    try (ServiceProcess service = ServiceProcess.java("allocate", "-Xmx64m")) {
      watch(readings(3), ALL, service);
    }

    assertThat(sink.sum("service.gc.pause")).isPositive();
    assertThat(sink.sum("service.gc.time")).isPositive();
    assertThat(values("service.heap")).isNotEmpty().allMatch(bytes -> bytes <= 64 << 20);
    assertThat(values("service.heap.live")).isNotEmpty();
    String heaviest =
        stacks("allocation").stream()
            .max(Comparator.comparingLong(ProfileObserverTest::weight))
            .orElseThrow();
    assertThat(heaviest).contains("Burner.fillTheHeap;[byte[]]");
  }

  @Test
  void aLeakGrowsInTheMemoryAndInTheHeapThatLives() throws InterruptedException {
    try (ServiceProcess service =
        ServiceProcess.java("leak", "-Xmx1g", "-Xms32m", "-XX:+UseSerialGC")) {
      watch(
          () -> values("service.heap.live").size() >= 4 && readings(6).getAsBoolean(),
          null,
          service);
    }

    List<Double> memory = values("service.memory");
    assertThat(memory.getLast()).isGreaterThan(memory.getFirst() + 20e6);
    List<Double> live = values("service.heap.live");
    assertThat(live.getLast()).isGreaterThan(live.getFirst());
  }

  @Test
  void threadsThatWaitForALockAreSeenWhereTheyWait() throws InterruptedException {
    try (ServiceProcess service = ServiceProcess.java("contend")) {
      watch(readings(3), ALL, service);
    }

    assertThat(stacks("locks").getFirst()).contains("Burner.holdTheLock;[java.lang.Object]");
  }

  @Test
  void childrenOfTheStartedProcessBelongToTheService() throws InterruptedException {
    try (ServiceProcess service =
        ServiceProcess.start(
            List.of("sh", "-c", "sh -c 'while :; do :; done' & echo ready; sleep 100"))) {
      watch(readings(3), null, service);
    }

    assertThat(values("service.cpu")).anyMatch(cores -> cores > 0.1);
    assertThat(values("service.threads")).contains(3.0);
  }

  @Test
  void aServiceThatIsNoJavaIsToldApart() throws InterruptedException {
    try (ServiceProcess service =
        ServiceProcess.start(List.of("sh", "-c", "echo ready; exec sleep 100"))) {
      watch(readings(1), ALL, service);
    }

    assertThat(sink.of(Finding.class))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.rule()).isEqualTo("profile.no-java");
          assertThat(finding.severity()).isEqualTo(Finding.Severity.NOTE);
          assertThat(finding.message()).contains("none of its processes is a JVM");
        });
  }

  @Test
  void aJvmThatLetsNobodyAttachIsSaidToBeOneWithTheMend() throws InterruptedException {
    try (ServiceProcess service = ServiceProcess.java("burn", "-XX:+DisableAttachMechanism")) {
      watch(readings(1), ALL, service);
    }

    assertThat(sink.of(Finding.class))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.rule()).isEqualTo("profile.not-attached");
          assertThat(finding.message()).contains("DisableAttachMechanism");
        });
    assertThat(values("service.cpu")).isNotEmpty();
  }

  @Test
  void aServiceThatRecordsItselfIsReadWithoutBeingAskedForAndWithoutItsSecrets()
      throws InterruptedException {
    try (ServiceProcess service =
        ServiceProcess.java(
            "burn", "-XX:StartFlightRecording:settings=profile", "-Dpassword=hunter2-s3cret")) {
      watch(readings(4), null, service);
    }

    assertThat(stacks("cpu").getFirst()).contains("Burner.spinTheWheel");
    assertThat(new String(sink.content("profile/shop/recording.jfr"), StandardCharsets.ISO_8859_1))
        .contains("spinTheWheel")
        .doesNotContain("hunter2-s3cret");
  }

  @Test
  void aServiceThatEndsMeanwhileLeavesWhatWasSeenOfIt() throws InterruptedException {
    ServiceProcess service = ServiceProcess.java("burn");
    watch(
        () -> {
          boolean enough = readings(2).getAsBoolean();
          if (enough) {
            service.close();
          }
          return enough;
        },
        ALL,
        service);

    assertThat(values("service.cpu")).isNotEmpty();
    assertThat(sink.of(Finding.class))
        .extracting(Finding::rule)
        .containsExactly("profile.not-attached");
  }

  @Test
  void aCancelledCheckIsLeftQuicklyAndKeepsNoStacks() throws InterruptedException {
    TestContext context = context();
    try (ServiceProcess service = ServiceProcess.java("burn")) {
      ServiceObserver.Watch watch =
          new ProfileObserver().watch(context, List.of(service.service("shop", ALL)), null, sink);
      context.cancel();
      watch.close();
    }

    assertThat(sink.of(Artifact.class)).isEmpty();
  }

  @Test
  void everyMetricThatIsEmittedIsDeclared() throws InterruptedException {
    try (ServiceProcess service = ServiceProcess.java("allocate", "-Xmx64m")) {
      watch(readings(2), null, service);
    }

    assertThat(sink.of(Measurement.class))
        .allSatisfy(one ->
            assertThat(ProfileMetrics.all())
                .anySatisfy(metric -> {
                  assertThat(metric.name()).isEqualTo(one.metric());
                  assertThat(metric.unit()).isEqualTo(one.unit());
                }));
  }
}
