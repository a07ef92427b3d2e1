package dev.assay.load;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.Reference;
import dev.assay.api.spi.Shorthand;
import dev.assay.api.value.Share;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The networks that users are on.
 *
 * @param condition a condition of the workspace or a profile, for all users
 * @param mix several of them, each with its share of the users
 * @param usersPerLink how many users share a link, at least 1
 * @param place where it is written
 */
@Doc(
    "The network that each user is on. A user has a link and connections of its own, opened over that"
        + " link, from its beginning to its end.")
public record LoadThrough(
    @Doc("A name of `conditions`, or a profile such as 4g, for all users.") @Shorthand
        @Nullable String condition,
    @Doc(
            "Instead, several of them with the share of users on each, such as { 4g: 70 %, wifi: 30 % }.")
        Map<String, Share> mix,
    @Doc("How many users share one link, such as the people of a household.") @Default("1")
        int usersPerLink,
    Place place) {

  /** Copies the map. */
  public LoadThrough {
    mix = Collections.unmodifiableMap(new LinkedHashMap<>(mix));
  }

  /** The names of the networks, in the order of the file. */
  List<String> names() {
    return Stream.concat(Stream.ofNullable(condition), mix.keySet().stream()).toList();
  }

  /** What it refers to. */
  List<Reference> references() {
    return names().stream().map(name -> new Reference("conditions", name, place)).toList();
  }
}
