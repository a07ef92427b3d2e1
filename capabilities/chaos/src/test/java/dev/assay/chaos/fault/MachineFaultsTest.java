package dev.assay.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.api.problem.ProblemException;
import dev.assay.api.value.Size;
import dev.assay.api.value.Template;
import dev.assay.chaos.fault.FaultConfiguration.Cpu;
import dev.assay.chaos.fault.FaultConfiguration.Direction;
import dev.assay.chaos.fault.FaultConfiguration.Inodes;
import dev.assay.chaos.fault.FaultConfiguration.Memory;
import dev.assay.chaos.fault.FaultConfiguration.Partition;
import dev.assay.chaos.fault.FaultConfiguration.ReadOnly;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What faults do to files, file systems and the machine. */
class MachineFaultsTest {

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

  @Test
  void aFileIsReadOnlyWhileTheFaultLasts() throws Exception {
    Path file = Files.writeString(folder.resolve("with a space"), "before").toRealPath();
    Fault fault =
        MachineFaults.readOnly(new ReadOnly(Template.parse(file.toString()), Written.HERE));

    try (Injected _ = fault.inject(run)) {
      assertThatThrownBy(() -> Files.writeString(file, "broken")).isInstanceOf(IOException.class);
    }

    Files.writeString(file, "after");
    assertThat(file).hasContent("after");
  }

  @Test
  void aFolderIsReadOnlyUntilTheWatchdogMendsIt() throws Exception {
    Fault fault =
        MachineFaults.readOnly(new ReadOnly(Template.parse(folder.toString()), Written.HERE));
    try (Injected _ = fault.inject(run)) {
      assertThatThrownBy(() -> Files.createFile(folder.resolve("new")))
          .isInstanceOf(IOException.class);

      assertThat(run.mendAsTheWatchdog()).hasSize(1);
      assertThat(run.mendAsTheWatchdog()).isEmpty();

      Files.createFile(folder.resolve("new"));
    }
  }

  @Test
  void aSmallDiskIsFullWhileTheFaultLasts() throws Exception {
    try (SmallDisk disk = SmallDisk.mounted(folder.resolve("disk"), "size=4m")) {
      Fault fault = MachineFaults.disk(Written.disk(disk.folder().toString(), "0 B"));

      try (Injected full = fault.inject(run)) {
        assertThat(full.effect().how()).startsWith("0 bytes are free");
        assertThatThrownBy(() -> Files.write(disk.folder().resolve("one"), new byte[8192]))
            .isInstanceOf(IOException.class);
        Files.deleteIfExists(disk.folder().resolve("one"));
      }

      assertThat(disk.folder()).isEmptyDirectory();
    }
  }

  @Test
  void theLastInodesAreTakenWhileTheFaultLasts() throws Exception {
    try (SmallDisk disk = SmallDisk.mounted(folder.resolve("disk"), "size=4m,nr_inodes=50")) {
      Fault fault =
          MachineFaults.inodes(
              new Inodes(Template.parse(disk.folder().toString()), 1, Written.HERE));

      try (Injected _ = fault.inject(run)) {
        Files.createFile(disk.folder().resolve("the last"));
        assertThatThrownBy(() -> Files.createFile(disk.folder().resolve("one more")))
            .isInstanceOf(IOException.class);
        Files.delete(disk.folder().resolve("the last"));
      }

      assertThat(disk.folder()).isEmptyDirectory();
    }
  }

  @Test
  void theDiskOfTheMachineIsNeverFilled() {
    assertThatThrownBy(() -> MachineFaults.disk(Written.disk("/", "0 B")).inject(run))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("ASSAY-CHAOS-012");
    assertThat(run.kinds()).isEmpty();
  }

  @Test
  void aBusyProcessorIsSeen() {
    try (Injected busy = MachineFaults.busy(new Cpu(1, null, null, Written.HERE)).inject(run)) {
      assertThat(busy.effect().how()).contains("uses processor time");
    }
  }

  @Test
  void heldMemoryIsSeen() {
    Memory written = new Memory(Size.parse("100 MB"), null, null, Written.HERE);
    try (Injected held = MachineFaults.hold(written).inject(run)) {
      assertThat(held.effect().seen()).isTrue();
    }
  }

  @Test
  void theLastMemoryOfTheMachineIsNotHeld() {
    Memory written = new Memory(Size.parse("100000 GB"), null, null, Written.HERE);

    assertThatThrownBy(() -> MachineFaults.hold(written).ensurePossible(run))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("ASSAY-CHAOS-012");
  }

  @Test
  void packetsOfAPortAreDroppedWhileTheFaultLasts() throws Exception {
    assumeTrue(PacketFilter.tool().isPresent(), "no packet filter for this user");
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Partition written =
          new Partition(null, server.getLocalPort(), "127.0.0.1", Direction.UP, Written.HERE);

      try (Injected cut = MachineFaults.partition(written).inject(run)) {
        assertThat(cut.effect().seen()).isTrue();
        assertThat(connects(server)).isFalse();
      }

      assertThat(connects(server)).isTrue();
    }
  }

  private static boolean connects(ServerSocket server) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", server.getLocalPort()), 300);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  /** A file system of its own in memory. */
  private record SmallDisk(Path folder) implements AutoCloseable {

    static SmallDisk mounted(Path folder, String options) throws Exception {
      Files.createDirectories(folder);
      assumeTrue(
          ran("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString()),
          "this user may not mount a file system");
      return new SmallDisk(folder.toRealPath());
    }

    @Override
    public void close() throws Exception {
      assertThat(ran("umount", folder.toString())).as("unmounted").isTrue();
    }

    private static boolean ran(String... command) throws Exception {
      Process process = new ProcessBuilder(command).inheritIO().start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
  }
}
