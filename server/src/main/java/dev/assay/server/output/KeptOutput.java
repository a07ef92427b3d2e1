package dev.assay.server.output;

import dev.assay.api.ledger.Ledger;
import dev.assay.core.report.OutputListener;
import dev.assay.server.facts.ServiceLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the services of a run printed, from the logs that it keeps among its artifacts once it has
 * ended: of each the last lines. Immutable.
 *
 * @param source who printed it, {@code service:NAME}
 * @param sha256 of the whole log
 * @param size of the whole log, in bytes
 * @param lines the last ones, the oldest of them first; not empty
 * @param whole whether these are all lines
 */
public record KeptOutput(
    String source, String sha256, long size, List<String> lines, boolean whole) {

  /** So many lines of each service are read. */
  public static final int LINES = 100;

  private static final int BYTES = 1 << 16;

  /** Of each of these logs that is still there and not empty. */
  public static List<KeptOutput> read(Ledger ledger, List<ServiceLog> logs) {
    List<KeptOutput> kept = new ArrayList<>();
    for (ServiceLog log : logs) {
      ledger
          .artifact(log.sha256())
          .map(file -> read(log, file))
          .filter(output -> !output.lines.isEmpty())
          .ifPresent(kept::add);
    }
    return kept;
  }

  private static KeptOutput read(ServiceLog log, Path file) {
    List<String> lines = List.of();
    boolean whole = false;
    try (FileChannel channel = FileChannel.open(file)) {
      long from = Math.max(0, channel.size() - BYTES);
      ByteBuffer end = ByteBuffer.allocate((int) (channel.size() - from));
      while (end.hasRemaining() && channel.read(end, from + end.position()) >= 0) {}
      List<String> all =
          new String(end.array(), 0, end.position(), StandardCharsets.UTF_8)
              .lines()
              .map(OutputText::shown)
              .toList();
      int first = Math.max(from > 0 && all.size() > 1 ? 1 : 0, all.size() - LINES);
      lines = List.copyOf(all.subList(first, all.size()));
      whole = from == 0 && first == 0;
    } catch (IOException withdrawn) {
      // then there is nothing to show
    }
    return new KeptOutput(
        OutputListener.SERVICE + log.service(), log.sha256(), log.size(), lines, whole);
  }
}
