package dev.assay.cli;

import dev.assay.api.json.Json;
import java.time.Instant;

/**
 * What was printed, as a server takes it. Immutable.
 *
 * @param at when it was seen
 * @param source who printed it
 * @param text the line; empty where lines are left out
 * @param leftOut how many lines were left out here; 0 for a line
 */
record PrintedLine(Instant at, String source, String text, long leftOut) {

  Json json() {
    Json.Builder line = Json.object().put("at", at.toString()).put("source", source);
    return (leftOut > 0 ? line.put("leftOut", leftOut) : line.put("text", text)).build();
  }
}
