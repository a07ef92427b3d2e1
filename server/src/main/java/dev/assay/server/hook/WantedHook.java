package dev.assay.server.hook;

import dev.assay.server.hook.HookEvent.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How somebody wants a webhook to be. Immutable.
 *
 * @param url where it is told; the address before the paths of OTLP or Datadog for these
 * @param events of what; telemetry is always of runs that ended
 * @param form how
 * @param header {@code Name: value}, sent with it; empty for none; null for the one it has
 */
public record WantedHook(String url, Set<Kind> events, HookForm form, @Nullable String header) {

  /** Telemetry is of runs that ended. */
  public WantedHook {
    events = form == HookForm.EVENTS ? Set.copyOf(events) : Set.of(Kind.RUN_FINISHED);
  }

  /** What is wrong with the header, as a sentence; null for nothing. */
  @Nullable String wrongHeader(boolean made) {
    String written = header;
    boolean none = written == null || written.isBlank();
    if (form == HookForm.DATADOG && none && (made || written != null)) {
      return "Datadog wants its key in a header: DD-API-KEY: …";
    }
    return written == null || none || HookHeader.of(written) != null
        ? null
        : "The header is not one that can be sent: write Name: value.";
  }

  /** The header to keep; null for none. */
  @Nullable HookHeader kept() {
    return header == null ? null : HookHeader.of(header);
  }
}
