package dev.assay.load.imports;

import dev.assay.api.value.Template;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An http or https address, taken apart leniently, as recordings and command lines hold addresses
 * that are not quite valid. Immutable.
 *
 * @param scheme lower case
 * @param user what stands before the @, or null
 * @param authority host and port, the scheme's own port left out, lower case
 * @param path percent-encoded, begins with a slash
 * @param query percent-encoded, without the question mark, or null
 */
record Url(
    String scheme, @Nullable String user, String authority, String path, @Nullable String query) {

  private static final String FORBIDDEN = " \"<>\\^`{|}";
  private static final Pattern LONE_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  /** Takes an address apart; null where it is none of http and https with a host. */
  static @Nullable Url parse(String text) {
    int colon = text.indexOf("://");
    if (colon < 0) {
      return null;
    }
    String scheme = text.substring(0, colon).strip().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return null;
    }
    String rest = text.substring(colon + 3);
    int hash = rest.indexOf('#');
    rest = (hash < 0 ? rest : rest.substring(0, hash)).strip();
    int slash = 0;
    while (slash < rest.length() && "/?".indexOf(rest.charAt(slash)) < 0) {
      slash++;
    }
    String authority = rest.substring(0, slash);
    int at = authority.lastIndexOf('@');
    String user = at < 0 ? null : authority.substring(0, at);
    String host = authority.substring(at + 1).toLowerCase(Locale.ROOT);
    String ownPort = scheme.equals("https") ? ":443" : ":80";
    host = host.endsWith(ownPort) ? host.substring(0, host.length() - ownPort.length()) : host;
    if (!host.matches("([a-z0-9._~-]+|\\[[0-9a-f:.]+])(:\\d{1,5})?")) {
      return null;
    }
    String resource = rest.substring(slash);
    int mark = resource.indexOf('?');
    String path = encoded(mark < 0 ? resource : resource.substring(0, mark), "[]");
    String query = mark < 0 ? null : encoded(resource.substring(mark + 1), "");
    return new Url(scheme, user, host, path.isEmpty() ? "/" : path, query);
  }

  /** Scheme, host and port. */
  String origin() {
    return scheme + "://" + authority;
  }

  /** Percent-encodes what no address may hold, and leaves what is encoded already. */
  static String encoded(String text, String alsoForbidden) {
    StringBuilder out = new StringBuilder(text.length());
    String sound = LONE_PERCENT.matcher(text).replaceAll("%25");
    sound
        .codePoints()
        .forEach(point -> {
          boolean bad =
              point <= 0x20
                  || point >= 0x7f
                  || FORBIDDEN.indexOf(point) >= 0
                  || alsoForbidden.indexOf(point) >= 0;
          if (bad) {
            for (byte one : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
              out.append(String.format("%%%02X", one));
            }
          } else {
            out.appendCodePoint(point);
          }
        });
    return out.toString();
  }

  /** Where a request to it goes. */
  Target target() {
    return new Target(Texts.literal(origin()), Texts.literal(path), parameters(query));
  }

  /** The parameters of an encoded query, their values as they are. */
  static List<Field> parameters(@Nullable String query) {
    List<Field> fields = new ArrayList<>();
    if (query != null && !query.isEmpty()) {
      for (String pair : query.split("&", -1)) {
        int equals = pair.indexOf('=');
        // a name without a value, and one with an empty value, stay what they are
        boolean bare = equals < 0 || equals == pair.length() - 1;
        String name = bare ? pair : pair.substring(0, equals);
        Template value = Texts.literal(bare ? "" : pair.substring(equals + 1));
        fields.add(new Field(name, value));
      }
    }
    return fields;
  }
}
