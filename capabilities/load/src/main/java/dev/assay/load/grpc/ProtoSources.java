package dev.assay.load.grpc;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compiles {@code .proto} files and what they import, without any program of the machine. Not for
 * use by several threads.
 */
public final class ProtoSources {

  private static final long LARGEST = 16L << 20;
  private static final int MOST_FILES = 10_000;

  private final Path folder;
  private final List<Path> roots;
  private final Map<String, Source> sources = new LinkedHashMap<>();
  private final Map<Path, String> names = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  /** A file that was read, with what it imports and could not be found. */
  private record Source(
      ProtoParser.Parsed parsed, ProtoLinker.Names names, List<Problem> missing) {}

  /**
   * Reads below those folders.
   *
   * @param folder what relative paths start from
   * @param roots the folders that imports start from, in the order they are looked in
   */
  public ProtoSources(Path folder, List<Path> roots) {
    this.folder = folder;
    List<Path> all = new ArrayList<>();
    roots.forEach(root -> all.add(folder.resolve(root).normalize()));
    all.add(folder.normalize());
    this.roots = all;
  }

  /**
   * Compiles files.
   *
   * @param files the files, relative to a root or to the folder, or absolute
   * @param place where the check names them
   * @throws ProblemException with everything that is wrong in any of them
   */
  public List<FileDescriptor> compile(List<Path> files, Place place) {
    List<String> wanted = new ArrayList<>();
    for (Path file : files) {
      Path found = locate(file, place);
      wanted.add(read(nameOf(found), found));
    }
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    link();
    Map<String, FileDescriptor> built = new HashMap<>();
    List<FileDescriptor> compiled = new ArrayList<>();
    for (String name : wanted) {
      compiled.add(build(name, built, new LinkedHashSet<>()));
    }
    return compiled;
  }

  private Path locate(Path file, Place place) {
    List<Path> looked = new ArrayList<>();
    for (Path root : roots) {
      Path candidate = root.resolve(file).normalize();
      if (Files.isRegularFile(candidate)) {
        return candidate;
      }
      looked.add(root);
    }
    throw GrpcProblems.FILE.failure(
        place,
        "'" + file + "' is not there, below any of " + looked.stream().map(this::shown).toList(),
        "correct the name, or add the folder that holds it to 'proto paths'");
  }

  /** The name that others import it by; a file outside of all roots makes its own folder one. */
  private String nameOf(Path file) {
    String name = null;
    for (Path root : roots) {
      if (name == null && file.startsWith(root)) {
        name = slashes(root.relativize(file));
      }
    }
    Path parent = file.getParent();
    if (parent != null && !roots.contains(parent)) {
      roots.add(parent);
    }
    return name == null ? String.valueOf(file.getFileName()) : name;
  }

  /** Reads a file and all it imports; returns the name it is known by. */
  private String read(String name, Path file) {
    String known = names.putIfAbsent(real(file), name);
    if (known != null) {
      return known;
    }
    if (names.size() > MOST_FILES) {
      throw GrpcProblems.FILE.failure(
          Place.NONE, "more than " + MOST_FILES + " files are imported", "import fewer");
    }
    ProtoParser.Parsed parsed;
    try {
      parsed = ProtoParser.parse(name, shown(file), text(file));
    } catch (ProblemException broken) {
      problems.addAll(broken.problems());
      return name;
    }
    List<Problem> missing = new ArrayList<>();
    sources.put(name, new Source(parsed, new ProtoLinker.Names(parsed.file()), missing));
    FileDescriptorProto.Builder proto = parsed.file();
    for (int i = 0; i < proto.getDependencyCount(); i++) {
      String dependency = proto.getDependency(i);
      if (WellKnown.file(dependency) != null) {
        continue;
      }
      Place place = parsed.places().of(ProtoPlaces.dependency(dependency));
      Path found = imported(dependency, place);
      if (found == null) {
        missing.add(
            GrpcProblems.IMPORT.at(
                place,
                "'"
                    + dependency
                    + "' is not below any of "
                    + roots.stream().map(this::shown).toList(),
                "add the folder that '" + dependency + "' starts from to 'proto paths'"));
      } else {
        proto.setDependency(i, read(dependency, found));
      }
    }
    withoutMissing(proto);
    return name;
  }

  private @Nullable Path imported(String name, Place place) {
    if (name.isEmpty() || name.startsWith("/") || name.contains("\\") || name.contains("..")) {
      throw GrpcProblems.IMPORT.failure(
          place,
          "'" + name + "' is not a path below a folder of 'proto paths'",
          "write the path from that folder, with / and without ..");
    }
    for (Path root : roots) {
      Path candidate = root.resolve(name);
      if (Files.isRegularFile(candidate)) {
        return candidate.normalize();
      }
    }
    return null;
  }

  /** Takes out imports that were not found: where no type of them is needed nothing is lost. */
  private void withoutMissing(FileDescriptorProto.Builder proto) {
    List<String> kept = new ArrayList<>();
    List<Integer> open = new ArrayList<>();
    List<Integer> weak = new ArrayList<>();
    for (int i = 0; i < proto.getDependencyCount(); i++) {
      String name = proto.getDependency(i);
      if (WellKnown.file(name) == null && !names.containsValue(name) || kept.contains(name)) {
        continue;
      }
      if (proto.getPublicDependencyList().contains(i)) {
        open.add(kept.size());
      }
      if (proto.getWeakDependencyList().contains(i)) {
        weak.add(kept.size());
      }
      kept.add(name);
    }
    proto.clearDependency().addAllDependency(kept);
    proto.clearPublicDependency().addAllPublicDependency(open);
    proto.clearWeakDependency().addAllWeakDependency(weak);
  }

  private void link() {
    Map<String, ProtoLinker.Names> everywhere = new LinkedHashMap<>();
    sources.forEach((name, source) -> everywhere.put(name, source.names));
    WellKnown.files().forEach((name, file) -> everywhere.put(name, file));
    for (Source source : sources.values()) {
      List<ProtoLinker.Names> imported = new ArrayList<>();
      imported.add(source.names);
      Set<String> seen = new HashSet<>();
      source.parsed.file().getDependencyList().forEach(name -> add(name, imported, seen));
      List<Problem> unknown = new ProtoLinker(source.parsed, imported, everywhere).link();
      if (!unknown.isEmpty()) {
        problems.addAll(source.missing);
        problems.addAll(unknown);
      }
    }
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
  }

  /** Adds what an import makes visible: its own names and those of its public imports. */
  private void add(String name, List<ProtoLinker.Names> imported, Set<String> seen) {
    if (!seen.add(name)) {
      return;
    }
    Source source = sources.get(name);
    if (source == null) {
      ProtoLinker.Names wellKnown = WellKnown.files().get(name);
      if (wellKnown != null) {
        imported.add(wellKnown);
      }
      return;
    }
    imported.add(source.names);
    FileDescriptorProto.Builder proto = source.parsed.file();
    proto
        .getPublicDependencyList()
        .forEach(index -> add(proto.getDependency(index), imported, seen));
  }

  private FileDescriptor build(
      String name, Map<String, FileDescriptor> built, Set<String> underWay) {
    FileDescriptor ready = built.get(name);
    if (ready != null) {
      return ready;
    }
    Source source = sources.get(name);
    if (source == null) {
      FileDescriptor wellKnown = WellKnown.file(name);
      if (wellKnown == null) {
        throw new IllegalStateException("'" + name + "' was linked but not read");
      }
      return wellKnown;
    }
    ProtoPlaces places = source.parsed.places();
    FileDescriptorProto.Builder proto = source.parsed.file();
    underWay.add(name);
    FileDescriptor[] dependencies = new FileDescriptor[proto.getDependencyCount()];
    for (int i = 0; i < dependencies.length; i++) {
      String dependency = proto.getDependency(i);
      if (underWay.contains(dependency)) {
        throw GrpcProblems.DEFINITION.failure(
            places.of(ProtoPlaces.dependency(dependency)),
            "files import one another in a circle: "
                + String.join(" -> ", underWay)
                + " -> "
                + dependency,
            "move what both need into a third file");
      }
      dependencies[i] = build(dependency, built, underWay);
    }
    underWay.remove(name);
    try {
      FileDescriptor file = FileDescriptor.buildFrom(proto.build(), dependencies);
      built.put(name, file);
      return file;
    } catch (DescriptorValidationException wrong) {
      throw GrpcProblems.DEFINITION.failure(
          places.of(wrong.getProblemSymbolName()),
          "'" + wrong.getProblemSymbolName() + "': " + wrong.getDescription(),
          "correct this definition");
    }
  }

  private String text(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw GrpcProblems.FILE.failure(
            new Place(shown(file), 1, 1, ""), "the file is larger than 16 MB", "split it");
      }
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      throw GrpcProblems.SYNTAX.failure(
          new Place(shown(file), 1, 1, ""), "the file is not UTF-8", "save it as UTF-8");
    } catch (IOException unreadable) {
      throw GrpcProblems.FILE.failure(
          new Place(shown(file), 1, 1, ""),
          "the file cannot be read: " + unreadable.getClass().getSimpleName(),
          "look at its permissions");
    }
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException gone) {
      return file;
    }
  }

  private String shown(Path file) {
    Path root = folder.normalize();
    String relative = file.startsWith(root) ? slashes(root.relativize(file)) : file.toString();
    return relative.isEmpty() ? "." : relative;
  }

  private static String slashes(Path path) {
    return path.toString().replace('\\', '/');
  }
}
