package dev.assay.server.page;

import dev.assay.server.project.Project;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is around every page; {@link Frames} makes them. Immutable.
 *
 * @param title of the page
 * @param member who looks; null where nobody is known
 * @param token what forms must send back, so that no other site sends them
 * @param place where in a project the page is; null for none
 */
public record Frame(String title, @Nullable String member, String token, @Nullable Place place) {

  /**
   * Where in a project a page is. Immutable.
   *
   * @param project which project
   * @param part the name of the part that the page belongs to
   * @param parts those that the member may see
   * @param notes what everybody is told there, such as that a quota is reached
   */
  public record Place(Project project, String part, List<ProjectPart> parts, List<String> notes) {

    /** Copies the lists. */
    public Place {
      parts = List.copyOf(parts);
      notes = List.copyOf(notes);
    }
  }
}
