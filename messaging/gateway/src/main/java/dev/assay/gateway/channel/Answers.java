package dev.assay.gateway.channel;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.gateway.Answer;
import java.time.Duration;

/** What statuses of HTTP mean where a provider says nothing more. */
final class Answers {

  private static final Duration SHORT = Duration.ofSeconds(5);
  private static final Duration LONG = Duration.ofMinutes(1);

  private Answers() {}

  /** Too many at once. */
  static Answer throttled(String reason) {
    return new Answer.Again(SHORT, Answer.Cause.THROTTLED, reason);
  }

  /** The provider is ill. */
  static Answer unavailable(String reason) {
    return new Answer.Again(SHORT, Answer.Cause.UNAVAILABLE, reason);
  }

  /** The operator has to do something, such as renew a token; messages wait meanwhile. */
  static Answer mendable(String reason) {
    return new Answer.Again(LONG, Answer.Cause.UNAVAILABLE, reason);
  }

  /**
   * By the status alone.
   *
   * @param dropsDuplicates whether it may be sent again where a middleman gave up on the answer
   */
  static Answer byStatus(int status, boolean dropsDuplicates) {
    String reason = "the provider answered " + status;
    return switch (status) {
      case 401, 403, 407 -> mendable(reason);
      case 408, 425, 500, 503 -> unavailable(reason);
      case 429 -> throttled(reason);
      case 502, 504 -> dropsDuplicates ? unavailable(reason) : new Answer.InDoubt(reason);
      default ->
          status >= 500
              ? unavailable(reason)
              : new Answer.Rejected(Integer.toString(status), reason);
    };
  }

  /** The object that a body says, or an empty one. */
  static Json.Obj object(String body) {
    try {
      return JsonReader.read(body) instanceof Json.Obj object ? object : Json.object().build();
    } catch (JsonException none) {
      return Json.object().build();
    }
  }

  /** A whole number of an object, or a number where it is absent or no whole number. */
  static long whole(Json.Obj object, String name, long otherwise) {
    return object.find(name) instanceof Json.Whole whole ? whole.value() : otherwise;
  }

  /** A text of an object, or an empty one. */
  static String text(Json.Obj object, String name) {
    return object.find(name) instanceof Json.Text text ? text.value() : "";
  }

  /** An object in an object, or an empty one. */
  static Json.Obj inner(Json.Obj object, String name) {
    return object.find(name) instanceof Json.Obj inner ? inner : Json.object().build();
  }
}
