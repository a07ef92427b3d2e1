package dev.assay.api.evidence;

import java.time.Instant;

/**
 * A file, stored by its content.
 *
 * @param check the check
 * @param at when it was stored
 * @param name for people, such as {@code surefire/TEST-Shop.xml}
 * @param mediaType such as {@code text/plain}
 * @param size in bytes
 * @param sha256 the digest of the content, 64 lower-case hexadecimal digits
 */
public record Artifact(
    String check, Instant at, String name, String mediaType, long size, String sha256)
    implements Evidence {

  /**
   * The media type of folded stacks, which a report draws as a flame graph: lines of frames parted
   * by semicolons, the outermost first, and a weight after the last space. Its parameter {@code
   * unit} is the code of the weights' unit.
   */
  public static final String FOLDED_STACKS = "text/x-folded-stacks";

  /**
   * The media type of a small table that a report shows: tab-separated, headings first; numbers
   * under a heading that ends with the code of their unit in brackets.
   */
  public static final String TABLE = "text/tab-separated-values";
}
