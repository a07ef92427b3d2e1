package dev.assay.store;

import dev.assay.store.ChainAudit.Named;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Looks whether artifacts are what their names say. Not for use by several threads. */
final class ArtifactAudit {

  private final Path folder;
  private final ArtifactFolder artifacts;
  private final Damages damages;
  private long stored;

  ArtifactAudit(Path folder, Damages damages) {
    this.folder = folder;
    this.artifacts = new ArtifactFolder(folder);
    this.damages = damages;
  }

  /** Looks at every file, and for every file that an entry names. */
  void run(Map<String, Named> named) throws IOException {
    Set<String> withdrawn = WithdrawnArtifacts.of(folder);
    for (Map.Entry<String, Named> each : named.entrySet()) {
      Path file = artifacts.find(each.getKey()).orElse(null);
      String at = "artifact " + each.getKey() + ", named by entry " + each.getValue().sequence();
      if (file == null && withdrawn.contains(each.getKey())) {
        continue; // it was taken away on purpose
      }
      if (file == null) {
        damages.add(at + ", is missing");
      } else if (Files.size(file) != each.getValue().size()) {
        damages.add(at + ", has " + Files.size(file) + " bytes, not " + each.getValue().size());
      }
    }
    if (Files.isDirectory(folder)) {
      try (Stream<Path> all = Files.walk(folder, 2)) {
        for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
          content(file);
        }
      }
    }
  }

  private void content(Path file) {
    String name = folder.relativize(file).toString().replace("\\", "/").replace("/", "");
    if (!name.matches("[0-9a-f]{64}") || !artifacts.path(name).equals(file)) {
      return;
    }
    stored++;
    try {
      if (!ArtifactFolder.sha256(file).equals(name)) {
        damages.add("the content of artifact " + name + " is not what its name says");
      }
    } catch (IOException unreadable) {
      damages.add("artifact " + name + " cannot be read: " + Failures.text(unreadable));
    }
  }

  /** How many files were read. */
  long stored() {
    return stored;
  }
}
