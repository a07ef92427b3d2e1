package dev.assay.server.keep;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
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
   * @throws IOException if the folder is not empty, or the backup is damaged or none; what was
   *     written by then is left to be looked at
   */
  public static int read(Path file, Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> there = Files.list(folder)) {
        if (there.findAny().isPresent()) {
          throw new IOException(folder + " is not empty; name one that is, or that is not there");
        }
      }
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Map<String, Json.Obj> wanted = wanted(zip);
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        if (!entry.getName().equals(Backup.MANIFEST)) {
          Json.Obj said = wanted.remove(entry.getName());
          if (said == null || !NAME.matcher(entry.getName()).matches()) {
            throw new IOException("the backup has '" + entry.getName() + "', which is not its own");
          }
          restore(zip, entry, said, folder);
        }
      }
      if (!wanted.isEmpty()) {
        throw new IOException("the backup lacks " + wanted.keySet().iterator().next());
      }
      return zip.size() - 1;
    }
  }

  private static Map<String, Json.Obj> wanted(ZipFile zip) throws IOException {
    ZipEntry manifest = zip.getEntry(Backup.MANIFEST);
    if (manifest == null || manifest.getSize() > LONGEST_MANIFEST) {
      throw new IOException("that is no backup of a server, or one that was cut off");
    }
    try (InputStream in = zip.getInputStream(manifest)) {
      Json.Obj read =
          JsonReader.read(new String(in.readAllBytes(), StandardCharsets.UTF_8)).asObject();
      if (read.whole("version") != Backup.VERSION) {
        throw new IOException("the backup is of another version of Assay");
      }
      Map<String, Json.Obj> files = new HashMap<>();
      for (Json each : read.array("files")) {
        files.put(each.asObject().text("name"), each.asObject());
      }
      return files;
    } catch (JsonException wrong) {
      throw new IOException("the backup's manifest is damaged", wrong);
    }
  }

  private static void restore(ZipFile zip, ZipEntry entry, Json.Obj said, Path folder)
      throws IOException {
    Path target = folder.resolve(entry.getName());
    Files.createDirectories(Objects.requireNonNull(target.getParent()));
    if (entry.getName().equals(Backup.KEY)) {
      // such a file is its owner's only, from the first byte on
      Files.move(Files.createTempFile(folder, ".rulings", ".part"), target);
    }
    Backup.Digest digest = new Backup.Digest();
    try (InputStream in = zip.getInputStream(entry);
        OutputStream out = Files.newOutputStream(target)) {
      digest.copy(in, out);
    }
    if (digest.size() != said.whole("size") || !digest.sha256().equals(said.text("sha256"))) {
      throw new IOException("'" + entry.getName() + "' in the backup is damaged");
    }
  }
}
