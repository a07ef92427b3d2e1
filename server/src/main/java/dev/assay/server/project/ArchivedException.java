package dev.assay.server.project;

/** A new run came for a project that is archived. */
public final class ArchivedException extends Exception {

  private static final long serialVersionUID = 1;

  /** For that project. */
  ArchivedException(String project) {
    super("the project '" + project + "' is archived and takes no new runs");
  }
}
