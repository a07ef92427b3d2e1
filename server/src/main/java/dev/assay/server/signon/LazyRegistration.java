package dev.assay.server.signon;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;

/**
 * The one client of the one provider, asked for its addresses when somebody first signs on: a
 * provider that is away keeps nobody from starting the server. Thread-safe.
 */
public final class LazyRegistration implements ClientRegistrationRepository {

  /** What the client is called in addresses. */
  public static final String ID = "assay";

  private final SignOnOptions options;
  private final @Nullable String address;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable ClientRegistration found;

  /**
   * Asks nobody yet.
   *
   * @param address how people reach the server; null for how they say they do
   */
  public LazyRegistration(SignOnOptions options, @Nullable String address) {
    this.options = options;
    this.address = address;
  }

  @Override
  public @Nullable ClientRegistration findByRegistrationId(String id) {
    if (!id.equals(ID)) {
      return null;
    }
    ClientRegistration known = found;
    if (known != null) {
      return known;
    }
    lock.lock();
    try {
      ClientRegistration asked = found == null ? ask() : found;
      found = asked;
      return asked;
    } finally {
      lock.unlock();
    }
  }

  private ClientRegistration ask() {
    String base = address == null ? "{baseUrl}" : address.replaceAll("/+$", "");
    java.util.List<String> scopes = new java.util.ArrayList<>(options.scopes());
    scopes.addFirst("openid");
    ClientRegistration.Builder client =
        ClientRegistrations.fromIssuerLocation(options.issuer().toString())
            .registrationId(ID)
            .clientId(options.client())
            .redirectUri(base + "/login/oauth2/code/{registrationId}")
            .scope(scopes)
            .clientName("single sign-on")
            .clientSettings(
                ClientRegistration.ClientSettings.builder().requireProofKey(true).build());
    if (options.secret() == null) {
      client.clientAuthenticationMethod(ClientAuthenticationMethod.NONE);
    } else {
      client.clientSecret(options.secret().reveal());
    }
    return client.build();
  }
}
