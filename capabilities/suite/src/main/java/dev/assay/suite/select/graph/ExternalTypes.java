package dev.assay.suite.select.graph;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The names of the methods of classes that are not the project's: what code outside can call on an
 * object of the project. Known for the JDK's classes, by the JDK that Assay runs on. Not
 * thread-safe.
 */
final class ExternalTypes {

  private final Map<String, Optional<Set<String>>> known = new HashMap<>();

  /**
   * The names of all methods of a class and of what it extends and implements; empty where the
   * class cannot be read, so that nothing is known of it.
   */
  Optional<Set<String>> methodNames(String type) {
    Optional<Set<String>> before = known.get(type);
    if (before != null) {
      return before;
    }
    Optional<Set<String>> read = read(type);
    known.put(type, read);
    return read;
  }

  private Optional<Set<String>> read(String type) {
    ClassModel model;
    try (InputStream in =
        ClassLoader.getPlatformClassLoader().getResourceAsStream(type + ".class")) {
      if (in == null) {
        return Optional.empty();
      }
      model = ClassFile.of().parse(in.readAllBytes());
    } catch (IOException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
    Set<String> names = new HashSet<>();
    model.methods().forEach(method -> names.add(method.methodName().stringValue()));
    Set<String> above = new HashSet<>();
    model.superclass().map(ClassEntry::asInternalName).ifPresent(above::add);
    model.interfaces().forEach(each -> above.add(each.asInternalName()));
    for (String each : above) {
      Optional<Set<String>> inherited = methodNames(each);
      if (inherited.isEmpty()) {
        return Optional.empty();
      }
      names.addAll(inherited.get());
    }
    return Optional.of(names);
  }
}
