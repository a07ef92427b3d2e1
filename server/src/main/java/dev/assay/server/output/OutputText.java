package dev.assay.server.output;

import dev.assay.core.report.Words;

/** Text that a program printed, made fit to be shown, whoever sent it. */
public final class OutputText {

  private OutputText() {}

  /** A line without colours, line ends and control characters, cut to a length. */
  public static String shown(String line) {
    String plain = Words.withoutEscapes(line).stripTrailing();
    return Words.cut(Words.encodable(plain.replace('\n', ' ')), PrintedLine.LONGEST);
  }
}
