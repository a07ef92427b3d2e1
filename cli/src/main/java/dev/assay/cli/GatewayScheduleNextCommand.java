package dev.assay.cli;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.SystemClock;
import dev.assay.gateway.ChannelProblems;
import dev.assay.gateway.schedule.ScheduleDoor;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The next times of a schedule. */
@Command(
    name = "next",
    description = {
      "Shows the next times of a cron expression (5 or 6 fields, @daily …) or a rule of RFC 5545,",
      "or, without one, answers JSON lines {\"cron\"|\"rrule\"|\"at\": …, \"zone\": …, \"from\": …,",
      "\"quiet\": …, \"show\": …}."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class GatewayScheduleNextCommand implements Callable<Integer> {

  @ParentCommand private GatewayScheduleCommand schedule;

  @Parameters(
      arity = "0..1",
      paramLabel = "WHEN",
      description = "A cron expression, a rule, or a moment such as 2026-12-24T18:00.")
  private @Nullable String when;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "The time zone; otherwise --to's, or UTC.")
  private @Nullable String zone;

  @Option(names = "--to", paramLabel = "NUMBER", description = "A recipient, in whose zones it is.")
  private @Nullable String to;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "From when on, such as 2026-03-28; otherwise now.")
  private @Nullable String from;

  @Option(
      names = "--quiet",
      paramLabel = "HOURS",
      description = "When nothing is sent, such as 'mon-fri 21:00-08:00; sun 00:00-24:00'.")
  private @Nullable String quiet;

  @Option(names = "--count", defaultValue = "5", paramLabel = "N", description = "How many; 5.")
  private long count;

  @Override
  public Integer call() throws IOException {
    ScheduleDoor door = new ScheduleDoor(new SystemClock().now());
    Console console = schedule.console();
    String given = when;
    if (given == null) {
      try (InputStream in = Console.input()) {
        new JsonLinesDoor(in, console.out(), door::answer).serve();
      }
      return ExitCode.PASS.code();
    }
    try {
      show(console.out(), door.answer(question(given)));
    } catch (JsonException | IllegalArgumentException wrong) {
      throw ChannelProblems.SCHEDULE.failure(
          Where.named(given),
          String.valueOf(wrong.getMessage()),
          "see `assay gateway schedule next --help`");
    }
    return ExitCode.PASS.code();
  }

  private Json.Obj question(String given) {
    String upper = given.toUpperCase(Locale.ROOT);
    String kind =
        upper.contains("FREQ=") || upper.contains("RRULE")
            ? "rrule"
            : given.strip().matches("\\d{4}-\\d\\d-\\d\\d.*") ? "at" : "cron";
    return Json.object()
        .put(kind, given)
        .putIfPresent("zone", zone)
        .putIfPresent("to", to)
        .putIfPresent("from", from)
        .putIfPresent("quiet", quiet)
        .put("show", count)
        .build();
  }

  private static void show(PrintStream out, Json.Obj answer) {
    for (Json each : answer.array("times")) {
      Json.Obj time = each.asObject();
      String planned = time.findText("planned");
      out.printf(
          "%s %-25s  %s%s%n",
          time.text("day"),
          time.text("local"),
          time.text("at"),
          planned == null ? "" : "  (quiet until then; planned " + planned + ")");
    }
    if (answer.array("times").isEmpty()) {
      out.println("never again");
    }
  }
}
