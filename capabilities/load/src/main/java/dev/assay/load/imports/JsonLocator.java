package dev.assay.load.imports;

import java.util.List;

/** Finds where a value begins in a JSON text that was read before, for problems. */
final class JsonLocator {

  private final String text;
  private int at;

  private JsonLocator(String text) {
    this.text = text;
  }

  /**
   * The offset of the value that the path leads to, or of the last one on the way that is there.
   *
   * @param path names of members and indices of items
   */
  static int offset(String text, List<Object> path) {
    JsonLocator locator = new JsonLocator(text);
    locator.space();
    int found = locator.at;
    for (Object step : path) {
      boolean entered =
          step instanceof String name ? locator.member(name) : locator.item((Integer) step);
      if (!entered) {
        return found;
      }
      found = locator.at;
    }
    return found;
  }

  private boolean member(String name) {
    if (!open('{')) {
      return false;
    }
    while (at < text.length() && text.charAt(at) == '"') {
      int start = at;
      skipText();
      boolean same = text.substring(start + 1, Math.max(start + 1, at - 1)).equals(name);
      space();
      at++; // the colon
      space();
      if (same) {
        return true;
      }
      skipValue();
      comma();
    }
    return false;
  }

  private boolean item(int index) {
    if (!open('[')) {
      return false;
    }
    for (int i = 0; i < index && at < text.length() && text.charAt(at) != ']'; i++) {
      skipValue();
      comma();
    }
    return at < text.length() && text.charAt(at) != ']';
  }

  private boolean open(char bracket) {
    if (at >= text.length() || text.charAt(at) != bracket) {
      return false;
    }
    at++;
    space();
    return true;
  }

  private void comma() {
    space();
    if (at < text.length() && text.charAt(at) == ',') {
      at++;
      space();
    }
  }

  private void skipValue() {
    int depth = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        skipText();
      } else if (c == '{' || c == '[') {
        depth++;
        at++;
      } else if (c == '}' || c == ']') {
        if (depth == 0) {
          return;
        }
        depth--;
        at++;
      } else if (c == ',' && depth == 0) {
        return;
      } else {
        at++;
      }
      if (depth == 0 && (c == '"' || c == '}' || c == ']')) {
        return;
      }
    }
  }

  private void skipText() {
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    at = Math.min(text.length(), at + 1);
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }
}
