package dev.assay.server.observe;

import dev.assay.observe.alert.Silence;
import dev.assay.server.Refusal;
import dev.assay.server.audit.AuditLog;
import dev.assay.server.audit.Target;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** What people and programs do about alerts, each of it noted in the audit log. Thread-safe. */
@Component
public final class AlertDesk {

  private static final int LONGEST_COMMENT = 500;

  private final Watchrooms rooms;
  private final AuditLog audit;

  /** Made by Spring. */
  AlertDesk(Watchrooms rooms, AuditLog audit) {
    this.rooms = rooms;
    this.audit = audit;
  }

  /**
   * Keeps quiet about some alerts of a project; returns what the silence is called.
   *
   * @throws Refusal if it is over already
   */
  public String silence(String project, Silence silence) {
    if (!silence.endsAt().isAfter(rooms.now())) {
      throw new Refusal(
          HttpStatus.BAD_REQUEST,
          "the silence ends at " + silence.endsAt() + ", which is over",
          "give an end that is to come");
    }
    rooms.of(project).engine().silence(silence);
    audit.note(
        "silence.made",
        project,
        Target.thing("silence " + silence.id()),
        Map.of(
            "matchers", silence.matchers().toString(),
            "until", silence.endsAt().toString(),
            "why", silence.comment()));
    return silence.id();
  }

  /**
   * Changes a silence as Alertmanager does: what it is about, and when it began, stay; otherwise it
   * ends, and another begins.
   *
   * @param other what the other would be called
   * @return what it is called now; empty where there is none
   */
  public Optional<String> change(String project, Silence silence, String other) {
    Instant now = rooms.now();
    return rooms.of(project).engine().silences().stream()
        .filter(each -> each.id().equals(silence.id()))
        .findFirst()
        .map(before -> {
          boolean same =
              before.matchers().equals(silence.matchers())
                  && switch (before.state(now)) {
                    case "active" ->
                        before.startsAt().getEpochSecond() == silence.startsAt().getEpochSecond();
                    case "pending" -> !silence.startsAt().isBefore(now);
                    default -> false;
                  };
          if (same) {
            return silence(project, silence);
          }
          String id = silence(project, silence.called(other));
          boolean _ = expire(project, silence.id());
          return id;
        });
  }

  /** Ends a silence. Returns whether there was one that lasted. */
  public boolean expire(String project, String id) {
    boolean ended = rooms.of(project).engine().expire(id, rooms.now());
    if (ended) {
      audit.note("silence.ended", project, Target.thing("silence " + id), Map.of());
    }
    return ended;
  }

  /** Somebody takes care of an incident. Returns whether it is open. */
  public boolean acknowledge(String project, String incident, String who, String said) {
    String comment = said.substring(0, Math.min(said.length(), LONGEST_COMMENT));
    boolean open = rooms.of(project).engine().acknowledge(incident, who, comment, rooms.now());
    if (open) {
      audit.note(
          "incident.acknowledged",
          project,
          Target.thing("incident " + incident),
          Map.of("comment", comment));
    }
    return open;
  }

  /** Sets where alerts go; of the text, which may have keys of receivers, nothing is noted. */
  public void route(String project, String text) {
    rooms.of(project).route(text, rooms.now());
    audit.note("alerting.changed", project, Target.thing("the routing of alerts"), Map.of());
  }

  /** Opens or closes the public page of a project and its badges. */
  public void open(String project, boolean open) {
    rooms.of(project).open(open);
    audit.note(
        open ? "statuspage.opened" : "statuspage.closed",
        project,
        Target.thing("the public page"),
        Map.of());
  }

  /** Forgets a monitor that is of no use any more. Returns whether there was one. */
  public boolean forget(String project, String from, String monitor) {
    boolean there = rooms.of(project).forget(from, monitor);
    if (there) {
      audit.note(
          "monitor.forgotten", project, Target.thing("monitor " + from + "/" + monitor), Map.of());
    }
    return there;
  }
}
