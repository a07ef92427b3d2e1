package dev.assay.server.observe.page;

import dev.assay.observe.alert.AlertEngine.Seen;
import dev.assay.observe.alert.Incident;
import dev.assay.observe.alert.Silence;
import dev.assay.server.observe.page.AlertPages.AlertLine;
import dev.assay.server.observe.page.AlertPages.IncidentLine;
import dev.assay.server.table.Cell;
import dev.assay.server.table.Table;
import dev.assay.server.table.Table.Column;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Alerts, incidents and silences as tables, to be taken along. */
final class AlertTables {

  private AlertTables() {}

  static Table alerts(List<Seen> alerts) {
    return new Table(
        "alerts",
        "Alerts that last",
        List.of(
            Column.of("state", "State"),
            Column.of("alert", "Alert"),
            Column.of("summary", "What"),
            Column.of("labels", "Labels"),
            Column.of("since", "Since"),
            Column.of("quietBecauseOf", "Quiet because of"),
            Column.of("receivers", "Told"),
            Column.of("run", "Run")),
        alerts.stream()
            .map(seen -> {
              AlertLine line = AlertLine.of(seen);
              return List.of(
                  Cell.badge(line.state(), line.tone()),
                  Cell.text(line.name()),
                  Cell.text(line.summary()),
                  Cell.text(line.labels()),
                  Cell.time(seen.alert().startsAt()),
                  Cell.text(line.by()),
                  Cell.text(line.receivers()),
                  Cell.text(line.run()));
            })
            .toList(),
        null);
  }

  static Table incidents(List<Incident> incidents, Instant now) {
    return new Table(
        "incidents",
        "Incidents, the newest first",
        List.of(
            Column.of("state", "State"),
            Column.of("incident", "Id"),
            Column.of("title", "Incident"),
            Column.of("opened", "Opened"),
            Column.of("closed", "Closed"),
            Column.of("lasted", "Lasted"),
            Column.of("acknowledgedBy", "Who takes care"),
            Column.number("affected", "Quiet because of it")),
        incidents.stream()
            .map(incident -> {
              IncidentLine line = IncidentLine.of(incident, now);
              Instant closed = incident.closed();
              return List.of(
                  Cell.badge(line.state(), line.tone()),
                  Cell.code(line.id(), line.id()),
                  Cell.text(line.title()),
                  Cell.time(incident.opened()),
                  closed == null ? Cell.text(null) : Cell.time(closed),
                  Cell.text(line.lasted()),
                  Cell.text(incident.acknowledged()),
                  Cell.number(line.affected()));
            })
            .toList(),
        null);
  }

  static Table silences(List<Silence> silences, Instant now) {
    return new Table(
        "silences",
        "Silences",
        List.of(
            Column.of("silence", "Id"),
            Column.of("state", "State"),
            Column.of("matchers", "Alerts like"),
            Column.of("starts", "From"),
            Column.of("ends", "Until"),
            Column.of("by", "Who"),
            Column.of("comment", "Why")),
        silences.stream()
            .map(silence ->
                List.of(
                    Cell.code(silence.id(), silence.id()),
                    Cell.text(silence.state(now)),
                    Cell.text(
                        silence.matchers().stream()
                            .map(Object::toString)
                            .collect(Collectors.joining(", "))),
                    Cell.time(silence.startsAt()),
                    Cell.time(silence.endsAt()),
                    Cell.text(silence.createdBy()),
                    Cell.text(silence.comment())))
            .toList(),
        null);
  }
}
