package dev.assay.observe.slo;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.Shorthand;
import dev.assay.api.spi.WorkspaceSection;

/** The key {@code slos} of the workspace. */
public final class SlosSection implements WorkspaceSection<SlosSection.SloFile> {

  /** The key. */
  public static final String NAME = "slos";

  /**
   * A file of objectives.
   *
   * @param file relative to the workspace
   * @param place where it is written
   */
  @Doc("A file of OpenSLO v1 documents.")
  public record SloFile(
      @Doc("The file, relative to the workspace.") @Shorthand String file, Place place) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "Files of service level objectives (OpenSLO v1), evaluated by `assay slo`.";
  }

  @Override
  public Class<SloFile> entry() {
    return SloFile.class;
  }
}
