package dev.assay.suite;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A pattern of paths as people write them in tools: {@code *} and {@code ?} within a name, {@code
 * **} across folders (also none), {@code {a,b}} for choices. Immutable.
 *
 * @param base the folder that all matches are in
 * @param rest what a path below it must match, with {@code /} between names
 * @param deep whether matches can be deeper than the pattern has names
 * @param depth how many names the pattern has
 */
record Glob(Path base, Pattern rest, boolean deep, int depth) {

  static Glob of(Path folder, String pattern) {
    String path = pattern.replace('\\', '/');
    int wild = 0;
    while (wild < path.length() && "*?{".indexOf(path.charAt(wild)) < 0) {
      wild++;
    }
    int split = path.lastIndexOf('/', Math.max(0, wild == path.length() ? wild : wild - 1));
    String base = split < 0 ? "" : split == 0 ? "/" : path.substring(0, split);
    String rest = path.substring(split + 1);
    return new Glob(
        folder.resolve(base).normalize(),
        Pattern.compile(expression(rest)),
        rest.contains("**"),
        rest.split("/").length);
  }

  boolean matches(Path file) {
    return file.startsWith(base)
        && rest.matcher(base.relativize(file).toString().replace('\\', '/')).matches();
  }

  private static String expression(String glob) {
    StringBuilder regex = new StringBuilder();
    int choices = 0;
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      if (glob.startsWith("**/", i)) {
        regex.append("(?:.*/)?");
        i += 2;
      } else if (glob.startsWith("**", i)) {
        regex.append(".*");
        i++;
      } else if (c == '*') {
        regex.append("[^/]*");
      } else if (c == '?') {
        regex.append("[^/]");
      } else if (c == '{' && glob.indexOf('}', i) > 0) {
        regex.append("(?:");
        choices++;
      } else if (c == '}' && choices > 0) {
        regex.append(')');
        choices--;
      } else if (c == ',' && choices > 0) {
        regex.append('|');
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return regex.append(")".repeat(choices)).toString();
  }
}
