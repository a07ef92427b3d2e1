package dev.assay.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PostgreSQL of a test's own, on a free port of this machine. */
public final class PostgresServer implements AutoCloseable {

  /** The password of the superuser; with a character that a URL must encode. */
  public static final String PASSWORD = "s3cret@word";

  private final Path programs;
  private final Path folder;
  private final int port;

  private PostgresServer(Path programs, Path folder, int port) {
    this.programs = programs;
    this.folder = folder;
    this.port = port;
  }

  /** The folder of its programs, if it is installed. */
  public static Optional<Path> programs() {
    List<Path> folders = new ArrayList<>();
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      folders.add(Path.of(folder));
    }
    try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
      versions.sorted().map(version -> version.resolve("bin")).forEach(folders::addFirst);
    } catch (IOException notDebian) {
      // then it is on the PATH, or not there
    }
    return folders.stream()
        .filter(folder -> Files.isExecutable(folder.resolve("initdb")))
        .findFirst();
  }

  /** Starts one with those settings. */
  public static PostgresServer start(String... settings) {
    try {
      Path folder = Files.createTempDirectory(Path.of("/tmp"), "assay-postgres");
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        PostgresServer server =
            new PostgresServer(programs().orElseThrow(), folder, free.getLocalPort());
        free.close();
        server.begin(settings);
        return server;
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private void begin(String... settings) throws IOException {
    Path password = folder.resolve("password");
    Files.writeString(password, PASSWORD);
    if (root()) {
      run(List.of("chown", "-R", "postgres", folder.toString()));
    }
    run(
        as(
            programs.resolve("initdb").toString(),
            "-D",
            data(),
            "-U",
            "kim",
            "-A",
            "scram-sha-256",
            "--pwfile=" + password,
            "--locale=C",
            "-E",
            "UTF8",
            "--no-sync"));
    launch(settings);
  }

  private void launch(String... settings) {
    StringBuilder options = new StringBuilder("-c listen_addresses=127.0.0.1 -c fsync=off");
    options.append(" -c unix_socket_directories='' -c port=").append(port);
    Arrays.stream(settings).forEach(setting -> options.append(" -c ").append(setting));
    run(
        as(
            programs.resolve("pg_ctl").toString(),
            "-D",
            data(),
            "-w",
            "-l",
            folder.resolve("log").toString(),
            "-o",
            options.toString(),
            "start"));
  }

  /** Copies its files as they are now into a folder that {@link #restore} starts from. */
  public Path backup() {
    Path copy = folder.resolveSibling(folder.getFileName() + "-backup");
    run(
        as(
            programs.resolve("pg_basebackup").toString(),
            "--dbname=" + url(),
            "--pgdata=" + copy.resolve("data"),
            "--wal-method=none",
            "--checkpoint=fast",
            "--no-sync"));
    return copy;
  }

  /**
   * Starts one from a backup, which it removes in the end, and carries out what was archived since.
   *
   * @param settings where the archive is and how far it is carried out
   */
  public static PostgresServer restore(Path backup, String... settings) {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      PostgresServer server =
          new PostgresServer(programs().orElseThrow(), backup, free.getLocalPort());
      free.close();
      run(as("touch", backup.resolve("data/recovery.signal").toString()));
      server.launch(settings);
      return server;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private static boolean root() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** It refuses to run as root. */
  private static List<String> as(String... words) {
    List<String> command = new ArrayList<>();
    if (root()) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.addAll(List.of(words));
    return command;
  }

  private static void run(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(new File("/"))
              .redirectErrorStream(true)
              .redirectOutput(Files.createTempFile("postgres", ".log").toFile())
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(command + " ended with " + process);
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Its address with user and password. */
  public String url() {
    return "postgresql://kim:" + PASSWORD.replace("@", "%40") + "@127.0.0.1:" + port + "/postgres";
  }

  /** Its port. */
  public int port() {
    return port;
  }

  @Override
  public void close() {
    run(as(programs.resolve("pg_ctl").toString(), "-D", data(), "-m", "immediate", "stop"));
    run(List.of("rm", "-rf", folder.toString()));
  }
}
