package dev.assay.gateway.http;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.problem.Nearest;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.value.Quantity;
import dev.assay.gateway.Draft;
import dev.assay.gateway.GatewayProblems;
import dev.assay.gateway.Intake;
import dev.assay.gateway.engine.Accept;
import dev.assay.gateway.route.Decision;
import dev.assay.gateway.route.Routes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns requests into messages. Thread-safe. */
public final class Drafts {

  private static final List<String> MEMBERS =
      List.of(
          "to",
          "from",
          "text",
          "channels",
          "validity",
          "reference",
          "callback",
          "receipt",
          "properties");
  private static final int LONGEST_TEXT = 20_000;
  private static final int LONGEST_WORD = 200;
  private static final Duration LONGEST_VALIDITY = Duration.ofDays(30);

  private final Supplier<Routes> routes;
  private final List<Intake> intakes;
  private final Duration validity;
  private final Function<String, @Nullable String> origins;
  private final Function<String, Boolean> knownChannel;

  /**
   * Made once.
   *
   * @param validity of messages that do not say
   * @param origins where callbacks of a key may go: the beginning of their addresses, or null
   * @param knownChannel whether there is a channel of that name or kind
   */
  public Drafts(
      Supplier<Routes> routes,
      List<Intake> intakes,
      Duration validity,
      Function<String, @Nullable String> origins,
      Function<String, Boolean> knownChannel) {
    this.routes = routes;
    this.intakes = intakes;
    this.validity = validity;
    this.origins = origins;
    this.knownChannel = knownChannel;
  }

  /** What becomes of one item of a request. */
  sealed interface Item {
    /** It is a message. */
    record Message(Accept.Routed routed) implements Item {}

    /** An intake has kept it. */
    record Kept(Intake.Taken.Kept kept) implements Item {}
  }

  /** Whether reading it may wait for the store. */
  boolean waits(Json json) {
    return json instanceof Json.Obj request
        && intakes.stream()
            .anyMatch(intake ->
                intake.waits()
                    && intake.members().stream().anyMatch(request.members()::containsKey));
  }

  /** A message of JSON. */
  Item read(String tenant, Json json, String where) {
    try {
      return read(tenant, json.asObject(), where);
    } catch (JsonException | IllegalArgumentException wrong) {
      throw wrong(where, String.valueOf(wrong.getMessage()), "see /v1/openapi.json");
    }
  }

  private Item read(String tenant, Json.Obj request, String where) {
    boolean extended = false;
    for (String member : request.members().keySet()) {
      if (!MEMBERS.contains(member)) {
        if (intakes.stream().noneMatch(intake -> intake.members().contains(member))) {
          throw wrong(where, "unknown member '" + member + "'", Nearest.mend(member, MEMBERS));
        }
        extended = true;
      }
    }
    Draft draft = draft(tenant, request, where);
    for (Intake intake : intakes) {
      boolean asked =
          extended && intake.members().stream().anyMatch(request.members()::containsKey);
      if (asked || intake.always()) {
        switch (intake.take(request, draft)) {
          case Intake.Taken.Send send -> draft = send.draft();
          case Intake.Taken.Kept kept -> {
            return new Item.Kept(kept);
          }
          case Intake.Taken.Refuse refuse -> throw new Failure(422, refuse.problem());
        }
      }
    }
    if (draft.text().isEmpty()) {
      throw wrong(where, "there is no 'text'", "say what the message is to say");
    }
    return new Item.Message(route(draft, where));
  }

  /**
   * A message that an extension made.
   *
   * @throws dev.assay.api.problem.ProblemException where nobody takes it
   */
  public Accept.Routed accept(Draft draft) {
    try {
      return route(draft, "the message");
    } catch (Failure refused) {
      throw new ProblemException(refused.problem());
    }
  }

  /** Where it goes; refused where nobody takes it. */
  Accept.Routed route(Draft draft, String where) {
    Decision decision = routes.get().decide(draft.tenant(), draft.from(), draft.to());
    if (draft.channels().isEmpty() && decision.candidates().isEmpty()) {
      throw Failure.of(
          422,
          GatewayProblems.REQUEST,
          where,
          decision.to().isEmpty()
              ? "'to' is no number in international form"
              : "no route takes it: " + decision.why(),
          "write it like +49170123456, or name a channel that knows such addresses");
    }
    for (String channel : draft.channels()) {
      if (!knownChannel.apply(channel)) {
        throw wrong(where, "there is no channel '" + channel + "'", "name one of gateway.yaml");
      }
    }
    return new Accept.Routed(draft, decision);
  }

  private Draft draft(String tenant, Json.Obj request, String where) {
    String to = word(request, "to", where);
    if (to.isEmpty()) {
      throw wrong(where, "there is no 'to'", "say whom it is for");
    }
    String text = request.findText("text");
    if (text != null && text.length() > LONGEST_TEXT) {
      throw wrong(where, "'text' has more than " + LONGEST_TEXT + " characters", "shorten it");
    }
    Json receipt = request.find("receipt");
    return new Draft(
        tenant,
        word(request, "from", where),
        to,
        text == null ? "" : text,
        channels(request, where),
        validity(request, where),
        word(request, "reference", where),
        callback(tenant, request.findText("callback"), where),
        receipt == null || receipt.asBool(),
        properties(request));
  }

  private static String word(Json.Obj request, String name, String where) {
    String word = request.findText(name);
    if (word != null && !clean(word)) {
      throw wrong(
          where,
          "'" + name + "' is longer than " + LONGEST_WORD + " characters or has control characters",
          "shorten it");
    }
    return word == null ? "" : word;
  }

  private static boolean clean(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) < ' ') {
        return false;
      }
    }
    return word.length() <= LONGEST_WORD;
  }

  private static List<String> channels(Json.Obj request, String where) {
    if (request.find("channels") == null) {
      return List.of();
    }
    List<String> channels = new ArrayList<>();
    for (Json each : request.array("channels")) {
      String name = each.asText();
      if (!name.matches("[A-Za-z0-9_.-]{1,64}")) {
        throw wrong(
            where, "'channels' has a name that none can have", "name those of gateway.yaml");
      }
      channels.add(name);
    }
    return channels;
  }

  private Duration validity(Json.Obj request, String where) {
    Json written = request.find("validity");
    if (written == null) {
      return validity;
    }
    Duration asked =
        written instanceof Json.Whole seconds
            ? Duration.ofSeconds(seconds.value())
            : Quantity.parse(written.asText()).duration();
    if (asked.isNegative() || asked.isZero() || asked.compareTo(LONGEST_VALIDITY) > 0) {
      throw wrong(where, "'validity' is not between 1 s and 30 days", "write seconds, or 30m");
    }
    return asked;
  }

  /** Only where the key's own callbacks go, as the gateway would else be a way into its network. */
  private @Nullable String callback(String tenant, @Nullable String url, String where) {
    if (url == null) {
      return null;
    }
    String origin = origins.apply(tenant);
    if (origin == null || !url.startsWith(origin)) {
      throw wrong(
          where,
          "'callback' is not below what is configured for this key",
          "give an address of the same host as `callback` in gateway.yaml");
    }
    return url;
  }

  private static Map<String, String> properties(Json.Obj request) {
    Json written = request.find("properties");
    if (written == null) {
      return Map.of();
    }
    Map<String, String> properties = new HashMap<>();
    written.asObject().members().forEach((name, value) -> properties.put(name, value.asText()));
    return properties;
  }

  private static Failure wrong(String where, String what, String mend) {
    return Failure.of(422, GatewayProblems.REQUEST, where, what, mend);
  }
}
