package dev.assay.server.page;

import dev.assay.server.hook.Delivery;
import dev.assay.server.hook.HookEvent.Kind;
import dev.assay.server.hook.Webhook;
import dev.assay.server.table.Cell;
import dev.assay.server.table.Table;
import dev.assay.server.table.Table.Column;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Webhooks and what was told to them as tables, to be taken along. No secret is in them. */
final class WebhookTables {

  private WebhookTables() {}

  static Table hooks(List<Webhook> hooks) {
    return new Table(
        "webhooks",
        "Webhooks",
        List.of(
            Column.of("webhook", "Id"),
            Column.of("url", "Where"),
            Column.of("events", "Of what"),
            Column.of("form", "How"),
            Column.of("header", "Header"),
            Column.of("created", "Since"),
            Column.of("state", "State")),
        hooks.stream()
            .map(hook ->
                List.of(
                    Cell.code(hook.id(), hook.id()),
                    Cell.text(hook.url()),
                    Cell.text(
                        hook.events().stream()
                            .sorted()
                            .map(Kind::label)
                            .collect(Collectors.joining(", "))),
                    Cell.text(hook.form().title()),
                    Cell.text(hook.header()),
                    Cell.time(hook.created()),
                    Cell.text(hook.gone() ? "gone" : "told")))
            .toList(),
        null);
  }

  static Table deliveries(List<Delivery> deliveries, List<Webhook> hooks) {
    Map<String, String> places =
        hooks.stream().collect(Collectors.toMap(Webhook::id, Webhook::url));
    return new Table(
        "deliveries",
        "What was told, the newest first",
        List.of(
            Column.number("delivery", "Number"),
            Column.of("state", "State"),
            Column.of("type", "What"),
            Column.of("event", "Event"),
            Column.of("webhook", "Webhook"),
            Column.of("url", "Where"),
            Column.of("created", "When"),
            Column.number("attempts", "Attempts"),
            Column.of("answer", "Last answer")),
        deliveries.stream()
            .map(delivery ->
                List.of(
                    Cell.number(delivery.id()),
                    Cell.text(delivery.state().name().toLowerCase(Locale.ROOT)),
                    Cell.text(delivery.type()),
                    Cell.code(delivery.event(), delivery.event()),
                    Cell.code(delivery.webhook(), delivery.webhook()),
                    Cell.text(places.get(delivery.webhook())),
                    Cell.time(delivery.created()),
                    Cell.number(delivery.attempts()),
                    Cell.text(delivery.answer())))
            .toList(),
        null);
  }
}
