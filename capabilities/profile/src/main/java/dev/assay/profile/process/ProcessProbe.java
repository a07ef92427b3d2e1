package dev.assay.profile.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;

/** Reads what services use. For one thread. */
public interface ProcessProbe {

  /**
   * Reads all services.
   *
   * @return by the id of the process that was started; none for a service of which nothing lives
   */
  Map<Long, ServiceReading> read();

  /** Whether memory, threads and files are known, and not only processor time. */
  boolean whole();

  /** The best probe of this system for those started processes. */
  static ProcessProbe of(Collection<Long> roots) {
    Path proc = Path.of("/proc");
    return Files.isReadable(proc.resolve("self/stat"))
        ? new ProcProbe(proc, roots)
        : new HandleProbe(roots);
  }
}
