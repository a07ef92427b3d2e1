package dev.assay.load.imports;

import dev.assay.api.value.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decides which address the environment names, and what all requests share. */
final class Bases {

  private static final int LONGEST_LABEL = 90;

  private Bases() {}

  /** Takes the origin that most requests go to as the environment's url. */
  static void settle(WorkspaceDraft draft) {
    Map<Template, Integer> counts = new LinkedHashMap<>();
    for (RequestDraft request : draft.requests()) {
      Template origin = request.target().origin();
      if (origin != null) {
        counts.merge(origin, 1, Integer::sum);
      }
    }
    int most = 0;
    for (Map.Entry<Template, Integer> one : counts.entrySet()) {
      if (one.getValue() > most) {
        most = one.getValue();
        draft.url = one.getKey();
      }
    }
    draft.mapRequests(request ->
        draft.url.equals(request.target().origin())
            ? request.with(request.target().atBase())
            : request);
  }

  /** Says once what every one of several requests sends. */
  static void shareHeaders(WorkspaceDraft draft) {
    List<RequestDraft> requests = draft.requests();
    if (requests.size() < 2) {
      return;
    }
    for (Field header : requests.getFirst().headers()) {
      boolean everywhere =
          !header.named("content-type")
              && draft.headers.stream().noneMatch(other -> other.named(header.name()))
              && requests.stream()
                  .allMatch(request -> header.value().equals(request.header(header.name())))
              && header.value().names().stream().noneMatch(name -> saved(requests, name));
      if (everywhere) {
        draft.headers.add(header);
        draft.mapRequests(request -> request.without(header.name()));
      }
    }
  }

  private static boolean saved(List<RequestDraft> requests, String name) {
    return requests.stream().anyMatch(request -> request.saves().containsKey(name));
  }

  /** Names steps with a very long address by their path alone. */
  static void shortenNames(WorkspaceDraft draft) {
    draft.mapRequests(request ->
        request.name() == null && request.label().length() > LONGEST_LABEL
            ? request.named(
                request.method() + " " + request.target().path().fill(name -> "{" + name + "}"))
            : request);
  }
}
