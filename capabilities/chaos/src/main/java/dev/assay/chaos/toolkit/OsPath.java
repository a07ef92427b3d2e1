package dev.assay.chaos.toolkit;

import dev.assay.api.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Functions of Python's {@code os.path} and {@code os}. */
final class OsPath {

  /** Looks at a path. */
  @FunctionalInterface
  private interface Look {
    Json at(Path path, String written) throws IOException;
  }

  private OsPath() {}

  static List<NativeFunction> functions() {
    return List.of(
        function("exists", "path", (path, _) -> Json.of(Files.exists(path))),
        function(
            "lexists", "path", (path, _) -> Json.of(Files.exists(path, LinkOption.NOFOLLOW_LINKS))),
        function("isfile", "path", (path, _) -> Json.of(Files.isRegularFile(path))),
        function("isdir", "s", (path, _) -> Json.of(Files.isDirectory(path))),
        function("islink", "path", (path, _) -> Json.of(Files.isSymbolicLink(path))),
        function("ismount", "path", (path, _) -> Json.of(mounted(path))),
        function("isabs", "s", (_, written) -> Json.of(written.startsWith("/"))),
        function("getsize", "filename", (path, _) -> Json.of(Files.size(path))),
        function(
            "getmtime",
            "filename",
            (path, _) -> Json.of(Files.getLastModifiedTime(path).toMillis() / 1e3)),
        function("abspath", "path", (path, _) -> Json.of(path.toString())),
        function("realpath", "filename", (path, _) -> Json.of(path.toRealPath().toString())),
        function(
            "basename",
            "p",
            (_, written) -> Json.of(written.substring(written.lastIndexOf('/') + 1))),
        function("dirname", "p", (_, written) -> Json.of(parent(written))),
        NativeFunction.of("os", "getenv", List.of("key"), List.of("default"), OsPath::getenv));
  }

  private static NativeFunction function(String name, String argument, Look look) {
    return NativeFunction.of(
        "os.path",
        name,
        List.of(argument),
        List.of(),
        (arguments, call) -> {
          String written = arguments.text(argument);
          try {
            return look.at(
                call.surroundings().folder().resolve(written).toAbsolutePath().normalize(),
                written);
          } catch (IOException | InvalidPathException broken) {
            throw new ActivityFailed("OSError: '" + written + "': " + broken.getMessage());
          }
        });
  }

  private static boolean mounted(Path path) throws IOException {
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    Path parent = path.getParent();
    return parent == null
        || !Objects.equals(
            Files.getAttribute(path, "unix:dev"), Files.getAttribute(parent, "unix:dev"));
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0
        ? path.substring(0, slash + 1)
        : path.substring(0, slash).replaceAll("/+$", "");
  }

  private static Json getenv(Arguments arguments, Call call) {
    String name = arguments.text("key");
    String value = call.environment().get(name);
    if (value == null) {
      value = call.surroundings().environment().get(name);
    }
    return value == null ? arguments.get("default") : Json.of(value);
  }
}
