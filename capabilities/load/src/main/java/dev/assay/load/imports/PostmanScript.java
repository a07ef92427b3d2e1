package dev.assay.load.imports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is recognisable in a script of a Postman request: the status it expects, and the
 * values of the answer that it keeps in variables. Nothing is run. Immutable.
 *
 * @param status what the status must be, or null
 * @param saves variable to selector, in order
 * @param rest the lines that say something else
 */
record PostmanScript(@Nullable String status, Map<String, String> saves, List<String> rest) {

  private static final String PATH =
      "((?:\\??\\.[A-Za-z_$][\\w$]*|\\[\\d+]|\\[[\"'][^\"'\\]]{1,80}[\"']])*)";
  private static final String ANSWER =
      "(?:pm\\.response\\.json\\(\\)|JSON\\.parse\\((?:responseBody|pm\\.response\\.text\\(\\))\\))";
  private static final Pattern ASSIGN =
      Pattern.compile(
          "(?:(?:var|let|const)\\s+)?([A-Za-z_$][\\w$]*)\\s*=\\s*" + ANSWER + PATH + "\\s*;?");
  private static final Pattern SET =
      Pattern.compile(
          "(?:pm\\.(?:environment|collectionVariables|globals|variables)\\.set"
              + "|postman\\.set(?:Environment|Global)Variable)\\(\\s*[\"'`]([^\"'`]{1,100})[\"'`]\\s*,\\s*(.{1,300}?)\\s*\\)\\s*;?");
  private static final Pattern HEADER =
      Pattern.compile("pm\\.response\\.headers\\.get\\(\\s*[\"']([A-Za-z0-9-]{1,80})[\"']\\s*\\)");
  private static final Pattern COOKIE =
      Pattern.compile("pm\\.cookies\\.get\\(\\s*[\"']([A-Za-z0-9_.-]{1,80})[\"']\\s*\\)");
  private static final Pattern STATUS =
      Pattern.compile("\\.to\\.have\\.status\\(\\s*(\\d{3})\\s*\\)");
  private static final Pattern CODE =
      Pattern.compile(
          "(?:pm\\.response\\.code|responseCode\\.code)\\s*(?:\\)\\.to\\.(?:equal|eql|be\\.equal|eq)\\(\\s*|===?\\s*)(\\d{3})");
  private static final Pattern ONE_OF =
      Pattern.compile(
          "pm\\.response\\.code\\)\\.to\\.be\\.oneOf\\(\\s*\\[([\\d\\s,]{3,100})]\\s*\\)");
  private static final Pattern GOOD =
      Pattern.compile("pm\\.response\\.to\\.be\\.(?:ok|success)\\b");
  private static final Pattern FRAME =
      Pattern.compile("pm\\.test\\([^{]*\\{?|\\}\\s*\\)?\\s*;?|\\{|//.*|");

  /** Reads the lines of a script. */
  static PostmanScript of(List<String> lines) {
    Map<String, String> answers = new LinkedHashMap<>();
    Map<String, String> saves = new LinkedHashMap<>();
    List<String> rest = new ArrayList<>();
    String status = null;
    for (String line : lines.subList(0, Math.min(lines.size(), 1000))) {
      String statement = line.strip();
      if (statement.length() > 1000) {
        rest.add(statement);
        continue;
      }
      String found = status(statement);
      if (found != null) {
        status = status == null ? found : status;
      } else if (!assigns(statement, answers)
          && !keeps(statement, answers, saves)
          && !FRAME.matcher(statement).matches()) {
        rest.add(statement);
      }
    }
    return new PostmanScript(status, saves, rest);
  }

  private static @Nullable String status(String statement) {
    Matcher status = STATUS.matcher(statement);
    if (status.find()) {
      return status.group(1);
    }
    Matcher code = CODE.matcher(statement);
    if (code.find()) {
      return code.group(1);
    }
    Matcher oneOf = ONE_OF.matcher(statement);
    if (oneOf.find()) {
      return "~ ^(" + oneOf.group(1).replaceAll("\\s", "").replace(",", "|") + ")$";
    }
    return GOOD.matcher(statement).find() ? "2xx" : null;
  }

  private static boolean assigns(String statement, Map<String, String> answers) {
    Matcher assign = ASSIGN.matcher(statement);
    if (!assign.matches()) {
      return false;
    }
    answers.put(assign.group(1), "$" + path(assign.group(2)));
    return true;
  }

  private static boolean keeps(
      String statement, Map<String, String> answers, Map<String, String> saves) {
    Matcher set = SET.matcher(statement);
    if (!set.matches()) {
      return false;
    }
    String selector = selector(set.group(2), answers);
    if (selector == null) {
      return false;
    }
    saves.put(set.group(1), selector);
    return true;
  }

  private static @Nullable String selector(String expression, Map<String, String> answers) {
    Matcher direct = Pattern.compile(ANSWER + PATH).matcher(expression);
    if (direct.matches()) {
      return "$" + path(direct.group(1));
    }
    Matcher header = HEADER.matcher(expression);
    if (header.matches()) {
      return "header:" + header.group(1).toLowerCase(java.util.Locale.ROOT);
    }
    Matcher cookie = COOKIE.matcher(expression);
    if (cookie.matches()) {
      return "cookie:" + cookie.group(1);
    }
    Matcher variable = Pattern.compile("([A-Za-z_$][\\w$]*)" + PATH).matcher(expression);
    if (variable.matches()) {
      String base = answers.get(variable.group(1));
      return base == null ? null : base + path(variable.group(2));
    }
    return null;
  }

  private static String path(String javaScript) {
    return javaScript.replace("?.", ".").replace('"', '\'');
  }
}
