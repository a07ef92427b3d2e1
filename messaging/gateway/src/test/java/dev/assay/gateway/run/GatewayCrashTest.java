package dev.assay.gateway.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.gateway.State;
import dev.assay.gateway.store.GatewayStore;
import dev.assay.gateway.store.MessageId;
import dev.assay.gateway.store.Stores;
import dev.assay.smpp.codec.Status;
import dev.assay.virtual.smsc.Behaviour;
import dev.assay.virtual.smsc.Delay;
import dev.assay.virtual.smsc.Receipts;
import dev.assay.virtual.smsc.VirtualSmsc;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a gateway at points that a seed draws, under load, as often as {@code assay.crashes} says
 * (10), and counts: every message that was answered by 202 is delivered, and the message centre saw
 * at most a window of messages twice for each kill.
 */
class GatewayCrashTest {

  private static final int CRASHES = Integer.getInteger("assay.crashes", 10);
  private static final long SEED = Long.getLong("assay.seed", System.nanoTime() & 0xFFFFFF);
  private static final int CLIENTS = 8;
  private static final int WINDOW = 50;
  private static final int MOST_BEFORE_A_KILL = 400;

  private final Set<String> accepted = ConcurrentHashMap.newKeySet();
  private final AtomicInteger serial = new AtomicInteger();
  private volatile int port;
  private volatile boolean over;

  @TempDir private Path folder;

  @Test
  void nothingThatWasAcceptedIsLostHoweverOftenItIsKilled() throws Exception {
    System.out.println("seed " + SEED + ", " + CRASHES + " crashes");
    SplittableRandom random = new SplittableRandom(SEED);
    Behaviour behaviour =
        new Behaviour(
            Map.of(),
            Delay.of(Duration.ofMillis(5)),
            0,
            0,
            Status.RSYSERR,
            0,
            Status.RTHROTTLED,
            0,
            WINDOW,
            Receipts.prompt(),
            null,
            List.of());
    try (Rig rig = new Rig(folder);
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
        HttpClient http = HttpClient.newHttpClient()) {
      VirtualSmsc smsc = rig.smsc(behaviour);
      Process process = start(smsc.address().getPort());
      try {
        for (int i = 0; i < CLIENTS; i++) {
          clients.execute(() -> send(http));
        }
        for (int crash = 0; crash < CRASHES; crash++) {
          int before = accepted.size();
          int after = 1 + random.nextInt(MOST_BEFORE_A_KILL);
          Rig.await("messages are accepted", () -> accepted.size() - before >= after);
          process.destroyForcibly().waitFor();
          process = start(smsc.address().getPort());
        }
        over = true;
        int started = port;
        Rig.await(
            () -> "all are delivered: " + report(http, started),
            () -> undelivered(http, started) == 0);
      } finally {
        over = true;
        process.destroyForcibly().waitFor();
      }
      long twice = smsc.tally().accepted() - smsc.tally().distinct();
      System.out.println(
          accepted.size()
              + " accepted, "
              + smsc.tally().distinct()
              + " arrived, "
              + twice
              + " of them twice");
      assertThat(twice).isLessThanOrEqualTo((long) WINDOW * CRASHES);
      assertThat(smsc.tally().distinct()).isGreaterThanOrEqualTo(accepted.size());
      verify();
    }
  }

  private void verify() {
    try (GatewayStore store = Stores.sqliteReader(folder.resolve("gateway.db"))) {
      Verification found = Verification.of(store);
      assertThat(found.wrong()).isEmpty();
      assertThat(found.states().keySet()).containsExactly(State.DELIVERED);
      for (String id : accepted) {
        assertThat(store.find(MessageId.of(id))).as("the accepted message " + id).isPresent();
      }
    }
  }

  private Process start(int smsc) throws IOException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                GatewayProcess.class.getName(),
                folder.toString(),
                Integer.toString(smsc),
                "gateway.db")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    while (line != null && !line.startsWith("PORT ")) {
      line = out.readLine();
    }
    assertThat(line).as("what the gateway says first").isNotNull();
    port = Integer.parseInt(String.valueOf(line).substring(5));
    return process;
  }

  private void send(HttpClient http) {
    while (!over) {
      int number = serial.incrementAndGet();
      String body =
          "{\"to\":\"+49170%07d\",\"from\":\"Shop\",\"text\":\"message %d\"}"
              .formatted(number, number);
      try {
        HttpResponse<String> answer =
            http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/messages"))
                    .timeout(Duration.ofSeconds(20))
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == 202) {
          accepted.add(JsonReader.read(answer.body()).asObject().text("id"));
        }
      } catch (IOException killed) {
        LockSupport.parkNanos(5_000_000);
      } catch (InterruptedException interrupted) {
        return;
      }
    }
  }

  /** How many messages are in another state than delivered. */
  private static long undelivered(HttpClient http, int at) {
    LockSupport.parkNanos(50_000_000);
    long left = 0;
    for (Json line : JsonReader.read(report(http, at)).asObject().array("lines")) {
      Json.Obj of = line.asObject();
      left += of.text("state").equals("delivered") ? 0 : of.whole("messages");
    }
    return left;
  }

  private static String report(HttpClient http, int at) {
    try {
      return http.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at + "/v1/reports"))
                  .timeout(Duration.ofSeconds(20))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException | InterruptedException broken) {
      throw new AssertionError(broken);
    }
  }
}
