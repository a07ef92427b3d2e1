package dev.assay.server.keep;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Puts a backup back, into a folder that is empty or not there, and compares every byte. */
public final class Restore {

  /** What a backup may have; anything else is none of Assay's. */
  private static final Pattern NAME =
      Pattern.compile(
          "accounts\\.db|rulings\\.key|projects/[a-z0-9][a-z0-9-]{0,62}/(ledger\\.db|artifacts/(withdrawn|[0-9a-f]{2}/[0-9a-f]{62}))");

  private static final long LONGEST_MANIFEST = 1L << 28;

  private Restore() {}

  /**
   * Restores one.
   *
   * @return how many files
   * @throws dev.assay.api.problem.ProblemException if the folder is not empty, or the backup is
   *     damaged, none, or of a newer version; what was written by then is left to be looked at
   * @throws IOException if the folder cannot be written
   */
  public static int read(Path file, Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> there = Files.list(folder)) {
        if (there.findAny().isPresent()) {
          throw KeepProblems.FOLDER.failure(
              Where.named(folder.toString()),
              "it is not empty",
              "name one that is, or that is not there: --to FOLDER");
        }
      }
    }
    try (ZipFile zip = opened(file)) {
      Map<String, Json.Obj> wanted = wanted(file, zip);
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        if (!entry.getName().equals(Backup.MANIFEST)) {
          Json.Obj said = wanted.remove(entry.getName());
          if (said == null || !NAME.matcher(entry.getName()).matches()) {
            throw damaged(file, "it has '" + entry.getName() + "', which is not its own");
          }
          restore(file, zip, entry, said, folder);
        }
      }
      if (!wanted.isEmpty()) {
        throw damaged(file, "it lacks " + wanted.keySet().iterator().next());
      }
      return zip.size() - 1;
    }
  }

  private static ZipFile opened(Path file) {
    try {
      return new ZipFile(file.toFile());
    } catch (IOException unreadable) {
      throw KeepProblems.unreadable(file, unreadable);
    }
  }

  private static ProblemException damaged(Path file, String what) {
    return KeepProblems.BACKUP.failure(
        Where.named(file.toString()), what, "name another backup, this one was changed");
  }

  private static Map<String, Json.Obj> wanted(Path file, ZipFile zip) throws IOException {
    ZipEntry manifest = zip.getEntry(Backup.MANIFEST);
    if (manifest == null || manifest.getSize() > LONGEST_MANIFEST) {
      throw KeepProblems.unreadable(file, new ZipException("it has no manifest"));
    }
    try (InputStream in = zip.getInputStream(manifest)) {
      Json.Obj read =
          JsonReader.read(new String(in.readAllBytes(), StandardCharsets.UTF_8)).asObject();
      if (read.whole("version") != Backup.VERSION) {
        throw KeepProblems.BACKUP.failure(
            Where.named(file.toString()),
            "it has the form "
                + read.whole("version")
                + ", and this version of Assay knows form "
                + Backup.VERSION,
            "restore it with the version of Assay that wrote it, or a newer one");
      }
      Map<String, Json.Obj> files = new HashMap<>();
      for (Json each : read.array("files")) {
        files.put(each.asObject().text("name"), each.asObject());
      }
      return files;
    } catch (JsonException wrong) {
      throw damaged(file, "its manifest is damaged: " + wrong.getMessage());
    }
  }

  private static void restore(Path file, ZipFile zip, ZipEntry entry, Json.Obj said, Path folder)
      throws IOException {
    Path target = folder.resolve(entry.getName());
    Files.createDirectories(Objects.requireNonNull(target.getParent()));
    if (entry.getName().equals(Backup.KEY) || entry.getName().equals(Backup.ACCOUNTS)) {
      // such a file is its owner's only, from the first byte on
      Files.move(Files.createTempFile(folder, ".restored", ".part"), target);
    }
    Backup.Digest digest = new Backup.Digest();
    try (InputStream in = zip.getInputStream(entry);
        OutputStream out = Files.newOutputStream(target)) {
      digest.copy(in, out);
    } catch (ZipException changed) {
      throw damaged(file, "'" + entry.getName() + "' in it is damaged");
    }
    if (digest.size() != said.whole("size") || !digest.sha256().equals(said.text("sha256"))) {
      throw damaged(file, "'" + entry.getName() + "' in it is damaged");
    }
  }
}
