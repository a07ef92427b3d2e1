package dev.assay.network.toxiproxy;

import dev.assay.api.json.Json;
import dev.assay.network.link.Condition;
import dev.assay.network.profile.Profile;
import dev.assay.network.profile.Profiles;
import java.util.Optional;

/**
 * A toxic as the API shows it. Immutable.
 *
 * @param name its name, one of a kind in its proxy
 * @param type what it does
 * @param streamAsWritten the direction as the client wrote it
 * @param stream the direction
 * @param toxicity the share of connections it works on; not checked, as in Toxiproxy
 * @param attributes all attributes of the type
 */
record Toxic(
    String name,
    ToxicType type,
    String streamAsWritten,
    Stream stream,
    double toxicity,
    Json.Obj attributes) {

  /** Refuses a link that is like nothing. */
  Toxic {
    if (type == ToxicType.LINK && profile(attributes).isEmpty()) {
      throw ApiFailure.badBody(
          "attribute 'like' names no profile; there are "
              + String.join(", ", Profiles.builtIn().names()));
    }
  }

  private static Optional<Profile> profile(Json.Obj attributes) {
    return attributes.members().get("like") instanceof Json.Text like
        ? Profiles.builtIn().find(like.value())
        : Optional.empty();
  }

  /** The condition with what a {@code link} does to it; the same for other types. */
  Condition over(Condition before) {
    Optional<Condition> other =
        type == ToxicType.LINK ? profile(attributes).map(Profile::condition) : Optional.empty();
    if (other.isEmpty()) {
      return before;
    }
    return stream == Stream.UPSTREAM
        ? before.withUp(other.get().up())
        : before.withDown(other.get().down());
  }

  /** What a request to add one says; the order of the checks is Toxiproxy's. */
  static Toxic read(RequestBody body, Iterable<Toxic> others) {
    String written = body.text("stream", "downstream");
    String label = body.text("type", "");
    String name = body.text("name", "");
    double toxicity = body.number("toxicity", 1);
    Stream stream = Stream.named(written);
    String called = name.isEmpty() ? label + "_" + written : name;
    ToxicType type = ToxicType.named(label).orElseThrow(ApiFailure::invalidToxicType);
    for (Toxic other : others) {
      if (other.name.equals(called)) {
        throw ApiFailure.toxicExists();
      }
    }
    Json.Obj attributes = type.attributes(body.object("attributes"), Optional.empty());
    return new Toxic(called, type, written, stream, toxicity, attributes);
  }

  /** The same toxic with what a request to change it says: attributes and toxicity only. */
  Toxic changed(RequestBody body) {
    return new Toxic(
        name,
        type,
        streamAsWritten,
        stream,
        body.number("toxicity", toxicity),
        type.attributes(body.object("attributes"), Optional.of(attributes)));
  }

  /** A whole number among the attributes. */
  long number(String attribute) {
    return attributes.members().get(attribute) instanceof Json.Whole whole ? whole.value() : 0;
  }

  Json json() {
    return Json.object()
        .put("attributes", attributes)
        .put("name", name)
        .put("type", type.label())
        .put("stream", streamAsWritten)
        .put("toxicity", Json.of(toxicity))
        .build();
  }
}
