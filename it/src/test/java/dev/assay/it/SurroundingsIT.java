package dev.assay.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.testkit.SmallDisk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A machine that is in the way: exit code 4, the reason and the mend. */
class SurroundingsIT extends Scenario {

  private static final String WORKSPACE =
      """
      workspace: shop
      checks:
        first:
          suite: { command: sh suite.sh first, reports: ["reports/first.xml"] }
        second:
          suite: { command: sh suite.sh second, reports: ["reports/second.xml"] }
      stages: [ [first], [second] ]
      """;

  @BeforeEach
  void twoChecks() {
    workspace(WORKSPACE);
    write("suite.sh", COUNTING_SUITE);
  }

  @Test
  void aReadOnlyFolderIsAnswered() throws IOException {
    try (SmallDisk disk = SmallDisk.mounted(file("disk"), "2m")) {
      write("disk/assay.yaml", WORKSPACE);
      disk.readOnly();

      assay("run", "disk").with(4).saying("disk/.assay", "mend: ");
      assay("init", "disk").with(3);
      assay("doctor", "disk").with(4).printing("MISSING", "cannot be written");
    }
  }

  @Test
  void aDiskThatFillsUpDuringARunIsAnsweredAndTheLedgerStaysSound() throws IOException {
    try (SmallDisk disk = SmallDisk.mounted(file("disk"), "4m")) {
      write("disk/assay.yaml", WORKSPACE);
      write(
          "disk/suite.sh",
          COUNTING_SUITE + "if [ $1 = second ]; then cat /dev/zero > fill 2>/dev/null; fi\n");

      Ended ended = assay("run", "disk").with(4);

      assertThat(ended.err()).containsIgnoringCase("disk").contains("mend: ");
      assertThat(processes()).isEmpty();
      Files.delete(file("disk/fill"));
      assay("ledger", "verify", "-w", "disk").with(0).printing("sound");

      write("disk/suite.sh", COUNTING_SUITE);
      assay("run", "disk", "--resume").with(0).printing("SHIP");
      assertThat(times("disk/first")).isEqualTo(1);
      assay("ledger", "verify", "-w", "disk").with(0).printing("sound");
    }
  }

  @Test
  void aDiskThatIsFullFromTheStartIsAnswered() throws IOException {
    try (SmallDisk disk = SmallDisk.mounted(file("disk"), "64k")) {
      write("disk/assay.yaml", WORKSPACE);

      Ended ended = assay("run", "disk").with(4);

      assertThat(ended.err()).containsIgnoringCase("disk").contains("mend: ");
    }
  }

  @Test
  void oneFlippedByteIsFoundByVerifyAndARunIsAnswered() throws IOException {
    assay("run").with(0);
    assay("ledger", "verify").with(0);
    String verdict = "\"observed\":1";
    flip(file(".assay/ledger.db"), file(".assay/ledger.db-wal"), verdict);

    assay("ledger", "verify").with(4).saying("ASSAY-CLI-007", ".assay", "mend: restore");
    assay("run").with(4).saying("ledger.db", "mend: ");
    assertThat(times("first")).isEqualTo(1);
    assay("ledger", "verify").with(4);
  }

  /** Changes one byte of the text, in whichever of the two files holds it. */
  private static void flip(Path database, Path log, String text) throws IOException {
    for (Path file : new Path[] {database, log}) {
      if (!Files.exists(file)) {
        continue;
      }
      String content = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
      int at = content.indexOf(text);
      if (at >= 0) {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
          bytes.seek(at + text.length() - 1);
          bytes.write('2');
        }
        return;
      }
    }
    throw new AssertionError("'" + text + "' is in neither file");
  }

  @Test
  void aLedgerThatIsNoneIsAnswered() throws IOException {
    assay("run").with(0);
    Files.deleteIfExists(file(".assay/ledger.db-wal"));
    Files.writeString(file(".assay/ledger.db"), "this is no database, whatever its name says");

    assay("ledger", "verify").with(4).saying("mend: ");
    assay("ledger", "list").with(4).saying("mend: ");
    assay("run").with(4).saying("ledger.db", "mend: ");
    assertThat(times("first")).isEqualTo(1);
  }

  @Test
  void anArtifactThatWasChangedIsNamed() throws IOException {
    assay("run").with(0);
    Path artifact =
        filesBelow(file(".assay/artifacts")).stream()
            .filter(file -> file.toFile().length() > 0)
            .findFirst()
            .orElseThrow();
    Files.setPosixFilePermissions(
        artifact, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    Files.writeString(artifact, "something else");

    assay("ledger", "verify").with(4).saying(artifact.getFileName().toString().substring(0, 10));
  }

  @Test
  void aSecondRunInTheSameWorkspaceIsToldWhoHoldsIt() {
    write("suite.sh", WAITING_SUITE);
    Running first = start("run");
    untilThereIs("first.waits");

    assay("run").with(4).saying(Long.toString(first.pid()), "mend: ");
    assay("mend").with(4).saying(Long.toString(first.pid()));
    assay("ledger", "list").with(0);
    assertThat(first.lives()).isTrue();

    write("go", "");
    first.ended().with(0);
    assay("run").with(0);
  }
}
