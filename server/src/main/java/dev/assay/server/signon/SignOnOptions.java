package dev.assay.server.signon;

import dev.assay.api.value.Secret;
import dev.assay.server.account.Role;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How single sign-on is set up. Immutable.
 *
 * @param issuer the provider, which has {@code /.well-known/openid-configuration}
 * @param client the client's id there
 * @param secret the client's secret; null for a public client, which PKCE alone protects
 * @param nameClaim which claim is a member's name
 * @param roleClaim which claim has the groups
 * @param scopes what is asked for beside {@code openid}
 * @param grants what each group gives
 */
public record SignOnOptions(
    URI issuer,
    String client,
    @Nullable Secret secret,
    String nameClaim,
    String roleClaim,
    List<String> scopes,
    Map<String, List<Grant>> grants) {

  /** Copies the grants. */
  public SignOnOptions {
    scopes = List.copyOf(scopes);
    grants = Map.copyOf(grants);
  }

  /** What a group gives. */
  public sealed interface Grant {

    /** The whole server. */
    record Owner() implements Grant {}

    /**
     * A role in a project.
     *
     * @param project which
     * @param role which
     */
    record InProject(String project, Role role) implements Grant {}
  }

  /**
   * Reads {@code issuer}, {@code client}, {@code name}, {@code groups} and {@code scopes} from one
   * map, and what groups give from another: {@code team-shop} to {@code shop:developer}, or {@code
   * owner}.
   *
   * @throws IllegalArgumentException if something is missing or wrong; says what
   */
  public static SignOnOptions read(
      Map<String, String> settings, Map<String, String> groups, @Nullable Secret secret) {
    for (String key : settings.keySet()) {
      if (!List.of("issuer", "client", "name", "groups", "scopes").contains(key)) {
        throw new IllegalArgumentException(
            "--oidc: there is no '" + key + "'; it has issuer, client, name, groups and scopes");
      }
    }
    String issuer = settings.get("issuer");
    String client = settings.get("client");
    if (issuer == null || client == null) {
      throw new IllegalArgumentException("--oidc needs issuer=URL and client=ID");
    }
    Map<String, List<Grant>> grants = new LinkedHashMap<>();
    groups.forEach((group, given) -> grants.put(group, grants(group, given)));
    return new SignOnOptions(
        address(issuer),
        client,
        secret,
        settings.getOrDefault("name", "preferred_username"),
        settings.getOrDefault("groups", "groups"),
        List.of(settings.getOrDefault("scopes", "profile email").split("[ ,]+")),
        grants);
  }

  private static URI address(String issuer) {
    URI address;
    try {
      address = URI.create(issuer);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException("--oidc: issuer=" + issuer + " is no address", wrong);
    }
    String host = String.valueOf(address.getHost());
    boolean here = List.of("127.0.0.1", "localhost", "[::1]").contains(host);
    if (!"https".equals(address.getScheme()) && !("http".equals(address.getScheme()) && here)) {
      throw new IllegalArgumentException(
          "--oidc: issuer=" + issuer + " must begin with https://, or be on this machine");
    }
    return address;
  }

  private static List<Grant> grants(String group, String given) {
    List<Grant> grants = new ArrayList<>();
    for (String one : given.split(" *[ ;] *")) {
      if (one.equals("owner")) {
        grants.add(new Grant.Owner());
      } else {
        grants.add(inProject(group, one));
      }
    }
    return List.copyOf(grants);
  }

  private static Grant inProject(String group, String given) {
    int at = given.lastIndexOf(':');
    String role = given.substring(at + 1).toUpperCase(Locale.ROOT);
    for (Role each : Role.values()) {
      if (at > 0 && each.name().equals(role)) {
        return new Grant.InProject(given.substring(0, at), each);
      }
    }
    throw new IllegalArgumentException(
        "--oidc-group "
            + group
            + "="
            + given
            + ": write PROJECT:ROLE, with viewer, developer, operator or admin, or owner");
  }

  /** Where the provider is, as a page's policy names it. */
  public String origin() {
    return issuer.getScheme() + "://" + issuer.getRawAuthority();
  }
}
