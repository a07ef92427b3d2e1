package dev.assay.suite.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of tests as mutation tools write them, brought to {@code class#method}. */
final class TestNames {

  /** A part of a unique id of the JUnit Platform. */
  private static final Pattern PART =
      Pattern.compile(
          "\\[(class|nested-class|runner|method|test-template|test-factory|test):([^\\]]*)\\]");

  /** JUnit 4: {@code shop.CartTest.adds(shop.CartTest)}. */
  private static final Pattern JUNIT4 = Pattern.compile("(.+)\\.([^.()]+)\\((.+)\\)");

  private TestNames() {}

  /** Of PIT: a unique id of the JUnit Platform behind the class, or JUnit 4's description. */
  static String ofPit(String name) {
    String text = name.strip();
    StringBuilder type = new StringBuilder();
    String method = "";
    Matcher part = PART.matcher(text);
    while (part.find()) {
      String value = part.group(2);
      switch (part.group(1)) {
        case "class", "runner" -> {
          type.setLength(0);
          type.append(value);
        }
        case "nested-class" -> type.append('$').append(value);
        default -> {
          int bracket = value.indexOf('(');
          method = bracket < 0 ? value : value.substring(0, bracket);
        }
      }
    }
    if (!type.isEmpty()) {
      return method.isEmpty() ? type.toString() : type + "#" + method;
    }
    Matcher old = JUNIT4.matcher(text);
    return old.matches() && old.group(1).equals(old.group(3))
        ? old.group(1) + "#" + old.group(2)
        : text;
  }
}
