package dev.assay.suite.coverage;

import dev.assay.suite.report.Format;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the file of a repository that a report means. Not thread-safe.
 *
 * <p>JaCoCo and PIT name a package and a file: the file of that name counts whose text declares the
 * package. Go names import paths: the {@code go.mod} of that module says where. All others name
 * paths: what is written absolutely lies in the repository, or did so in a checkout elsewhere, of
 * which the end must be the whole path of one file; what is written relatively begins at a folder
 * that the report names, at the project, or at a folder around the report. Where several files are
 * left, that of the nearest folder around the report is meant if it is the only one there.
 */
final class SourcePaths {

  private static final int MOST_OF_A_HEADER = 64 << 10;
  private static final Pattern PACKAGE =
      Pattern.compile("^\\s*package\\s+([\\w.`]+)\\s*;?\\s*$", Pattern.MULTILINE);
  private static final Pattern MODULE =
      Pattern.compile("^\\s*module\\s+\"?([^\\s\"]+)\"?", Pattern.MULTILINE);

  /** What a written path comes to. */
  sealed interface Match {}

  /** One file, by its path in the repository. */
  record One(String path) implements Match {}

  /** No file of the repository. */
  record None() implements Match {}

  /** Several files, in the order of their names. */
  record Several(List<String> paths) implements Match {
    /** Copies the list. */
    public Several {
      paths = List.copyOf(paths);
    }
  }

  /**
   * Where a report stands.
   *
   * @param format its format
   * @param report its file
   * @param project the folder that the tool was started in
   * @param elsewhere the folder that the repository had where the report was written, with a slash
   *     behind it; empty where that is not known
   */
  record Origin(Format format, Path report, Path project, String elsewhere) {}

  private final Path root;
  private final Set<String> files;
  private final Map<String, List<String>> byName = new HashMap<>();
  private final Map<String, String> packages = new HashMap<>();
  private @Nullable Map<String, List<String>> modules;

  /**
   * Of a repository.
   *
   * @param root its folder
   * @param files its files, relative to it, with {@code /} between names
   */
  SourcePaths(Path root, List<String> files) {
    this.root = real(root);
    this.files = new HashSet<>(files);
    for (String file : files) {
      byName.computeIfAbsent(name(file), key -> new ArrayList<>()).add(file);
    }
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException gone) {
      return path.toAbsolutePath().normalize();
    }
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Whether a file is of the repository. */
  boolean has(String path) {
    return files.contains(path);
  }

  /**
   * The file that is meant.
   *
   * @param written as the report has it
   * @param roots folders that the report says such paths begin in
   */
  Match of(String written, List<String> roots, Origin origin) {
    String path = written.replace('\\', '/').strip();
    path = path.startsWith("file://") ? path.substring(7) : path;
    return switch (origin.format()) {
      case JACOCO, PIT -> ofPackage(path, origin);
      case GO_COVER -> ofImport(path);
      default ->
          absolute(path) ? ofAbsolute(path, origin.elsewhere()) : ofRelative(path, roots, origin);
    };
  }

  // ---- paths

  private static boolean absolute(String path) {
    return path.startsWith("/") || path.matches("[A-Za-z]:/.*");
  }

  private Match ofAbsolute(String path, String elsewhere) {
    String inside = inside(path);
    if (inside == null && !elsewhere.isEmpty() && path.startsWith(elsewhere)) {
      inside = path.substring(elsewhere.length());
    }
    return inside != null && files.contains(inside) ? new One(inside) : new None();
  }

  /**
   * The folder of a checkout elsewhere, such as in a container, that the absolute paths of one
   * report were written in: the one folder below which most of them are files of the repository.
   * Empty where no folder is that, or where two are.
   */
  String elsewhere(List<String> written) {
    Map<String, Integer> votes = new HashMap<>();
    for (String one : written) {
      String path = one.replace('\\', '/').strip();
      if (absolute(path) && inside(path) == null) {
        for (String file : named(path)) {
          if (path.endsWith("/" + file)) {
            votes.merge(path.substring(0, path.length() - file.length()), 1, Integer::sum);
          }
        }
      }
    }
    int most = votes.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    List<String> best =
        votes.entrySet().stream()
            .filter(folder -> folder.getValue() == most)
            .map(Map.Entry::getKey)
            .toList();
    return best.size() == 1 ? best.getFirst() : "";
  }

  /** The path in the repository of an absolute one; null where it is outside. */
  private @Nullable String inside(String path) {
    Path file = real(Path.of(path));
    return file.startsWith(root) ? slashes(root.relativize(file)) : null;
  }

  private static String slashes(Path path) {
    return path.toString().replace('\\', '/');
  }

  private List<String> named(String path) {
    return byName.getOrDefault(name(path), List.of());
  }

  private static Match one(List<String> candidates) {
    return switch (candidates.size()) {
      case 0 -> new None();
      case 1 -> new One(candidates.getFirst());
      default -> new Several(candidates.stream().sorted().toList());
    };
  }

  private Match ofRelative(String path, List<String> roots, Origin origin) {
    Path relative = Path.of(path);
    Path project = real(origin.project());
    Set<String> said = new TreeSet<>();
    for (String folder : roots) {
      String file = within(project.resolve(folder).resolve(relative));
      if (file != null) {
        said.add(file);
      }
    }
    if (!said.isEmpty()) {
      return one(List.copyOf(said));
    }
    List<Path> folders = new ArrayList<>(List.of(project));
    folders.addAll(around(origin.report()));
    for (Path folder : folders) {
      String file = within(folder.resolve(relative));
      if (file != null) {
        return new One(file);
      }
    }
    String below = project.startsWith(root) ? slashes(root.relativize(project)) : "";
    String plain = slashes(relative.normalize());
    return nearest(
        named(path).stream()
            .filter(file -> file.endsWith("/" + plain) && plain.contains("/"))
            .filter(file -> below.isEmpty() || file.startsWith(below + "/"))
            .toList(),
        origin.report());
  }

  private @Nullable String within(Path file) {
    Path normal = file.normalize();
    if (!normal.startsWith(root)) {
      return null;
    }
    String path = slashes(root.relativize(normal));
    return files.contains(path) ? path : null;
  }

  /** The folders around a report, the nearest first, up to that of the repository. */
  private List<Path> around(Path report) {
    List<Path> folders = new ArrayList<>();
    for (Path at = real(report).getParent();
        at != null && at.startsWith(root);
        at = at.getParent()) {
      folders.add(at);
    }
    return folders;
  }

  /** Of several files the only one in the nearest folder around the report that has any. */
  private Match nearest(List<String> candidates, Path report) {
    if (candidates.size() < 2) {
      return one(candidates);
    }
    for (Path folder : around(report)) {
      String prefix = folder.equals(root) ? "" : slashes(root.relativize(folder)) + "/";
      List<String> there = candidates.stream().filter(file -> file.startsWith(prefix)).toList();
      if (!there.isEmpty()) {
        return one(there);
      }
    }
    return one(candidates);
  }

  // ---- packages

  private Match ofPackage(String path, Origin origin) {
    String folder = path.substring(0, Math.max(0, path.lastIndexOf('/')));
    String wanted = folder.replace('/', '.');
    return nearest(
        named(path).stream().filter(file -> declared(file).equals(wanted)).toList(),
        origin.report());
  }

  private String declared(String file) {
    return packages.computeIfAbsent(
        file,
        key -> {
          StringBuilder name = new StringBuilder();
          Matcher clause = PACKAGE.matcher(header(key));
          while (clause.find()) { // Scala may write several, each within the one before
            name.append(name.isEmpty() ? "" : ".").append(clause.group(1).replace("`", ""));
          }
          return name.toString();
        });
  }

  private String header(String file) {
    try (InputStream in = Files.newInputStream(root.resolve(file))) {
      return new String(in.readNBytes(MOST_OF_A_HEADER), StandardCharsets.UTF_8);
    } catch (IOException gone) {
      return "";
    }
  }

  // ---- modules of Go

  private Match ofImport(String path) {
    Map<String, List<String>> all = modules();
    for (int end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      List<String> folders = all.get(path.substring(0, end));
      if (folders != null) {
        String rest = path.substring(end + 1);
        return one(folders.stream().map(folder -> folder + rest).filter(files::contains).toList());
      }
    }
    return new None();
  }

  /** By the name of a module the folders that are one of that name, with a slash behind them. */
  private Map<String, List<String>> modules() {
    Map<String, List<String>> known = modules;
    if (known == null) {
      known = new HashMap<>();
      for (String file : byName.getOrDefault("go.mod", List.of())) {
        Matcher module = MODULE.matcher(header(file));
        if (module.find()) {
          known
              .computeIfAbsent(module.group(1), key -> new ArrayList<>())
              .add(file.substring(0, file.length() - "go.mod".length()));
        }
      }
      modules = known;
    }
    return known;
  }
}
