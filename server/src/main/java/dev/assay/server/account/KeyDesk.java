package dev.assay.server.account;

import dev.assay.server.account.ProjectKeys.Scope;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/**
 * Makes keys for people and programs, of whom none gives more than they have: what may be asked for
 * is what their role or their own key lets them do. Whether they may make keys at all is asked by
 * {@link Access} before. Thread-safe.
 */
@Component
public final class KeyDesk {

  private static final int LONGEST = 100;
  private static final String UNNAMED = "a key";

  private final ProjectKeys keys;
  private final ServerKeys serverKeys;
  private final Access access;

  /** Made by Spring. */
  KeyDesk(ProjectKeys keys, ServerKeys serverKeys, Access access) {
    this.keys = keys;
    this.serverKeys = serverKeys;
    this.access = access;
  }

  /** What a key is called: at most 100 characters of what was said. */
  private static String label(String said) {
    String label = said.isBlank() ? UNNAMED : said.strip();
    return label.substring(0, Math.min(label.length(), LONGEST));
  }

  /**
   * Makes a key of a project; what is returned is nowhere else.
   *
   * @throws AccessDeniedException if whoever asks may not do all of that themselves
   */
  public String make(Authentication who, String project, String label, Set<Scope> scopes) {
    within(access.scopes(who, project), scopes);
    return keys.make(project, label(label), scopes, ProjectKeys.GOOD);
  }

  /**
   * Makes a key in place of another of a project, which is good for a day more.
   *
   * @return the new one; empty where there is no such key that is good
   * @throws AccessDeniedException if the key may do more than whoever asks
   */
  public Optional<String> rotate(Authentication who, String project, String id) {
    keys.one(project, id).ifPresent(old -> within(access.scopes(who, project), old.scopes()));
    return keys.rotate(project, id);
  }

  /**
   * Makes a key of the server, for an owner or a program with such a key.
   *
   * @throws AccessDeniedException if whoever asks may not do all of that themselves
   */
  public String makeForServer(Authentication who, String label, Set<Scope> scopes) {
    within(everywhere(who), scopes);
    return serverKeys.make(label(label), scopes, ProjectKeys.GOOD);
  }

  /**
   * Makes a key in place of another of the server, which is good for a day more.
   *
   * @return the new one; empty where there is no such key that is good
   * @throws AccessDeniedException if the key may do more than whoever asks
   */
  public Optional<String> rotateForServer(Authentication who, String id) {
    serverKeys.one(id).ifPresent(old -> within(everywhere(who), old.scopes()));
    return serverKeys.rotate(id);
  }

  private static Set<Scope> everywhere(Authentication who) {
    if (who.getPrincipal() instanceof ServerKey key) {
      return key.scopes();
    }
    boolean owner =
        who.getAuthorities().stream().anyMatch(held -> "OWNER".equals(held.getAuthority()));
    return owner ? EnumSet.allOf(Scope.class) : EnumSet.noneOf(Scope.class);
  }

  private static void within(Set<Scope> own, Set<Scope> wanted) {
    for (Scope scope : wanted) {
      if (!own.contains(scope)) {
        throw new AccessDeniedException(
            "nobody gives what they have not: the scope '" + scope.label() + "'");
      }
    }
  }
}
