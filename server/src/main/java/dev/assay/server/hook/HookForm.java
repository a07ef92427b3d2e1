package dev.assay.server.hook;

import dev.assay.core.report.telemetry.TelemetryForm;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a webhook is told what happens. */
public enum HookForm {
  /** As CloudEvents, signed by Standard Webhooks. */
  EVENTS(null, "CloudEvents"),
  /** Each run that ended, as a trace and metrics of OpenTelemetry. */
  OTLP(TelemetryForm.OTLP, "OpenTelemetry (OTLP)"),
  /** Each run that ended, as metrics and an event of Datadog. */
  DATADOG(TelemetryForm.DATADOG, "Datadog");

  private final @Nullable TelemetryForm telemetry;
  private final String title;

  HookForm(@Nullable TelemetryForm telemetry, String title) {
    this.telemetry = telemetry;
    this.title = title;
  }

  /** Whose bodies are sent; null for those of events. */
  public @Nullable TelemetryForm telemetry() {
    return telemetry;
  }

  /** As it is written. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** For people. */
  public String title() {
    return title;
  }

  /** How all are written. */
  public static List<String> labels() {
    return Stream.of(values()).map(HookForm::label).toList();
  }

  /** The one that is written so; null for none. */
  public static @Nullable HookForm of(String label) {
    return Stream.of(values()).filter(form -> form.label().equals(label)).findFirst().orElse(null);
  }
}
