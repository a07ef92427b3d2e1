package dev.assay.gateway.http;

import dev.assay.api.spi.Clock;
import dev.assay.gateway.State;
import dev.assay.gateway.engine.Engine.LineView;
import dev.assay.gateway.store.GatewayStore.Search;
import dev.assay.gateway.store.GatewayStore.Tally;
import dev.assay.gateway.store.MessageId;
import dev.assay.gateway.store.StoredEvent;
import dev.assay.gateway.store.StoredMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Pages for people: plain HTML without scripts; what is live is loaded again by itself. */
final class Pages {

  private static final int SECONDS = 2;
  private static final Duration REPORTED = Duration.ofDays(7);
  private static final int LISTED = 50;

  private final Operations operations;
  private final Clock clock;

  Pages(Operations operations, Clock clock) {
    this.operations = operations;
    this.clock = clock;
  }

  static boolean has(String path) {
    return path.equals("/")
        || path.equals("/messages")
        || path.startsWith("/messages/")
        || path.equals("/reports");
  }

  String page(String path, Map<String, String> query, Principal principal) {
    return switch (path) {
      case "/" -> live();
      case "/messages" -> search(query, principal);
      case "/reports" -> reports(principal);
      default -> message(path.substring("/messages/".length()), principal);
    };
  }

  // ---- the pages ----

  private String live() {
    StringBuilder page = begin("Traffic", true);
    var counters = operations.engine().counters();
    page.append("<h2>Since the gateway started</h2><div class=tiles>");
    for (State state : State.values()) {
      page.append("<div class=tile><b>")
          .append(number(counters.reachedCount(state)))
          .append("</b>")
          .append(state.word())
          .append("</div>");
    }
    page.append("</div><p>")
        .append(number(operations.engine().held()))
        .append(" messages wait in memory; ")
        .append(number(counters.resubmitted()))
        .append(" were sent again in doubt, ")
        .append(number(counters.throttled()))
        .append(" submits were throttled, ")
        .append(number(counters.orphans()))
        .append(" receipts were of nobody.</p><h2>Providers</h2><div class=wide><table><tr>")
        .append("<th>name<th>state<th>health<th class=n>waiting<th class=n>unanswered")
        .append(
            "<th class=n>answers<th class=n>latency<th class=n>delivered<th class=n>limit</tr>");
    for (LineView line : operations.engine().lines()) {
      page.append("<tr><td>").append(escape(line.name())).append("<td>").append(state(line));
      page.append(
          String.format(
              Locale.ROOT,
              "<td><meter min=0 max=100 low=50 high=80 optimum=100 value=%1$.0f></meter> %1$.0f"
                  + "<td class=n>%2$s<td class=n>%3$d of %4$d<td class=n>%5$.1f %%"
                  + "<td class=n>%6$.1f ms<td class=n>%7$s<td class=n>%8$s</tr>",
              line.health().score(),
              number(line.waiting()),
              line.unanswered(),
              line.most(),
              line.health().answers() * 100,
              line.health().latencyMillis(),
              line.health().receipts() == 0
                  ? "–"
                  : String.format(Locale.ROOT, "%.1f %%", line.health().deliveries() * 100),
              line.rate() > 0 ? String.format(Locale.ROOT, "%.0f/s", line.rate()) : "–"));
    }
    return end(page.append("</table></div>"));
  }

  private String state(LineView line) {
    if (line.drain()) {
      return "<span class=warn>drained</span>";
    }
    if (!line.ready()) {
      String why =
          operations.provider(line.name()).map(more -> more.findText("trouble")).orElse("");
      return "<span class=bad>away</span> <small>" + escape(why == null ? "" : why) + "</small>";
    }
    return line.open() ? "<span class=bad>circuit open</span>" : "<span class=good>up</span>";
  }

  private String search(Map<String, String> query, Principal principal) {
    StringBuilder page = begin("Messages", false);
    String asked = query.getOrDefault("q", "").strip();
    page.append("<form><input name=q size=30 placeholder='number, id or reference' value=\"")
        .append(escape(asked))
        .append("\"> <button>Search</button></form>");
    List<StoredMessage> found = found(asked, principal);
    if (found.isEmpty()) {
      return end(page.append("<p>Nothing of the last seven days fits.</p>"));
    }
    page.append("<div class=wide><table><tr><th>id<th>accepted<th>to<th>from<th>state")
        .append("<th>provider<th>code</tr>");
    for (StoredMessage message : found) {
      String id = MessageId.text(message.id());
      page.append("<tr><td><a href=/messages/").append(id).append('>').append(id);
      cells(
          page.append("</a>"),
          time(MessageId.millis(message.id())),
          message.to(),
          message.from(),
          message.state().word(),
          message.provider(),
          message.code());
    }
    return end(page.append("</table></div>"));
  }

  private List<StoredMessage> found(String asked, Principal principal) {
    String sees = principal.sees();
    long id = MessageId.of(asked);
    if (id >= 0) {
      return operations.store().find(id).stream()
          .filter(each -> sees == null || each.tenant().equals(sees))
          .toList();
    }
    Instant since = clock.now().minus(REPORTED);
    String digits = dev.assay.gateway.route.Countries.digits(asked);
    Search search =
        new Search(
            sees,
            digits.isEmpty() ? null : digits,
            digits.isEmpty() && !asked.isEmpty() ? asked : null,
            null,
            since,
            Long.MAX_VALUE,
            LISTED);
    return operations.store().search(search);
  }

  private String message(String id, Principal principal) {
    StringBuilder page = begin("Message " + id, false);
    List<StoredMessage> found = found(id, principal);
    if (found.isEmpty() || MessageId.of(id) < 0) {
      return end(page.append("<p>There is no such message.</p>"));
    }
    StoredMessage message = found.getFirst();
    page.append("<dl>");
    item(page, "state", message.state().word());
    item(page, "from", message.from());
    item(
        page,
        "to",
        message.to() + (message.country().isEmpty() ? "" : " (" + message.country() + ")"));
    item(page, "text", message.text());
    item(page, "provider", message.provider());
    item(page, "parts", Integer.toString(message.parts()));
    item(page, "cost", cost(message.cost()));
    item(page, "expires", time(message.expires()));
    page.append("</dl><h2>Its life</h2><div class=wide><table><tr><th>at<th>state<th>provider")
        .append("<th>code</tr>");
    for (StoredEvent event : operations.store().events(message.id())) {
      page.append("<tr><td>").append(time(event.at()));
      cells(page, event.state().word(), event.provider(), event.code());
    }
    return end(page.append("</table></div>"));
  }

  private String reports(Principal principal) {
    StringBuilder page = begin("The last seven days", false);
    page.append("<div class=wide><table><tr><th>provider<th>country<th>state<th class=n>messages")
        .append("<th class=n>parts<th class=n>cost</tr>");
    long messages = 0;
    long parts = 0;
    long cost = 0;
    for (Tally tally : operations.store().tally(principal.sees(), clock.now().minus(REPORTED))) {
      page.append("<tr><td>").append(escape(tally.provider()));
      cells(page, tally.country(), tally.state().word());
      page.append("<td class=n>")
          .append(number(tally.messages()))
          .append("<td class=n>")
          .append(number(tally.parts()))
          .append("<td class=n>")
          .append(cost(tally.cost()));
      messages += tally.messages();
      parts += tally.parts();
      cost += tally.cost();
    }
    page.append("<tr><th>all<th><th><th class=n>")
        .append(number(messages))
        .append("<th class=n>")
        .append(number(parts))
        .append("<th class=n>")
        .append(cost(cost));
    return end(page.append("</tr></table></div>"));
  }

  // ---- pieces ----

  private static void item(StringBuilder page, String name, String value) {
    page.append("<dt>").append(name).append("<dd>").append(escape(value));
  }

  private static void cells(StringBuilder page, String... values) {
    for (String value : values) {
      page.append("<td>").append(escape(value));
    }
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value).replace(',', '\u202f');
  }

  private String cost(long millionths) {
    return String.format(Locale.ROOT, "%.2f %s", millionths / 1e6, operations.currency());
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString().replace('T', ' ');
  }

  private static StringBuilder begin(String title, boolean live) {
    StringBuilder page =
        new StringBuilder("<!doctype html><html lang=en><meta charset=utf-8>")
            .append("<meta name=viewport content='width=device-width, initial-scale=1'>")
            .append(live ? "<meta http-equiv=refresh content=" + SECONDS + ">" : "")
            .append("<title>")
            .append(escape(title))
            .append(" · gateway</title><style>")
            .append(STYLE)
            .append("</style><header><strong>gateway</strong><nav><a href=/>Traffic</a> ")
            .append("<a href=/messages>Messages</a> <a href=/reports>Reports</a></nav></header>")
            .append("<main><h1>");
    return page.append(escape(title)).append("</h1>");
  }

  private String end(StringBuilder page) {
    return page.append("<footer>")
        .append(time(clock.now().toEpochMilli()))
        .append("</footer></main></html>")
        .toString();
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static final String STYLE =
      """
      :root{color-scheme:light dark;--line:#8884;--soft:#8881}
      body{font:15px/1.5 system-ui,sans-serif;margin:0}
      header{display:flex;gap:2rem;padding:.7rem 1.2rem;border-bottom:1px solid var(--line)}
      nav a{margin-right:1rem}main{padding:1rem 1.2rem;max-width:75rem}
      h1{font-size:1.4rem;margin:.3rem 0 1rem}h2{font-size:1.05rem;margin:1.5rem 0 .5rem}
      .wide{overflow-x:auto}table{border-collapse:collapse;width:100%}
      td small{white-space:normal;overflow-wrap:anywhere}
      th,td{text-align:left;padding:.35rem .8rem .35rem 0;border-bottom:1px solid var(--line);white-space:nowrap}
      .n{text-align:right;font-variant-numeric:tabular-nums}
      .tiles{display:flex;flex-wrap:wrap;gap:.6rem}
      .tile{background:var(--soft);border-radius:.4rem;padding:.5rem .9rem;min-width:6.5rem}
      .tile b{display:block;font-size:1.25rem;font-variant-numeric:tabular-nums}
      .good{color:#1a7f37}.bad{color:#d1242f}.warn{color:#9a6700}
      dl{display:grid;grid-template-columns:7rem 1fr;margin:0}dd{margin:0;overflow-wrap:anywhere}
      input,button{font:inherit;padding:.3rem .6rem}footer{margin-top:2rem;opacity:.6;font-size:.85rem}
      """;
}
