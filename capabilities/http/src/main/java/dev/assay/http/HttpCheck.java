package dev.assay.http;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.spi.Check;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.api.spi.Passages;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a flow: one step after the other up to the first that fails; the rest is skipped,
 * since a step relies on what the ones before it did.
 */
final class HttpCheck implements Check {

  private static final Duration LAST_BREATH = Duration.ofSeconds(5);

  private final HttpConfiguration configuration;
  private final List<String> titles;

  HttpCheck(HttpConfiguration configuration) {
    this.configuration = configuration;
    this.titles = titles(configuration.flow());
  }

  /** A name for each step, the same in every run; a repeated one gets its number. */
  private static List<String> titles(List<HttpStep> flow) {
    Map<String, Integer> seen = new HashMap<>();
    Set<String> taken = new HashSet<>();
    List<String> titles = new ArrayList<>();
    for (HttpStep step : flow) {
      String title = step.title();
      String unique = title;
      while (!taken.add(unique)) {
        unique = title + " (" + (seen.merge(title, 1, Integer::sum) + 1) + ")";
      }
      titles.add(unique);
    }
    return titles;
  }

  @Override
  public void run(CheckContext context, EvidenceSink sink) throws Exception {
    if (configuration.insecure()) {
      warnOfTrust(context, sink);
    }
    HttpThrough through = configuration.through();
    if (through == null) {
      clientFlow(context, sink, null);
      return;
    }
    try (Passages.Passage passage = passage(context, through)) {
      clientFlow(context, sink, passage.proxy());
    }
  }

  private static Passages.Passage passage(CheckContext context, HttpThrough through) {
    return context
        .find(Passages.class)
        .orElseThrow(() ->
            HttpProblems.NO_NETWORK.failure(
                through.place(),
                "'through: " + through.condition() + "' needs the network room",
                "use a distribution of Assay that has it, or remove 'through'"))
        .open(through.condition(), context.seed(), through.place());
  }

  private void clientFlow(
      CheckContext context, EvidenceSink sink, @Nullable InetSocketAddress proxy)
      throws GeneralSecurityException, IOException, InterruptedException {
    HttpClient client = client(context.folder(), proxy);
    try {
      flow(context, sink, client);
    } finally {
      client.shutdownNow();
      client.awaitTermination(LAST_BREATH);
    }
  }

  private HttpClient client(Path folder, @Nullable InetSocketAddress proxy)
      throws GeneralSecurityException, IOException {
    HttpClient.Builder builder = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER);
    TlsTrust.context(configuration, folder).ifPresent(builder::sslContext);
    if (proxy != null) {
      builder.proxy(ProxySelector.of(proxy));
    }
    if (configuration.cookies()) {
      builder.cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ORIGINAL_SERVER));
    }
    return builder.build();
  }

  private void flow(CheckContext context, EvidenceSink sink, HttpClient client) {
    Map<String, String> saved = new HashMap<>();
    RequestPreparation preparation = new RequestPreparation(configuration, context, saved);
    Exchange exchange = new Exchange(client, configuration, context);
    List<HttpStep> flow = configuration.flow();
    for (int i = 0; i < flow.size(); i++) {
      context.cancellation().check();
      context.progress(titles.get(i) + " (" + (i + 1) + " of " + flow.size() + ")");
      StepRun run =
          new StepRun(flow.get(i), titles.get(i), configuration, context, preparation, exchange);
      if (!run.run(sink)) {
        skipAfter(i, context, sink);
        return;
      }
      saved.putAll(run.saved());
      run.saved().forEach(context::save);
    }
  }

  private void skipAfter(int failed, CheckContext context, EvidenceSink sink) {
    Set<String> missing = new LinkedHashSet<>(configuration.flow().get(failed).save().keySet());
    for (int i = failed + 1; i < configuration.flow().size(); i++) {
      HttpStep step = configuration.flow().get(i);
      Set<String> needed = RequestPreparation.uses(step);
      needed.retainAll(missing);
      String reason = "not sent, because '" + titles.get(failed) + "' failed";
      if (!needed.isEmpty()) {
        reason += "; it needs " + String.join(", ", needed) + ", which was not saved";
      }
      Attempt skipped = new Attempt(Attempt.Result.SKIPPED, Duration.ZERO, null, reason, null);
      sink.emit(
          new Outcome(
              context.check(),
              context.clock().now(),
              context.check(),
              titles.get(i),
              List.of(skipped),
              Map.of("method", step.method())));
      missing.addAll(step.save().keySet());
    }
  }

  private static void warnOfTrust(CheckContext context, EvidenceSink sink) {
    sink.emit(
        new Finding(
            context.check(),
            context.clock().now(),
            "http.insecure",
            Finding.Severity.WARNING,
            null,
            "certificates are not checked, because the flow says 'insecure: true'",
            "http.insecure:" + context.check(),
            Map.of()));
  }
}
