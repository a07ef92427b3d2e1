package dev.assay.suite.trace;

import java.util.regex.Pattern;

/**
 * One function of a stack.
 *
 * @param scope the class, module or package it is in; may be empty
 * @param function its name as the trace says it; may be empty
 * @param file the file's name or path as the trace says it; may be empty
 * @param line from 1; 0 where it is not known
 */
public record Frame(String scope, String function, String file, int line) {

  /** What a compiler or a proxy adds to names, which changes from build to build. */
  private static final Pattern MADE =
      Pattern.compile(
          "\\$\\$[A-Z]\\w*\\$\\$\\w*|\\$\\$Lambda[\\w$/]*|\\$Proxy\\d+|::h[0-9a-f]{16}$"
              + "|\\{closure#\\d+}|(?<=\\bfunc)\\d+|(?<=\\$)\\d+");

  /** Scope and function without what changes from build to build. */
  public String stableName() {
    String name = scope.isEmpty() ? function : scope + "." + function;
    return MADE.matcher(name).replaceAll("");
  }

  /** The last part of the file's path. */
  public String fileName() {
    return file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  }

  @Override
  public String toString() {
    String where = file.isEmpty() ? "" : line > 0 ? file + ":" + line : file;
    String name = scope.isEmpty() ? function : scope + "." + function;
    return name.isEmpty() ? where : where.isEmpty() ? name : name + " (" + where + ")";
  }
}
