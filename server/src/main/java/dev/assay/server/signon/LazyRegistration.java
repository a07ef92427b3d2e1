package dev.assay.server.signon;

import dev.assay.api.spi.Clock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
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

  private static final Logger LOG = LoggerFactory.getLogger(LazyRegistration.class);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration FRESH = Duration.ofSeconds(5);

  private final SignOnOptions options;
  private final @Nullable String address;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private volatile Instant heard = Instant.EPOCH;
  private volatile @Nullable ClientRegistration found;

  /**
   * Asks nobody yet.
   *
   * @param address how people reach the server; null for how they say they do
   */
  public LazyRegistration(SignOnOptions options, @Nullable String address, Clock clock) {
    this.options = options;
    this.address = address;
    this.clock = clock;
  }

  /**
   * Whether the provider answers: asked at most every few seconds, so that a log-in is not sent on
   * to nobody, and works again as soon as it is back.
   */
  public boolean answers() {
    Instant now = clock.now();
    if (heard.plus(FRESH).isAfter(now) && !heard.isAfter(now)) {
      return true;
    }
    try {
      HttpResponse<Void> answer =
          client.send(
              HttpRequest.newBuilder(
                      URI.create(
                          options.issuer().toString().replaceAll("/+$", "")
                              + "/.well-known/openid-configuration"))
                  .timeout(PATIENCE)
                  .build(),
              HttpResponse.BodyHandlers.discarding());
      if (answer.statusCode() != HttpStatus.OK.value()) {
        LOG.warn("single sign-on: {} answers {}", options.issuer(), answer.statusCode());
        return false;
      }
      ClientRegistration _ = findByRegistrationId(ID);
      heard = now;
      return true;
    } catch (IOException away) {
      LOG.warn("single sign-on: {} does not answer: {}", options.issuer(), away.toString());
      return false;
    } catch (IllegalArgumentException | IllegalStateException wrong) {
      LOG.warn("single sign-on: what {} answers cannot be used", options.issuer(), wrong);
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
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
