package dev.assay.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * What a terminal shows, to the letter. {@code -Dassay.golden=write} writes the files again; look
 * at their difference before it is committed.
 */
class GoldenIT extends Scenario {

  private void golden(String name, String text) throws IOException {
    String masked =
        text.replace(folder().toString(), "<workspace>")
            .replaceAll("\\d{8}-\\d{6}-[0-9a-f]{4}", "<run>")
            .replaceAll("\\[ *[\\d.]+ s]", "[<time>]")
            .replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:<port>");
    Path file = Path.of("src/test/resources/golden", name);
    if ("write".equals(System.getProperty("assay.golden"))) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, masked);
    }
    assertThat(masked).as("golden file %s", file).isEqualTo(Files.readString(file));
  }

  /** What a run took is another time each time, and so is the room before it. */
  private static String withoutTimes(String text) {
    return text.replaceAll(" *\\b\\d+(\\.\\d+)? (ns|µs|ms|s)\\b", " <duration>");
  }

  @Test
  void aRunThatHoldsTheRelease() throws IOException {
    workspace(
        """
        workspace: shop
        checks:
          unit:
            suite: { command: sh unit.sh, reports: ["reports/unit.xml"] }
          orders:
            suite: { command: sh orders.sh, reports: ["reports/orders.xml"] }
          empty:
            suite: { command: sh empty.sh, reports: ["reports/empty.xml"] }
          last:
            suite: { command: "true", reports: ["reports/last.xml"] }
        stages: [ [unit], [orders], [empty], [last] ]
        """);
    write(
        "unit.sh",
        """
        mkdir -p reports
        echo '<testsuite name="u"><testcase classname="a" name="b" time="1"/></testsuite>' > reports/unit.xml
        """);
    write(
        "orders.sh",
        """
        cat > reports/orders.xml <<END
        <testsuite name="o"><testcase classname="OrdersTest" name="areCounted" time="1">
        <failure message="expected 4 but was 3">OrdersTest.java:12</failure></testcase>
        <testcase classname="OrdersTest" name="areListed" time="1"/></testsuite>
        END
        """);
    write("empty.sh", "echo '<testsuite name=\"e\"/>' > reports/empty.xml\n");

    Ended ended = assay("run", "--seed", "7").with(1);

    golden("hold.out.txt", withoutTimes(ended.out()));
    golden("hold.err.txt", ended.err());
  }

  @Test
  void aWorkspaceWithManyErrors() throws IOException {
    workspace(
        """
        workspace: shop
        environments:
          local: { url: "http://127.0.0.1:${port.shp}" }
        services:
          shop: { comand: java Shop.java, grace: soon }
        checks:
          smoke:
            http:
              - gt: /health
                expect: { status: fine }
            expect: { latency.p9x: < 5 ms, errors: < 3 ms }
          unit:
            suite: { maven: nowhere }
            needs: smok
        """);

    golden("errors.err.txt", assay("run").with(3).err());
  }

  @Test
  void aServiceThatEndsAtOnce() throws IOException {
    workspace(
        """
        workspace: shop
        services:
          shop:
            command: sh -c 'echo reading the configuration; echo no port is given >&2; exit 78'
            ready: { log: listening, within: 5s }
        checks:
          unit: { suite: { command: "true", reports: [x] } }
        """);

    Ended ended = assay("run", "--seed", "7").with(4);

    golden("exited.out.txt", withoutTimes(ended.out()));
    golden("exited.err.txt", ended.err());
  }
}
