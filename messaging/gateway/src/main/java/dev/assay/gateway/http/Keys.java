package dev.assay.gateway.http;

import dev.assay.gateway.GatewayProblems;
import dev.assay.gateway.Signature;
import dev.assay.gateway.config.KeyConfiguration;
import dev.assay.gateway.config.KeyConfiguration.Scope;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the API. Keys are only known by their SHA-256, which is enough as they are random and
 * long. Immutable, but for a cache of what was asked before. Thread-safe.
 */
public final class Keys {

  /** How a hash is written. */
  public static final String SHA256 = "sha256:";

  /** The name of whoever asks where there are no keys. */
  public static final String NOBODY = "default";

  private static final int CACHED = 1000;

  private record Entry(Principal principal, List<Network> networks) {}

  private final Map<String, Entry> byHash = new HashMap<>();
  private final Map<String, Entry> cache = new ConcurrentHashMap<>();
  private final @Nullable Entry anybody;

  /**
   * Keys.
   *
   * @param keys as they are written; without any, everybody may do everything
   */
  public Keys(Map<String, KeyConfiguration> keys, long now) {
    anybody =
        keys.isEmpty()
            ? new Entry(new Principal(NOBODY, Set.of(Scope.values()), null), List.of())
            : null;
    keys.forEach((name, key) -> {
      Set<Scope> scopes =
          key.scopes().isEmpty() ? Set.of(Scope.SEND, Scope.READ) : Set.copyOf(key.scopes());
      RateLimit limit = key.rate() == null ? null : new RateLimit(key.rate().perSecond(), now);
      List<Network> networks = new ArrayList<>();
      key.addresses().forEach(each -> networks.add(Network.of(each)));
      Entry entry = new Entry(new Principal(name, scopes, limit), networks);
      for (String hash : key.hashes()) {
        byHash.put(hash.strip().toLowerCase(Locale.ROOT), entry);
      }
    });
  }

  /**
   * Looks whether a key can be used as it is written.
   *
   * @throws IllegalArgumentException where not
   */
  public static void check(KeyConfiguration key) {
    key.addresses().forEach(Network::of);
    if (key.secret() != null) {
      var _ = new Signature(key.secret());
    }
  }

  /** The hash of a key. */
  public static String hash(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return SHA256 + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException("every Java has SHA-256", never);
    }
  }

  /**
   * Who asks.
   *
   * @param authorization the header; null where it is missing
   * @param from where the request comes from
   */
  Principal who(@Nullable String authorization, InetAddress from) {
    Entry entry = anybody;
    if (entry == null) {
      entry = authorization == null ? null : find(authorization);
      if (entry == null) {
        throw Failure.of(
            401,
            GatewayProblems.FORBIDDEN,
            "Authorization",
            authorization == null ? "there is no key" : "nobody has this key",
            "send `Authorization: Bearer KEY`");
      }
    }
    if (!entry.networks().isEmpty()
        && entry.networks().stream().noneMatch(network -> network.has(from))) {
      throw Failure.of(
          403,
          GatewayProblems.FORBIDDEN,
          "the key " + entry.principal().name(),
          "it may not be used from " + from.getHostAddress(),
          "use it from where `addresses` allow, or add this one there");
    }
    return entry.principal();
  }

  private @Nullable Entry find(String authorization) {
    Entry known = cache.get(authorization);
    if (known != null) {
      return known;
    }
    String key = secret(authorization);
    Entry found = key == null ? null : byHash.get(hash(key));
    if (found != null && cache.size() < CACHED) {
      cache.put(authorization, found);
    }
    return found;
  }

  /** A browser sends the key as the password of whatever name. */
  private static @Nullable String secret(String authorization) {
    if (authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return authorization.substring(7).strip();
    }
    if (authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      try {
        String pair =
            new String(
                Base64.getDecoder().decode(authorization.substring(6).strip()),
                StandardCharsets.UTF_8);
        return pair.substring(pair.indexOf(':') + 1);
      } catch (IllegalArgumentException noBase64) {
        return null;
      }
    }
    return null;
  }

  /**
   * Addresses with the same first bits.
   *
   * @param bytes of one of them
   * @param bits how many
   */
  record Network(byte[] bytes, int bits) {

    static Network of(String written) {
      int slash = written.indexOf('/');
      String address = slash < 0 ? written : written.substring(0, slash);
      if (!address.matches("[0-9a-fA-F.:]+")) {
        throw new IllegalArgumentException("'" + written + "' is no address or network");
      }
      byte[] bytes = InetAddress.ofLiteral(address).getAddress();
      int bits = slash < 0 ? bytes.length * 8 : Integer.parseInt(written.substring(slash + 1));
      return new Network(bytes, bits);
    }

    boolean has(InetAddress address) {
      byte[] other = address.getAddress();
      if (other.length != bytes.length) {
        return false;
      }
      for (int i = 0; i < bits; i++) {
        int mask = 0x80 >> (i & 7);
        if ((other[i >> 3] & mask) != (bytes[i >> 3] & mask)) {
          return false;
        }
      }
      return true;
    }
  }
}
