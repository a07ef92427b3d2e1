package dev.assay.server.page;

import dev.assay.server.account.Access;
import dev.assay.server.account.Role;
import dev.assay.server.project.Project;
import dev.assay.server.quota.Limits;
import dev.assay.server.quota.Quota;
import dev.assay.server.quota.Quotas;
import dev.assay.server.quota.Standing;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The quotas of a project: its admins see them, owners of the server change them. */
@RestController
public class QuotaPages {

  private final Template template;
  private final Frames frames;
  private final Access access;
  private final Quotas quotas;

  /** Made by Spring. */
  QuotaPages(Template template, Frames frames, Access access, Quotas quotas) {
    this.template = template;
    this.frames = frames;
    this.access = access;
    this.quotas = quotas;
  }

  /**
   * The quotas of a project. Immutable.
   *
   * @param frame around it
   * @param project of which
   * @param standings how far each is used
   * @param owner whether whoever looks may change them
   * @param wrong what was wrong with what came; null for nothing
   */
  public record Page(
      Frame frame,
      Project project,
      List<Standing> standings,
      boolean owner,
      @Nullable String wrong) {

    /** How much of one is used. */
    public String used(Standing standing) {
      Long used = standing.used();
      return used == null ? "" : standing.quota().text(used);
    }

    /** How much there may be of one. */
    public String most(Standing standing) {
      Long most = standing.most();
      return most == null ? "no end" : standing.quota().text(most);
    }

    /** How much of one is used, in percent; empty where that is not known. */
    public String percent(Standing standing) {
      Long percent = standing.percent();
      return percent == null ? "" : percent + " %";
    }

    /** The colour of one. */
    public String tone(Standing standing) {
      return standing.atLeast(Standing.ALL)
          ? "fail"
          : standing.atLeast(Standing.NEAR) ? "open" : "pass";
    }
  }

  @GetMapping("/projects/{name}/quotas")
  ResponseEntity<String> page(Authentication who, CsrfToken token, @PathVariable String name) {
    return page(200, who, token, access.project(who, name, Role.ADMIN), null);
  }

  private ResponseEntity<String> page(
      int status, Authentication who, CsrfToken token, Project project, @Nullable String wrong) {
    return template.page(
        status,
        "quotas",
        new Page(
            frames.of(project, "Usage", project.title() + ": quotas", who, token),
            project,
            quotas.standings(project),
            owns(who),
            wrong));
  }

  private static boolean owns(Authentication who) {
    return who.getAuthorities().stream().anyMatch(held -> "OWNER".equals(held.getAuthority()));
  }

  /** For owners of the server only; what is left empty has no end. */
  @PostMapping("/projects/{name}/quotas")
  ResponseEntity<String> change(
      Authentication who,
      CsrfToken token,
      @PathVariable String name,
      @RequestParam Map<String, String> form) {
    Project project = access.project(who, name, Role.ADMIN);
    if (!owns(who)) {
      throw new AccessDeniedException("only owners of the server change quotas");
    }
    Map<Quota, Long> most = new EnumMap<>(Quota.class);
    for (Quota quota : Quota.values()) {
      String said = form.getOrDefault(quota.label(), "").strip();
      if (!said.matches("[0-9]{0,16}")) {
        return page(
            422,
            who,
            token,
            project,
            quota.title() + ": '" + said + "' is no whole number; leave it empty for no end.");
      }
      if (!said.isEmpty()) {
        most.put(quota, Long.parseLong(said));
      }
    }
    Limits limits = new Limits(most);
    String wrong = limits.wrong();
    if (wrong != null) {
      return page(422, who, token, project, wrong);
    }
    quotas.set(project, limits);
    return MemberPages.to("/projects/" + name + "/quotas");
  }
}
