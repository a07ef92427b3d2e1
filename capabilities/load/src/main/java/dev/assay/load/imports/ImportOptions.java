package dev.assay.load.imports;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What can be said about an import. Immutable.
 *
 * @param name the workspace's name
 * @param withResources whether static resources of a recording are kept
 * @param origins origins of a recording that are kept besides that of its first page
 * @param url the base address instead of the one that is in the file, or null
 */
public record ImportOptions(
    String name, boolean withResources, List<String> origins, @Nullable String url) {

  /** Copies the list. */
  public ImportOptions {
    origins = List.copyOf(origins);
  }

  /** Nothing said but the name. */
  public static ImportOptions named(String name) {
    return new ImportOptions(name, false, List.of(), null);
  }

  /** The name of a workspace, from that of the file it is made of. */
  public static String nameOf(String file) {
    String base = file.replaceAll(".*[/\\\\]", "").replaceFirst("\\..*", "");
    String clean =
        base.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    return clean.matches("[a-z].*") ? clean : "imported";
  }
}
