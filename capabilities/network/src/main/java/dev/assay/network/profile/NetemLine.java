package dev.assay.network.profile;

import dev.assay.api.problem.ProblemException;
import dev.assay.network.link.Delay;
import dev.assay.network.link.DirectionCondition;
import dev.assay.network.link.Distribution;
import dev.assay.network.link.Loss;
import dev.assay.network.link.Queue;
import dev.assay.network.link.Reordering;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the words of one line for netem or tbf, from left to right. */
final class NetemLine {

  private static final Pattern NUMBER = Pattern.compile("(\\d+(?:\\.\\d+)?)([A-Za-z%]*)");

  private static final Map<String, Double> TIMES =
      Map.ofEntries(
          Map.entry("", 1e3),
          Map.entry("s", 1e9),
          Map.entry("sec", 1e9),
          Map.entry("secs", 1e9),
          Map.entry("ms", 1e6),
          Map.entry("msec", 1e6),
          Map.entry("msecs", 1e6),
          Map.entry("us", 1e3),
          Map.entry("usec", 1e3),
          Map.entry("usecs", 1e3),
          Map.entry("ns", 1.0),
          Map.entry("nsec", 1.0),
          Map.entry("nsecs", 1.0));

  private static final Map<String, Double> PREFIXES =
      Map.of(
          "",
          1.0,
          "k",
          1e3,
          "m",
          1e6,
          "g",
          1e9,
          "t",
          1e12,
          "ki",
          1024.0,
          "mi",
          1048576.0,
          "gi",
          1073741824.0);

  private static final Map<String, Double> SIZES =
      Map.of(
          "", 1.0, "b", 1.0, "k", 1024.0, "kb", 1024.0, "m", 1048576.0, "mb", 1048576.0, "kbit",
          128.0, "mbit", 131072.0);

  /** A packet of netem's limit, in bytes. */
  private static final int PACKET = 1514;

  private final Description file;
  private final int line;
  private final List<String> words;
  private int next;

  NetemLine(Description file, int line, List<String> words) {
    this.file = file;
    this.line = line;
    this.words = words;
  }

  /** Goes behind a word, if it is there. */
  boolean skipTo(String word) {
    int at = words.indexOf(word);
    if (at < 0) {
      return false;
    }
    next = at + 1;
    return true;
  }

  String peek() {
    return next < words.size() ? words.get(next) : "";
  }

  DirectionCondition netem(DirectionCondition before, List<String> notes) {
    DirectionCondition made = before;
    while (next < words.size()) {
      String word = words.get(next++);
      made =
          switch (word) {
            case "delay", "latency" -> delay(made);
            case "loss", "drop" -> made.withLoss(loss());
            case "corrupt" -> {
              double share = share();
              optionalShare();
              notes.add("corrupted packets count as lost, as checksums find them");
              yield made.withLoss(NetemLoss.together(made.loss(), share));
            }
            case "duplicate" -> {
              double share = share();
              if (optionalShare() > 0) {
                notes.add("duplicates are not correlated");
              }
              yield made.withDuplicate(share);
            }
            case "reorder" -> reorder(made, notes);
            case "gap" ->
                made.withReordering(
                    new Reordering(
                        made.reordering().share(), whole(), made.reordering().byJitter()));
            case "rate" -> rate(made, notes);
            case "limit" -> made.withQueue(Queue.dropTail((long) whole() * PACKET));
            case "slot", "ecn", "seed", "rng" ->
                throw ImportProblems.NOT_TAKEN.failure(
                    file.place(line),
                    "netem's '" + word + "' has no equal here",
                    "leave it out, or describe it otherwise");
            default -> throw wrong("netem has no '" + word + "'", "correct this word");
          };
    }
    return made;
  }

  DirectionCondition tbf(DirectionCondition before) {
    DirectionCondition made = before;
    double latency = -1;
    while (next < words.size()) {
      String word = words.get(next++);
      switch (word) {
        case "rate" -> made = withRate(made, bits());
        case "burst", "buffer", "maxburst", "mtu", "minburst", "mpu" -> size();
        case "limit" -> made = made.withQueue(Queue.dropTail(size()));
        case "latency" -> latency = time();
        case "peakrate" -> bits();
        default -> throw wrong("tbf has no '" + word + "'", "correct this word");
      }
    }
    if (made.bitsPerSecond() == 0) {
      throw wrong("tbf needs a rate", "add: rate 1mbit");
    }
    if (latency >= 0) {
      long limit = Math.max(1514, (long) (latency / 1e9 * made.bitsPerSecond() / 8));
      made = made.withQueue(Queue.dropTail(limit));
    }
    return made;
  }

  private DirectionCondition delay(DirectionCondition before) {
    double middle = time();
    double jitter = isNumber() ? time() : 0;
    double correlation = isNumber() ? share() : 0;
    String shape = "uniform";
    if (peek().equals("distribution")) {
      next++;
      shape = word("a distribution");
    }
    String named = shape;
    return value(() -> {
      Distribution distribution =
          jitter == 0
              ? new Distribution.Constant(Math.round(middle))
              : distribution(named, middle, jitter);
      Reordering reordering = before.reordering();
      return before
          .withDelay(new Delay(distribution, Math.min(0.99, correlation)))
          .withReordering(new Reordering(reordering.share(), reordering.gap(), jitter > 0));
    });
  }

  private Distribution distribution(String shape, double middle, double jitter) {
    return switch (shape) {
      case "uniform" -> new Distribution.Uniform(middle, jitter);
      case "normal" -> new Distribution.Normal(middle, jitter);
      case "pareto" -> Distribution.Pareto.ofDeviation(middle, jitter);
      default ->
          throw ImportProblems.NOT_TAKEN.failure(
              file.place(line),
              "the distribution '" + shape + "' is a table of netem that is not here",
              "use uniform, normal or pareto, or write percentiles into the condition");
    };
  }

  private Loss loss() {
    if (peek().equals("random")) {
      next++;
    }
    if (peek().equals("gemodel")) {
      next++;
      double bad = share();
      double good = isNumber() ? share() : 1 - bad;
      double lostWhenBad = isNumber() ? share() : 1;
      double lostWhenGood = isNumber() ? share() : 0;
      return value(() -> new Loss.GilbertElliott(bad, good, lostWhenBad, lostWhenGood));
    }
    if (peek().equals("state")) {
      next++;
      double bad = share();
      double good = isNumber() ? share() : 1 - bad;
      if (isNumber()) {
        throw ImportProblems.NOT_TAKEN.failure(
            file.place(line), "a loss of four states has no equal here", "use: loss gemodel");
      }
      return value(() -> new Loss.GilbertElliott(bad, good, 1, 0));
    }
    double share = share();
    double correlation = optionalShare();
    return value(() -> NetemLoss.correlated(share, correlation));
  }

  private DirectionCondition reorder(DirectionCondition before, List<String> notes) {
    double share = share();
    if (optionalShare() > 0) {
      notes.add("reordered packets are not correlated");
    }
    Reordering reordering = before.reordering();
    return before.withReordering(
        value(() -> new Reordering(share, reordering.gap(), reordering.byJitter())));
  }

  private DirectionCondition rate(DirectionCondition before, List<String> notes) {
    DirectionCondition made = withRate(before, bits());
    boolean cells = false;
    while (peek().matches("-?\\d+")) {
      next++;
      cells = true;
    }
    if (cells) {
      notes.add("the overhead of packets and cells in the rate is not taken over");
    }
    return made;
  }

  private DirectionCondition withRate(DirectionCondition before, double bits) {
    return value(() -> before.withRate(bits));
  }

  private boolean isNumber() {
    return NUMBER.matcher(peek()).matches();
  }

  private double optionalShare() {
    return isNumber() ? share() : 0;
  }

  private String word(String wanted) {
    if (next >= words.size()) {
      throw wrong("the line ends where " + wanted + " is expected", "add it");
    }
    return words.get(next++);
  }

  private Matcher number(String wanted) {
    String word = word(wanted);
    Matcher matcher = NUMBER.matcher(word);
    if (word.length() > 30 || !matcher.matches()) {
      throw wrong("'" + word + "' is not " + wanted, "correct this word");
    }
    return matcher;
  }

  private double scaled(String wanted, Map<String, Double> units) {
    Matcher matcher = number(wanted);
    Double factor = units.get(matcher.group(2).toLowerCase(Locale.ROOT));
    if (factor == null) {
      throw wrong("'" + matcher.group() + "' is not " + wanted, "correct its unit");
    }
    return Double.parseDouble(matcher.group(1)) * factor;
  }

  /** In nanoseconds; without a unit it is microseconds. */
  private double time() {
    return scaled("a time such as 100ms", TIMES);
  }

  private long size() {
    String word = word("a size such as 32kb");
    next--;
    // tbf's burst may be BUFFER/MTU
    if (word.indexOf('/') > 0) {
      next++;
      return 0;
    }
    return (long) scaled("a size such as 32kb", SIZES);
  }

  private double share() {
    Matcher matcher = number("a share such as 1%");
    if (!matcher.group(2).isEmpty() && !matcher.group(2).equals("%")) {
      throw wrong("'" + matcher.group() + "' is not a share such as 1%", "correct its unit");
    }
    double share = Double.parseDouble(matcher.group(1)) / 100;
    if (share > 1) {
      throw wrong("'" + matcher.group() + "' is more than all", "write 0% to 100%");
    }
    return share;
  }

  private int whole() {
    String word = word("a whole number");
    if (!word.matches("\\d{1,6}")) {
      throw wrong("'" + word + "' is not a whole number below a million", "correct this word");
    }
    return Integer.parseInt(word);
  }

  /** Bits per second: {@code bps} are bytes, as tc has it. */
  private double bits() {
    Matcher matcher = number("a rate such as 1mbit");
    String unit = matcher.group(2).toLowerCase(Locale.ROOT);
    boolean bytes = unit.endsWith("bps");
    Double factor = PREFIXES.get(unit.replaceFirst("(bit|bps)$", ""));
    if (factor == null) {
      throw wrong("'" + matcher.group() + "' is not a rate such as 1mbit", "correct its unit");
    }
    return Double.parseDouble(matcher.group(1)) * factor * (bytes ? 8 : 1);
  }

  private <T> T value(Supplier<T> made) {
    return file.value(line, made);
  }

  ProblemException wrong(String what, String mend) {
    return file.problem(ImportProblems.VALUE, line, what, mend);
  }
}
