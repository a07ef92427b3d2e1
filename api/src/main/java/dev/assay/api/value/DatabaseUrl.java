package dev.assay.api.value;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The address of a PostgreSQL database as people write it: a connection URI of libpq ({@code
 * postgresql://user:password@host:port/database?sslmode=require}) or the same after {@code jdbc:}.
 * Its text form has neither user nor password. Immutable.
 */
public final class DatabaseUrl {

  private final String jdbc;
  private final String shown;
  private final @Nullable String user;
  private final @Nullable String password;

  private DatabaseUrl(String jdbc, String shown, @Nullable String user, @Nullable String password) {
    this.jdbc = jdbc;
    this.shown = shown;
    this.user = user;
    this.password = password;
  }

  /** Whether a text is meant as one, well written or not. */
  public static boolean looksLike(String text) {
    return text.strip().matches("(jdbc:)?postgres(ql)?://.*");
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException with a sentence for people, if it is none; it does not repeat
   *     what was written
   */
  public static DatabaseUrl parse(String text) {
    String bare = text.strip();
    if (bare.startsWith("jdbc:")) {
      bare = bare.substring(5);
    }
    try {
      URI uri = new URI(bare);
      boolean known = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
      if (known && uri.getHost() != null) {
        return of(uri);
      }
    } catch (URISyntaxException | IllegalArgumentException wrong) {
      // said below, without what was written: it may hold a password
    }
    throw new IllegalArgumentException(
        "the address is not of the form postgresql://USER:PASSWORD@HOST:PORT/DATABASE, with"
            + " characters such as @ / : in a password written as %40 %2F %3A");
  }

  private static DatabaseUrl of(URI uri) {
    String user = null;
    String password = null;
    String info = uri.getRawUserInfo();
    if (info != null) {
      int colon = info.indexOf(':');
      user = decoded(colon < 0 ? info : info.substring(0, colon));
      password = colon < 0 ? null : decoded(info.substring(colon + 1));
    }
    StringBuilder options = new StringBuilder();
    String query = uri.getRawQuery();
    for (String option : query == null ? new String[0] : query.split("&")) {
      int equals = option.indexOf('=');
      String name = equals < 0 ? option : option.substring(0, equals);
      String value = equals < 0 ? "" : option.substring(equals + 1);
      if (name.equals("user")) {
        user = decoded(value);
      } else if (name.equals("password")) {
        password = decoded(value);
      } else {
        options.append(options.isEmpty() ? '?' : '&').append(option);
      }
    }
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String place = uri.getHost() + ":" + (uri.getPort() < 0 ? 5432 : uri.getPort()) + path;
    return new DatabaseUrl("jdbc:postgresql://" + place + options, place, user, password);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** As the driver of Java takes it, without user and password. */
  public String jdbc() {
    return jdbc;
  }

  /** User and password, as far as they were given. */
  public Properties credentials() {
    Properties credentials = new Properties();
    if (user != null) {
      credentials.setProperty("user", user);
    }
    if (password != null) {
      credentials.setProperty("password", password);
    }
    return credentials;
  }

  /** A text of the driver or the server without the password. */
  public String masked(String text) {
    return password == null || password.isEmpty() ? text : text.replace(password, "***");
  }

  /** Host, port and database. */
  @Override
  public String toString() {
    return shown;
  }
}
