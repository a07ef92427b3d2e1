package dev.assay.load;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import dev.assay.load.feed.Take;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where records for users come from: exactly one of a file or generators. Immutable.
 *
 * @param csv a file with a line of column names
 * @param jsonLines a file with one object on each line
 * @param generate columns and how their values are made
 * @param take in which order
 * @param place where it stands
 */
@Doc("Records for users: exactly one of csv, json lines, generate.")
public record LoadFeeder(
    @Doc("A CSV file whose first line names the columns.") @Nullable String csv,
    @Doc("A file with a JSON object on each line; its members are the columns.")
        @Nullable String jsonLines,
    @Doc("Columns and their generators, such as uuid() or number(1, 100).")
        Map<String, String> generate,
    @Doc("Which record a pass takes: in order, circular, random or shuffled.") @Default("circular")
        Take take,
    Place place) {

  /** Copies the map. */
  public LoadFeeder {
    generate = Collections.unmodifiableMap(new LinkedHashMap<>(generate));
  }
}
