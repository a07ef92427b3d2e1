package dev.assay.server.output;

import dev.assay.core.report.Words;
import java.util.regex.Pattern;

/** Text that a program printed, made fit to be shown, whoever sent it. */
public final class OutputText {

  /** What terminals take for colours and places. */
  private static final Pattern ESCAPES = Pattern.compile("\u001b(?:\\[[0-?]*[ -/]*[@-~]|.?)");

  private OutputText() {}

  /** A line without colours, line ends and control characters, cut to a length. */
  public static String shown(String line) {
    String plain = ESCAPES.matcher(line).replaceAll("").stripTrailing();
    return Words.cut(Words.encodable(plain.replace('\n', ' ')), PrintedLine.LONGEST);
  }
}
