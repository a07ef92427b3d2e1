package dev.assay.server.page;

import dev.assay.server.account.Members;
import dev.assay.server.account.Role;
import dev.assay.server.project.Project;
import dev.assay.server.quota.QuotaWatch;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;

/** Makes what is around pages. Thread-safe. */
@Component
public final class Frames {

  private final Members members;
  private final QuotaWatch quotas;

  /** Made by Spring. */
  Frames(Members members, QuotaWatch quotas) {
    this.quotas = quotas;
    this.members = members;
  }

  /** Around a page of no project. */
  public Frame plain(String title, @Nullable Authentication who, CsrfToken token) {
    return new Frame(title, who == null ? null : who.getName(), token.getToken(), null);
  }

  /**
   * Around a page of a project.
   *
   * @param part the name of the {@link ProjectPart} that the page belongs to
   */
  public Frame of(Project project, String part, String title, Authentication who, CsrfToken token) {
    Role role = members.role(who.getName(), project.name()).orElse(Role.VIEWER);
    return new Frame(
        title,
        who.getName(),
        token.getToken(),
        new Frame.Place(
            project,
            part,
            ProjectPart.ALL.stream().filter(each -> role.atLeast(each.least())).toList(),
            quotas.notes(project.name())));
  }
}
