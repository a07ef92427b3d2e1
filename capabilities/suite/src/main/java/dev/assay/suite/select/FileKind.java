package dev.assay.suite.select;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a file of a project is to its tests. */
enum FileKind {
  /** Says how the project is built. */
  BUILD,
  /** Code that is compiled to class files, in a folder that build tools know. */
  SOURCE,
  /** Copied to the class path, from a folder that build tools know. */
  RESOURCE,
  /** For people. */
  DOCUMENT,
  /** Code in a language whose references are not read here. */
  FOREIGN,
  /** Anything else. */
  OTHER;

  private static final Pattern SOURCES =
      Pattern.compile("(?:.*/)?src/[^/]+/(?:java|kotlin|groovy|scala)/(.+)");
  private static final Pattern RESOURCES = Pattern.compile("(?:.*/)?src/[^/]+/resources/(.+)");
  private static final Pattern JVM = Pattern.compile(".*\\.(java|kt|groovy|scala)");
  private static final Pattern BUILDS =
      Pattern.compile(
          "(.*/)?(pom\\.xml|[^/]*\\.gradle(\\.kts)?|gradle\\.properties|mvnw(\\.cmd)?"
              + "|gradlew(\\.bat)?|gradle\\.lockfile|lombok\\.config|module-info\\.java"
              + "|package(-lock)?\\.json|yarn\\.lock|pnpm-lock\\.yaml|tsconfig[^/]*\\.json"
              + "|(jest|vitest|vite|babel)\\.config\\.[a-z]+|\\.babelrc|\\.npmrc|\\.node-version"
              + "|pyproject\\.toml|setup\\.(py|cfg)|pytest\\.ini|tox\\.ini|Pipfile(\\.lock)?"
              + "|requirements[^/]*\\.txt|poetry\\.lock|uv\\.lock|\\.python-version"
              + "|\\.java-version|\\.tool-versions|\\.sdkmanrc)"
              + "|(.*/)?(\\.mvn|gradle|buildSrc|build-logic)/.*");
  private static final Pattern DOCUMENTS =
      Pattern.compile(
          "(.*/)?(LICENSE|LICENCE|NOTICE|CHANGELOG|CHANGES|README|CONTRIBUTING|SECURITY|AUTHORS"
              + "|CODEOWNERS|RELEASE-NOTES)[^/]*"
              + "|(.*/)?\\.(gitignore|gitattributes|mailmap|editorconfig|asf\\.yaml)"
              + "|(.*/)?[^/]+\\.(md|adoc|rst|asciidoc|png|jpg|jpeg|gif|svg|webp)"
              + "|(.*/)?src/(site|changes|conf)/.*"
              + "|(\\.github|\\.gitlab|\\.idea|\\.vscode|\\.circleci|docs|doc)/.*");
  private static final Set<String> LANGUAGES =
      Set.of(
          "c", "cc", "cpp", "cxx", "h", "hpp", "hh", "m", "mm", "rs", "go", "swift", "zig", "asm",
          "s", "so", "dll", "dylib", "a", "o", "jnilib", "cs", "fs", "vb", "rb", "php", "pl", "lua",
          "sh", "bat", "ps1", "clj", "ex", "erl", "hs", "ml", "jar", "wasm", "proto", "g4");

  /** What a file of a JVM project is, by its path below the project's folder. */
  static FileKind ofJvm(String path) {
    if (BUILDS.matcher(path).matches()) {
      return BUILD;
    }
    if (SOURCES.matcher(path).matches()) {
      return JVM.matcher(path).matches() ? SOURCE : RESOURCE;
    }
    if (RESOURCES.matcher(path).matches()) {
      return RESOURCE;
    }
    return ofAny(path);
  }

  /** What a file is where no source folders are known. */
  static FileKind ofAny(String path) {
    if (BUILDS.matcher(path).matches()) {
      return BUILD;
    }
    if (DOCUMENTS.matcher(path).matches()) {
      return DOCUMENT;
    }
    String extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return LANGUAGES.contains(extension) || JVM.matcher(path).matches() ? FOREIGN : OTHER;
  }

  /** The path below its source or resource folder. */
  static String below(String path) {
    var source = SOURCES.matcher(path);
    if (source.matches()) {
      return source.group(1);
    }
    var resource = RESOURCES.matcher(path);
    return resource.matches() ? resource.group(1) : path;
  }
}
