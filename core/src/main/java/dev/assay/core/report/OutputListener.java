package dev.assay.core.report;

import java.time.Instant;

/**
 * Hears what services, and the programs that checks start, print while a run goes on. It is shown,
 * it is no evidence. Called by one thread of each run; returns soon and never throws.
 */
public interface OutputListener {

  /** Before the name of a service, where a source is one. */
  String SERVICE = "service:";

  /** The longest line in characters; of a longer one the beginning is told, with an ellipsis. */
  int LONGEST = 1_000;

  /**
   * A line was printed, to standard output or standard error, which are one stream here.
   *
   * @param source who printed it: {@code service:NAME}, or the id of a check
   * @param at when it was seen, some 0.2 s after it was printed at the most
   * @param line without its end, control characters and colours, with secrets masked; at most
   *     {@value #LONGEST} characters
   */
  void printed(String source, Instant at, String line);

  /**
   * Lines before those that are told next are not told, as too many came at once.
   *
   * @param lines how many, 1 or more
   */
  void leftOut(String source, Instant at, long lines);
}
