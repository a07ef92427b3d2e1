package dev.assay.server.signon;

import dev.assay.server.account.Member;
import dev.assay.server.account.Members;
import dev.assay.server.account.Role;
import dev.assay.server.audit.AuditLog;
import dev.assay.server.project.ProjectList;
import dev.assay.server.signon.SignOnOptions.Grant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/**
 * Finds the member whom a provider vouches for. A member is known by issuer and subject, never by a
 * name that a provider says: who has a password here is not taken over by somebody of the same name
 * there. Whoever comes first becomes a member if one of their groups gives something; groups are
 * looked at anew at every log-in, for those projects that groups give something in. Thread-safe.
 */
public final class SingleSignOn implements OAuth2UserService<OidcUserRequest, OidcUser> {

  private static final Logger LOG = LoggerFactory.getLogger(SingleSignOn.class);

  private final SignOnOptions options;
  private final JdbcClient accounts;
  private final Members members;
  private final ProjectList projects;
  private final AuditLog audit;
  private final OidcUserService provider = new OidcUserService();

  /** For the members of a database. */
  public SingleSignOn(
      SignOnOptions options,
      JdbcClient accounts,
      Members members,
      ProjectList projects,
      AuditLog audit) {
    this.options = options;
    this.accounts = accounts;
    this.members = members;
    this.projects = projects;
    this.audit = audit;
  }

  @Override
  public OidcUser loadUser(OidcUserRequest request) {
    OidcUser user = provider.loadUser(request);
    return Objects.requireNonNull(audit.recorded(() -> signedOn(user)));
  }

  private OidcUser signedOn(OidcUser user) {
    String issuer = String.valueOf(user.getIssuer());
    String subject = Objects.requireNonNull(user.getSubject());
    Set<Grant> grants = grants(user);
    String name = known(issuer, subject);
    if (name == null) {
      if (grants.isEmpty()) {
        throw refusal("no_role", "none of the groups of " + subject + " gives anything here");
      }
      name = join(issuer, subject, user);
    }
    Member member = members.find(name).orElseThrow(() -> refusal("gone", "the member is gone"));
    long generation =
        members.generation(name).orElseThrow(() -> refusal("shut_out", "the member was shut out"));
    boolean owner = follow(member, grants);
    return new SignedOn(user, name, owner, members.generation(name).orElse(generation));
  }

  private @Nullable String known(String issuer, String subject) {
    return accounts
        .sql("SELECT member FROM sign_on WHERE issuer = ? AND subject = ?")
        .params(issuer, subject)
        .query(String.class)
        .optional()
        .orElse(null);
  }

  private String join(String issuer, String subject, OidcUser user) {
    String name = user.getClaimAsString(options.nameClaim());
    String wrong =
        name == null
            ? "the claim '" + options.nameClaim() + "' is missing"
            : members.joinBySignOn(name, options.origin());
    if (wrong != null || name == null) {
      throw refusal("no_name", String.valueOf(wrong));
    }
    int _ =
        accounts.sql("INSERT INTO sign_on VALUES (?, ?, ?)").params(issuer, subject, name).update();
    return name;
  }

  private Set<Grant> grants(OidcUser user) {
    Object claimed = user.getClaims().get(options.roleClaim());
    List<String> groups = new ArrayList<>();
    if (claimed instanceof Iterable<?> several) {
      several.forEach(each -> groups.add(String.valueOf(each)));
    } else if (claimed != null) {
      groups.add(String.valueOf(claimed));
    }
    Set<Grant> grants = new HashSet<>();
    groups.forEach(group -> grants.addAll(options.grants().getOrDefault(group, List.of())));
    return grants;
  }

  /** Who logs in gets the role at a later log-in, where the project has no room now. */
  private void give(String member, String project, Role role) {
    if (members.fits(member, project)) {
      members.grant(member, project, role);
    } else {
      LOG.warn("the project {} has no room for another member: its quota is reached", project);
    }
  }

  /** Gives and takes what the groups say. Returns whether the member owns the server. */
  private boolean follow(Member member, Set<Grant> grants) {
    Map<String, Role> given = new TreeMap<>();
    Set<String> ruled = new HashSet<>();
    boolean ownersRuled = false;
    for (List<Grant> each : options.grants().values()) {
      for (Grant grant : each) {
        ownersRuled |= grant instanceof Grant.Owner;
        if (grant instanceof Grant.InProject(String project, Role role)) {
          ruled.add(project);
          if (grants.contains(grant)) {
            given.merge(project, role, (a, b) -> a.atLeast(b) ? a : b);
          }
        }
      }
    }
    Map<String, Role> had = members.rolesOf(member.name());
    for (String project : ruled) {
      Role role = given.get(project);
      if (role == null && had.containsKey(project)) {
        members.take(member.name(), project);
      } else if (role != null && role != had.get(project) && projects.find(project).isPresent()) {
        give(member.name(), project, role);
      }
    }
    boolean owner = grants.contains(new Grant.Owner());
    if (!ownersRuled || owner == member.owner()) {
      return member.owner();
    }
    return members.makeOwner(member.name(), owner) == null ? owner : member.owner();
  }

  private static OAuth2AuthenticationException refusal(String code, String why) {
    return new OAuth2AuthenticationException(new OAuth2Error(code, why, null), why);
  }
}
