package dev.assay.server.hook;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A header that is sent with what a webhook is told, most often a key, so that its value is never
 * shown. Immutable.
 *
 * @param name a token of RFC 9110
 * @param value visible ASCII
 */
record HookHeader(String name, String value) {

  private static final Pattern WRITTEN =
      Pattern.compile("([A-Za-z0-9!#$%&'*+.^_`|~-]{1,100})\\s*:\\s*([!-~](?:[ -~]{0,3998}[!-~])?)");

  /** What is said by whoever sends. */
  private static final Set<String> OWN =
      Set.of(
          "host",
          "content-type",
          "content-length",
          "connection",
          "transfer-encoding",
          "user-agent");

  /** One as it is written, {@code Name: value}; null where it is not written so. */
  static @Nullable HookHeader of(String written) {
    var matcher = WRITTEN.matcher(written.strip());
    if (!matcher.matches()) {
      return null;
    }
    String name = matcher.group(1);
    boolean own = OWN.contains(name.toLowerCase(Locale.ROOT)) || name.startsWith("webhook-");
    return own ? null : new HookHeader(name, matcher.group(2));
  }

  /** As it is kept. */
  String written() {
    return name + ": " + value;
  }

  /** Its value is nobody's to see. */
  @Override
  public String toString() {
    return name;
  }
}
