package dev.assay.gateway.schedule;

import dev.assay.api.json.Json;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Answers a schedule, as {@link Schedule} reads it, by its next times: {@code {"cron": "0 9 * * *",
 * "zone": "Europe/Berlin", "from": "2026-12-01", "show": 3}}. {@code to} is a recipient whose zone
 * is meant.
 */
public final class ScheduleDoor {

  private static final long MOST = 10_000;

  private final Instant now;

  /**
   * A door.
   *
   * @param now when schedules begin that do not say so
   */
  public ScheduleDoor(Instant now) {
    this.now = now;
  }

  /** Answers one question. */
  public Json.Obj answer(Json.Obj question) {
    Map<String, Json> schedule = new LinkedHashMap<>(question.members());
    List.of("id", "from", "show", "to").forEach(schedule::remove);
    String recipient = question.findText("to");
    String from = question.findText("from");
    Json show = question.find("show");
    long count = show == null ? 5 : show.asWhole();
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException("there are 1 to " + MOST + " times shown, not " + count);
    }
    String to = recipient == null ? "" : recipient;
    // the zone is needed to read where to begin, and that to begin
    ZoneId zone = read(schedule, to, now).zones().getFirst();
    Instant begin = from == null ? now : Schedule.moment(from, zone);
    Schedule read = read(schedule, to, begin);
    List<Json> times = new ArrayList<>();
    Instant after = begin.minusNanos(1);
    while (times.size() < count) {
      Optional<Schedule.Due> due = read.next(after, times.size());
      if (due.isEmpty()) {
        break;
      }
      times.add(time(due.get(), read.recurrence() == null ? zone : zone(read)));
      after = due.get().at();
    }
    return Json.object()
        .put("zones", Json.array(read.zones().stream().map(each -> Json.of(each.getId())).toList()))
        .put("times", Json.array(times))
        .build();
  }

  private static Schedule read(Map<String, Json> schedule, String to, Instant begin) {
    return Schedule.read(new Json.Obj(schedule), to, ZoneOffset.UTC, begin);
  }

  private static ZoneId zone(Schedule schedule) {
    Recurrence recurrence = schedule.recurrence();
    return recurrence == null
        ? schedule.zones().getFirst()
        : recurrence.zone().orElse(schedule.zones().getFirst());
  }

  private static Json time(Schedule.Due due, ZoneId zone) {
    Json.Builder built =
        Json.object()
            .put("at", due.at().toString())
            .put("local", due.at().atZone(zone).toOffsetDateTime().toString())
            .put(
                "day",
                DateTimeFormatter.ofPattern("EEE", Locale.ENGLISH).format(due.at().atZone(zone)));
    if (!due.planned().equals(due.at())) {
      built.put("planned", due.planned().toString());
    }
    return built.build();
  }
}
