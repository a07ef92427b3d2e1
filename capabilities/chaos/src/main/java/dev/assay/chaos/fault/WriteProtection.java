package dev.assay.chaos.fault;

import dev.assay.chaos.fault.Injected.Effect;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lets nobody write to a file or folder: for root, whom permissions do not bind, by a read-only
 * mount of it over itself, else by its permissions. Files that are open already stay writable with
 * either.
 */
final class WriteProtection implements Breakage {

  static final String PATH = "path";
  private static final String LAYERS = "layers";
  private static final String PERMISSIONS = "permissions";

  private final SystemCalls calls = new SystemCalls();

  @Override
  public String kind() {
    return "chaos-read-only";
  }

  /** What the journal must know; the path is absolute and real. */
  static Map<String, String> details(Path path, boolean byMount) throws IOException {
    return byMount
        ? Map.of(PATH, path.toString(), LAYERS, Integer.toString(MountTable.layers(path)))
        : Map.of(
            PATH,
            path.toString(),
            PERMISSIONS,
            PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
  }

  @Override
  public void make(Map<String, String> details) throws IOException {
    Path path = path(details);
    if (details.containsKey(LAYERS)) {
      calls.bind(path);
      calls.remountReadOnly(path);
    } else {
      Set<PosixFilePermission> fewer = new HashSet<>(Files.getPosixFilePermissions(path));
      fewer.remove(PosixFilePermission.OWNER_WRITE);
      fewer.remove(PosixFilePermission.GROUP_WRITE);
      fewer.remove(PosixFilePermission.OTHERS_WRITE);
      Files.setPosixFilePermissions(path, fewer);
    }
  }

  @Override
  public Effect look(Map<String, String> details) {
    Path path = path(details);
    boolean folder = Files.isDirectory(path);
    Path tried = folder ? path.resolve(".assay-writable") : path;
    try {
      (folder
              ? FileChannel.open(tried, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
              : FileChannel.open(tried, StandardOpenOption.WRITE))
          .close();
      if (folder) {
        Files.delete(tried);
      }
      return new Effect(false, path + " can be opened for writing");
    } catch (IOException refused) {
      return new Effect(true, "opening " + tried + " for writing fails: " + refused.getMessage());
    }
  }

  @Override
  public Optional<String> undo(String id, Map<String, String> details) throws IOException {
    Path path = path(details);
    String layers = details.get(LAYERS);
    boolean changed = layers == null ? restore(path, details) : unmount(path, layers);
    if (Files.exists(path) && look(details).seen() && changed) {
      throw new IOException(path + " still cannot be written");
    }
    return changed ? Optional.of("made " + path + " writable again") : Optional.empty();
  }

  private boolean unmount(Path path, String layers) throws IOException {
    boolean changed = false;
    while (MountTable.layers(path) > Integer.parseInt(layers)) {
      calls.unmount(path, SystemCalls.MNT_DETACH); // whoever has a file of it open keeps that
      changed = true;
    }
    return changed;
  }

  private static boolean restore(Path path, Map<String, String> details) throws IOException {
    Set<PosixFilePermission> before =
        PosixFilePermissions.fromString(details.getOrDefault(PERMISSIONS, ""));
    if (!Files.exists(path) || Files.getPosixFilePermissions(path).equals(before)) {
      return false;
    }
    Files.setPosixFilePermissions(path, before);
    return true;
  }

  private static Path path(Map<String, String> details) {
    return Path.of(details.getOrDefault(PATH, ""));
  }
}
