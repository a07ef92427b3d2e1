package dev.assay.core.report.stacks;

import dev.assay.api.value.Unit;
import org.jspecify.annotations.Nullable;

/**
 * Stacks of one kind of one service during one check, beside those of an earlier run.
 *
 * @param name of the artifact, such as {@code profile/shop/cpu.folded}
 * @param unit of the weights; {@link Unit#NONE} for samples
 * @param now what was recorded
 * @param before what it is compared with, or null
 * @param compared which run that is, for people; empty where there is none
 */
public record Profile(
    String name, Unit unit, Stacks now, @Nullable Stacks before, String compared) {

  /** What the stacks are of: {@code cpu}, {@code allocation}, {@code locks}. */
  public String topic() {
    String file = name.substring(name.lastIndexOf('/') + 1);
    return file.endsWith(".folded") ? file.substring(0, file.length() - 7) : file;
  }

  /** Whose they are: the name without what the artifact begins and ends with. */
  public String owner() {
    int end = name.lastIndexOf('/');
    String folder = end < 0 ? "" : name.substring(0, end);
    return folder.startsWith("profile/") ? folder.substring("profile/".length()) : folder;
  }
}
