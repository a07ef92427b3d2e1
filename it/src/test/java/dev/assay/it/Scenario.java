package dev.assay.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A workspace of its own and the launcher to try it with. After each scenario no process of it may
 * be left.
 */
abstract class Scenario {

  private static final Path LAUNCHER = Path.of(System.getProperty("assay.launcher", "assay"));

  /** A suite of one passing test that also leaves a line in NAME.count. */
  static final String COUNTING_SUITE =
      """
      echo ran >> "$1.count"
      mkdir -p reports
      cat > "reports/$1.xml" <<END
      <testsuite name="$1" tests="1"><testcase classname="$1" name="works" time="0.01"/></testsuite>
      END
      """;

  /** The same, but it waits for the file "go" before it ends, and says when it waits. */
  static final String WAITING_SUITE =
      """
      touch "$1.waits"
      while [ ! -e go ]; do sleep 0.05; done
      """
          + COUNTING_SUITE;

  /** A service that answers /health and greets at every other path. */
  static final String GREETER =
      """
      services:
        app:
          command: >-
            ${env.SERVICE_JAVA} -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp ${env.SERVICE_CLASSES}
            dev.assay.it.service.Greeter ${port.app}
          ready: { get: /health, within: 20s }
      environments:
        local: { url: "http://127.0.0.1:${port.app}" }
      """;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path temporary;

  private final String mark = UUID.randomUUID().toString();
  private final Map<String, String> environment = new TreeMap<>();
  private int started;

  @BeforeEach
  void workspace() throws IOException {
    Files.createDirectories(folder());
  }

  @AfterEach
  void nothingIsLeftRunning() {
    Map<Long, String> left = Leftovers.of(mark);
    left.keySet().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    assertThat(left).as("processes left by the scenario").isEmpty();
  }

  /** The workspace's folder. */
  Path folder() {
    return temporary.resolve("shop");
  }

  /** The workspace's file of that name. */
  Path file(String name) {
    return folder().resolve(name);
  }

  /** Sets an environment variable of all later starts of Assay. */
  void environment(String name, String value) {
    environment.put(name, value);
  }

  void write(String name, String content) {
    try {
      Path file = file(name);
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, content);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  String read(String name) {
    try {
      return Files.readString(file(name));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Runs git in the workspace's folder, which must do what it is told. */
  String git(String... words) throws IOException, InterruptedException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "git", "-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"));
    all.addAll(List.of(words));
    Process process =
        new ProcessBuilder(all).directory(folder().toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }

  /** How often the counting suite of that name ran. */
  long times(String suite) {
    return Files.exists(file(suite + ".count")) ? read(suite + ".count").lines().count() : 0;
  }

  /** Writes assay.yaml. */
  void workspace(String yaml) {
    write("assay.yaml", yaml);
  }

  /** Runs Assay in the workspace's folder until it ends. */
  Ended assay(String... arguments) {
    return start(arguments).ended();
  }

  /** Starts Assay in the workspace's folder. */
  Running start(String... arguments) {
    // A build in the background of a shell ignores SIGINT, and would have its children ignore it
    // too.
    List<String> words =
        new ArrayList<>(List.of("env", "--default-signal=INT,TERM", LAUNCHER.toString()));
    words.addAll(Arrays.asList(arguments));
    started++;
    Path out = temporary.resolve(started + ".out");
    Path err = temporary.resolve(started + ".err");
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(folder().toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> !List.of("PATH", "HOME", "LANG", "TMPDIR").contains(name));
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("TZ", "UTC");
    // The JDK of this test is the right one, wherever it is.
    builder.environment().put("ASSAY_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SERVICE_JAVA", System.getProperty("java.home") + "/bin/java");
    builder
        .environment()
        .put("SERVICE_CLASSES", Path.of("target/test-classes").toAbsolutePath().toString());
    builder.environment().put("GIT_CEILING_DIRECTORIES", temporary.toString());
    builder.environment().put(Leftovers.VARIABLE, mark);
    builder.environment().putAll(environment);
    try {
      return new Running(builder.start(), out, err);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** The processes of this scenario that live. */
  Map<Long, String> processes() {
    return Leftovers.of(mark);
  }

  /** Waits until a file is there. */
  void untilThereIs(String name) {
    Wait.until(() -> Files.exists(file(name)), () -> "there never was a file " + name);
  }

  /** The newest run's summary, as {@code ledger list --json} gives it. */
  Json.Obj newestRun() {
    return JsonReader.read(assay("ledger", "list", "--json").with(0).out())
        .asArray()
        .getFirst()
        .asObject();
  }

  /** A port that nobody listens on at this moment. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** All files below a folder. */
  static List<Path> filesBelow(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
