package dev.assay.server.signon;

import dev.assay.server.account.LoggedIn;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/** A member who came by single sign-on, as their session knows them. Immutable. */
final class SignedOn extends DefaultOidcUser implements LoggedIn {

  private static final long serialVersionUID = 1;

  private final String member;
  private final long generation;

  SignedOn(OidcUser user, String member, boolean owner, long generation) {
    super(List.of(LoggedIn.authority(owner)), user.getIdToken(), user.getUserInfo());
    this.member = member;
    this.generation = generation;
  }

  @Override
  public String getName() {
    return member;
  }

  @Override
  public long generation() {
    return generation;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SignedOn that
        && member.equals(that.member)
        && generation == that.generation;
  }

  @Override
  public int hashCode() {
    return member.hashCode();
  }
}
