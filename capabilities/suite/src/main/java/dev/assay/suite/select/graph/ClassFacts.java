package dev.assay.suite.select.graph;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one class file says.
 *
 * @param name with slashes
 * @param superclass with slashes; null for {@code java.lang.Object} and modules
 * @param interfaces with slashes
 * @param flags as in the class file
 * @param sourceFile the name of its source file without a folder, where the compiler left it
 * @param shape the digest of all but methods and values of constants
 * @param shapeReferences what the shape refers to, such as annotations
 * @param fieldTypes the types of all fields, with slashes
 * @param annotatedFieldTypes the types of fields that carry an annotation
 * @param annotations the types of the annotations of the class, with slashes
 * @param constants non-private constants, which compilers copy into their users: name to digest
 * @param methods its methods
 */
record ClassFacts(
    String name,
    @Nullable String superclass,
    List<String> interfaces,
    int flags,
    @Nullable String sourceFile,
    long shape,
    Set<Reference> shapeReferences,
    Set<String> fieldTypes,
    Set<String> annotatedFieldTypes,
    Set<String> annotations,
    Map<String, Long> constants,
    List<MethodFacts> methods) {

  private static final int INTERFACE = 0x0200;
  private static final int ABSTRACT = 0x0400;

  /** Whether objects of exactly this class can be. */
  boolean concrete() {
    return (flags & (INTERFACE | ABSTRACT)) == 0;
  }

  /** The package, with a slash at its end; empty for none. */
  String packagePrefix() {
    return name.substring(0, name.lastIndexOf('/') + 1);
  }

  /**
   * One method.
   *
   * @param signature name and descriptor
   * @param flags as in the class file
   * @param digest of everything but debug information
   * @param references of its code and its annotations
   * @param parameterTypes the classes among its parameters, with slashes
   * @param annotations the types of its annotations, with slashes
   */
  record MethodFacts(
      String signature,
      int flags,
      long digest,
      Set<Reference> references,
      Set<String> parameterTypes,
      Set<String> annotations) {

    private static final int PRIVATE = 0x0002;
    private static final int STATIC = 0x0008;

    String methodName() {
      return signature.substring(0, signature.indexOf('('));
    }

    /** Whether it can override, or be overridden. */
    boolean virtual() {
      return (flags & (PRIVATE | STATIC)) == 0 && !signature.startsWith("<");
    }

    boolean constructor() {
      return signature.startsWith("<init>");
    }
  }
}
