package dev.assay.server.api;

import dev.assay.core.passport.Ruled;
import dev.assay.server.account.Access;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.ruling.ProjectRulings;
import dev.assay.server.ruling.RulingFilter;
import dev.assay.server.ruling.RulingFilter.Place;
import dev.assay.server.ruling.RulingJson;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What people decided on all runs of a project, for programs. */
@RestController
@RequestMapping(
    path = "/api/v1/projects/{project}/rulings",
    produces = MediaType.APPLICATION_JSON_VALUE)
class ProjectRulingsApi {

  private static final int MOST = 500;

  private final Access access;
  private final ProjectRulings rulings;
  private final RulingJson json;

  ProjectRulingsApi(Access access, ProjectRulings rulings, RulingJson json) {
    this.access = access;
    this.rulings = rulings;
    this.json = json;
  }

  /** The newest first, as far as they are wanted. */
  @GetMapping
  String all(
      Authentication who,
      @PathVariable String project,
      @RequestParam(defaultValue = "") String state,
      @RequestParam(defaultValue = "") String author,
      @RequestParam(defaultValue = "") String text,
      @RequestParam(defaultValue = "") String cursor,
      @RequestParam(defaultValue = "100") int limit)
      throws BadEntryException {
    var _ = access.project(who, project, Scope.READ);
    return Answers.json(
        json.of(
            rulings.page(
                project,
                new RulingFilter(
                    state(state), author, text, place(cursor), Math.clamp(limit, 1, MOST)))));
  }

  private static Ruled.@Nullable State state(String word) throws BadEntryException {
    return word.isBlank()
        ? null
        : RulingFilter.state(word)
            .orElseThrow(() ->
                new BadEntryException(
                    "a state is holds, ended or withdrawn, and not '" + word + "'"));
  }

  private static @Nullable Place place(String cursor) throws BadEntryException {
    return cursor.isBlank()
        ? null
        : Place.of(cursor)
            .orElseThrow(() ->
                new BadEntryException(
                    "'" + cursor + "' is no cursor; send the 'next' of the answer before"));
  }
}
