package dev.assay.server.keep;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.Clock;
import dev.assay.server.ruling.SigningKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.sqlite.SQLiteConfig;

/**
 * Copies what a server keeps into one file, also while it runs and writes: the accounts, each
 * project's ledger as it was at one moment, then its artifacts, which never change, so that none is
 * missing that a ledger names. The file is a ZIP; {@code manifest.json}, its last entry, says what
 * must be in it.
 */
public final class Backup {

  static final String MANIFEST = "manifest.json";
  static final String ACCOUNTS = "accounts.db";
  static final String KEY = SigningKey.FILE;
  static final String PROJECTS = "projects/";
  static final String LEDGER = "ledger.db";
  static final String ARTIFACTS = "artifacts";
  static final int VERSION = 1;

  private static final int PATIENCE_MILLIS = 30_000;

  private final Path folder;
  private final Clock clock;
  private final List<Json> files = new ArrayList<>();

  private Backup(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /**
   * What was backed up. Immutable.
   *
   * @param projects how many
   * @param files how many
   * @param elsewhere projects whose runs are in PostgreSQL, and not in the file
   */
  public record Result(int projects, int files, List<String> elsewhere) {

    /** Copies the list. */
    public Result {
      elsewhere = List.copyOf(elsewhere);
    }
  }

  /** Writes the accounts of one moment into a file of SQLite that is not there yet. */
  public interface Accounts {
    /** Does it. */
    void into(Path file) throws IOException;
  }

  /**
   * Makes one of a server that keeps its accounts in its folder; the file is there when it is
   * whole.
   *
   * @throws dev.assay.api.problem.ProblemException if the folder is none of a server
   * @throws IOException if something cannot be read or written
   */
  public static Result write(Path folder, Path file, Clock clock) throws IOException {
    if (!Files.isRegularFile(folder.resolve(ACCOUNTS))) {
      throw KeepProblems.FOLDER.failure(
          Where.named(folder.toString()),
          "it is no folder of a server: it has no " + ACCOUNTS,
          "name the folder that `assay serve` was given");
    }
    return write(folder, file, clock, copy -> snapshot(folder.resolve(ACCOUNTS), copy));
  }

  /**
   * Makes one of a server whose accounts are elsewhere.
   *
   * @throws IOException if something cannot be read or written
   */
  public static Result write(Path folder, Path file, Clock clock, Accounts accounts)
      throws IOException {
    Path target = file.toAbsolutePath();
    Path parent = Objects.requireNonNull(target.getParent());
    Files.createDirectories(parent);
    Path half = Files.createTempFile(parent, ".assay", ".part");
    Path scratch = Files.createTempDirectory(parent, ".assay");
    try {
      Result result;
      try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(half))) {
        result = new Backup(folder, clock).write(zip, scratch, accounts);
      }
      Files.move(half, target, StandardCopyOption.REPLACE_EXISTING);
      return result;
    } finally {
      Files.deleteIfExists(half);
      try (Stream<Path> left = Files.list(scratch)) {
        for (Path each : left.toList()) {
          Files.delete(each);
        }
      }
      Files.delete(scratch);
    }
  }

  private Result write(ZipOutputStream zip, Path scratch, Accounts from) throws IOException {
    Path accounts = scratch.resolve(ACCOUNTS);
    from.into(accounts);
    add(zip, ACCOUNTS, accounts);
    if (Files.isRegularFile(folder.resolve(KEY))) {
      add(zip, KEY, folder.resolve(KEY)); // without it what was signed would count no more
    }
    List<String> elsewhere = new ArrayList<>();
    List<String> projects = projects(accounts);
    for (String project : projects) {
      Path own = folder.resolve("projects").resolve(project);
      if (Files.isRegularFile(own.resolve(LEDGER))) {
        Path ledger = scratch.resolve(project + ".db");
        snapshot(own.resolve(LEDGER), ledger);
        add(zip, PROJECTS + project + "/" + LEDGER, ledger);
        Files.delete(ledger);
      } else if (Files.isDirectory(own)) {
        elsewhere.add(project);
      }
      artifacts(zip, project, own.resolve(ARTIFACTS));
    }
    int count = files.size();
    zip.putNextEntry(new ZipEntry(MANIFEST));
    Json.Obj manifest =
        Json.object()
            .put("version", VERSION)
            .put("made", clock.now().toString())
            .put("files", Json.array(files))
            .build();
    zip.write(JsonWriter.canonical(manifest).getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
    return new Result(projects.size(), count, elsewhere);
  }

  private static List<String> projects(Path accounts) throws IOException {
    List<String> names = new ArrayList<>();
    try (Connection connection = reader(accounts);
        PreparedStatement query =
            connection.prepareStatement("SELECT name FROM project ORDER BY name");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
      return names;
    } catch (SQLException unreadable) {
      throw new IOException("the accounts cannot be read", unreadable);
    }
  }

  /** One moment of a database, whoever writes to it meanwhile. */
  private static void snapshot(Path database, Path copy) throws IOException {
    try (Connection connection = reader(database);
        PreparedStatement into = connection.prepareStatement("VACUUM INTO ?")) {
      into.setString(1, copy.toString());
      into.execute();
    } catch (SQLException unreadable) {
      throw new IOException(database + " cannot be copied: " + unreadable.getMessage(), unreadable);
    }
  }

  private static Connection reader(Path database) throws SQLException {
    SQLiteConfig settings = new SQLiteConfig();
    settings.setBusyTimeout(PATIENCE_MILLIS);
    return settings.createConnection("jdbc:sqlite:" + database.toAbsolutePath());
  }

  private void artifacts(ZipOutputStream zip, String project, Path artifacts) throws IOException {
    if (!Files.isDirectory(artifacts)) {
      return;
    }
    List<Path> found;
    try (Stream<Path> all = Files.walk(artifacts)) {
      // What is on its way in has no name of digits yet.
      found =
          all.filter(each ->
                  artifacts
                      .relativize(each)
                      .toString()
                      .replace('\\', '/')
                      .matches("withdrawn|[0-9a-f]{2}/[0-9a-f]{62}"))
              .sorted()
              .toList();
    }
    for (Path each : found) {
      String name = artifacts.relativize(each).toString().replace('\\', '/');
      add(zip, PROJECTS + project + "/" + ARTIFACTS + "/" + name, each);
    }
  }

  private void add(ZipOutputStream zip, String name, Path file) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    Digest digest = new Digest();
    try (InputStream in = Files.newInputStream(file)) {
      digest.copy(in, zip);
    }
    zip.closeEntry();
    files.add(
        Json.object()
            .put("name", name)
            .put("size", digest.size())
            .put("sha256", digest.sha256())
            .build());
  }

  /** Copies and hashes at once. */
  static final class Digest {

    private final MessageDigest sha256 = digest();
    private long size;

    private static MessageDigest digest() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException never) {
        throw new IllegalStateException("every JVM has SHA-256", never);
      }
    }

    void copy(InputStream in, OutputStream out) throws IOException {
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sha256.update(buffer, 0, read);
        size += read;
        out.write(buffer, 0, read);
      }
    }

    long size() {
      return size;
    }

    String sha256() {
      return HexFormat.of().formatHex(sha256.digest());
    }
  }
}
