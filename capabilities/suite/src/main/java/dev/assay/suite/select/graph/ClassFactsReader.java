package dev.assay.suite.select.graph;

import dev.assay.suite.select.graph.ClassFacts.MethodFacts;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.ConstantValueAttribute;
import java.lang.classfile.attribute.InnerClassInfo;
import java.lang.classfile.attribute.MethodParameterInfo;
import java.lang.classfile.attribute.RecordComponentInfo;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a class file. Source file, line numbers, names of local variables and stack maps are left
 * out of every digest, so that what a comment moves is the same class. Not thread-safe.
 */
final class ClassFactsReader {

  private static final int PRIVATE = 0x0002;
  private static final int STATIC = 0x0008;
  private static final int FINAL = 0x0010;

  private final ClassFile format =
      ClassFile.of(
          ClassFile.DebugElementsOption.DROP_DEBUG,
          ClassFile.LineNumbersOption.DROP_LINE_NUMBERS,
          ClassFile.StackMapsOption.DROP_STACK_MAPS);
  private final Digester digester = new Digester();

  /** What it says. Throws IllegalArgumentException for bytes that are no class file. */
  ClassFacts read(byte[] bytes) {
    ClassModel model = format.parse(bytes);
    // what an unreadable class left half told must not get into the digest of this one
    digester.value();
    Set<Reference> references = new LinkedHashSet<>();
    Set<String> fieldTypes = new LinkedHashSet<>();
    Set<String> annotatedFieldTypes = new LinkedHashSet<>();
    Map<String, Long> constants = constants(model);
    List<MethodFacts> methods = new ArrayList<>();
    model.methods().forEach(method -> methods.add(method(method)));
    List<String> interfaces = model.interfaces().stream().map(ClassEntry::asInternalName).toList();
    String superclass = model.superclass().map(ClassEntry::asInternalName).orElse(null);
    String name = model.thisClass().asInternalName();
    digester.add(name).add(model.flags().flagsMask()).add(String.valueOf(superclass));
    interfaces.forEach(digester::add);
    Set<String> annotations = annotations(model, references);
    for (FieldModel field : model.fields()) {
      field(field, references, fieldTypes, annotatedFieldTypes);
    }
    rest(model, references, fieldTypes);
    return new ClassFacts(
        name,
        superclass,
        interfaces,
        model.flags().flagsMask(),
        model
            .findAttribute(Attributes.sourceFile())
            .map(SourceFileAttribute::sourceFile)
            .map(Object::toString)
            .orElse(null),
        digester.value(),
        references,
        fieldTypes,
        annotatedFieldTypes,
        annotations,
        constants,
        methods);
  }

  /** The values that javac copies into their users. */
  private Map<String, Long> constants(ClassModel model) {
    Map<String, Long> constants = new LinkedHashMap<>();
    for (FieldModel field : model.fields()) {
      int flags = field.flags().flagsMask();
      boolean shared = (flags & PRIVATE) == 0 && (flags & STATIC) != 0 && (flags & FINAL) != 0;
      if (shared) {
        field
            .findAttribute(Attributes.constantValue())
            .ifPresent(value ->
                constants.put(field.fieldName().stringValue(), digester.add(text(value)).value()));
      }
    }
    return constants;
  }

  private static String text(ConstantValueAttribute value) {
    return value.constant().constantValue().toString();
  }

  private void field(
      FieldModel field,
      Set<Reference> references,
      Set<String> fieldTypes,
      Set<String> annotatedFieldTypes) {
    digester.add(field.fieldName().stringValue()).add(field.fieldType().stringValue());
    digester.add(field.flags().flagsMask());
    signature(field);
    field
        .findAttribute(Attributes.constantValue())
        .ifPresent(value -> {
          boolean shared = (field.flags().flagsMask() & PRIVATE) == 0;
          // the value of a shared one is a part of its own
          digester.add(shared ? "shared" : text(value));
          if (value.constant() instanceof StringEntry string) {
            references.add(new Reference.Text(string.stringValue()));
          }
        });
    Set<String> annotations = annotations(field, references);
    String type = className(field.fieldTypeSymbol());
    if (type != null) {
      fieldTypes.add(type);
      if (!annotations.isEmpty()) {
        annotatedFieldTypes.add(type);
      }
    }
  }

  private void rest(ClassModel model, Set<Reference> references, Set<String> fieldTypes) {
    signature(model);
    model
        .findAttribute(Attributes.permittedSubclasses())
        .ifPresent(permitted ->
            permitted.permittedSubclasses().forEach(each -> digester.add(each.asInternalName())));
    model
        .findAttribute(Attributes.record())
        .ifPresent(record -> {
          for (RecordComponentInfo component : record.components()) {
            digester.add(component.name().stringValue()).add(component.descriptor().stringValue());
            signature(component);
            annotations(component, references);
            String type = className(component.descriptorSymbol());
            if (type != null) {
              fieldTypes.add(type);
            }
          }
        });
    model
        .findAttribute(Attributes.innerClasses())
        .ifPresent(inner -> inner.classes().forEach(info -> member(model, info)));
    model
        .findAttribute(Attributes.module())
        .ifPresent(module -> {
          module.requires().forEach(each -> digester.add(each.requires().name().stringValue()));
          module
              .exports()
              .forEach(each -> digester.add(each.exportedPackage().name().stringValue()));
          module.opens().forEach(each -> digester.add(each.openedPackage().name().stringValue()));
          module.uses().forEach(each -> digester.add(each.asInternalName()));
          module
              .provides()
              .forEach(each -> {
                digester.add(each.provides().asInternalName());
                each.providesWith().forEach(with -> digester.add(with.asInternalName()));
              });
        });
  }

  /** A member class is seen by reflection; one without a name is the code's own affair. */
  private void member(ClassModel model, InnerClassInfo info) {
    boolean own =
        info.outerClass().map(outer -> outer.equals(model.thisClass())).orElse(false)
            || info.innerClass().equals(model.thisClass());
    if (own && info.innerName().isPresent()) {
      digester.add(info.innerClass().asInternalName()).add(info.flagsMask());
    }
  }

  private MethodFacts method(MethodModel method) {
    Set<Reference> references = new LinkedHashSet<>();
    String signature = method.methodName().stringValue() + method.methodType().stringValue();
    digester.add(signature).add(method.flags().flagsMask());
    signature(method);
    method
        .findAttribute(Attributes.exceptions())
        .ifPresent(
            thrown -> thrown.exceptions().forEach(each -> digester.add(each.asInternalName())));
    method
        .findAttribute(Attributes.methodParameters())
        .ifPresent(parameters -> {
          for (MethodParameterInfo parameter : parameters.parameters()) {
            digester.add(parameter.name().map(Object::toString).orElse(""));
            digester.add(parameter.flagsMask());
          }
        });
    Set<String> annotations = annotations(method, references);
    parameterAnnotations(method, references);
    method
        .findAttribute(Attributes.annotationDefault())
        .ifPresent(value -> annotationValue(value.defaultValue(), references));
    if (method.code().orElse(null) instanceof CodeAttribute code) {
      new CodeReader(code, digester, references).read();
    }
    MethodTypeDesc type = method.methodTypeSymbol();
    Set<String> parameters = new LinkedHashSet<>();
    for (ClassDesc parameter : type.parameterList()) {
      String name = className(parameter);
      if (name != null) {
        parameters.add(name);
      }
    }
    return new MethodFacts(
        signature,
        method.flags().flagsMask(),
        digester.value(),
        references,
        parameters,
        annotations);
  }

  private void signature(AttributedElement element) {
    element
        .findAttribute(Attributes.signature())
        .ifPresent(signature -> digester.add(signature.signature().stringValue()));
  }

  private Set<String> annotations(AttributedElement element, Set<Reference> references) {
    List<Annotation> all = new ArrayList<>();
    element
        .findAttribute(Attributes.runtimeVisibleAnnotations())
        .ifPresent(found -> all.addAll(found.annotations()));
    element
        .findAttribute(Attributes.runtimeInvisibleAnnotations())
        .ifPresent(found -> all.addAll(found.annotations()));
    element
        .findAttribute(Attributes.runtimeVisibleTypeAnnotations())
        .ifPresent(found -> found.annotations().forEach(each -> all.add(each.annotation())));
    Set<String> names = new LinkedHashSet<>();
    for (Annotation annotation : all) {
      names.add(annotation(annotation, references));
    }
    return names;
  }

  private void parameterAnnotations(MethodModel method, Set<Reference> references) {
    method
        .findAttribute(Attributes.runtimeVisibleParameterAnnotations())
        .ifPresent(found -> {
          for (List<Annotation> parameter : found.parameterAnnotations()) {
            digester.add("parameter");
            parameter.forEach(each -> annotation(each, references));
          }
        });
  }

  private String annotation(Annotation annotation, Set<Reference> references) {
    digester.add(annotation.className().stringValue());
    String name = className(annotation.classSymbol());
    if (name == null) {
      throw new IllegalArgumentException("an annotation of a primitive type");
    }
    references.add(new Reference.Literal(name));
    for (AnnotationElement element : annotation.elements()) {
      digester.add(element.name().stringValue());
      annotationValue(element.value(), references);
    }
    return name;
  }

  private void annotationValue(AnnotationValue value, Set<Reference> references) {
    digester.add(value.tag());
    switch (value) {
      case AnnotationValue.OfConstant constant -> {
        digester.add(constant.resolvedValue().toString());
        if (constant instanceof AnnotationValue.OfString string) {
          references.add(new Reference.Text(string.stringValue()));
        }
      }
      case AnnotationValue.OfClass literal -> {
        digester.add(literal.className().stringValue());
        String name = className(literal.classSymbol());
        if (name != null) {
          references.add(new Reference.Literal(name));
        }
      }
      case AnnotationValue.OfEnum constant -> {
        digester.add(constant.className().stringValue());
        digester.add(constant.constantName().stringValue());
        String name = className(constant.classSymbol());
        if (name != null) {
          references.add(new Reference.Type(name));
        }
      }
      case AnnotationValue.OfArray array ->
          array.values().forEach(each -> annotationValue(each, references));
      case AnnotationValue.OfAnnotation nested -> annotation(nested.annotation(), references);
    }
  }

  /** The name with slashes of a class or of what an array holds; null for primitive types. */
  static @Nullable String className(ClassDesc type) {
    ClassDesc inner = type;
    while (inner.isArray()) {
      inner = java.util.Objects.requireNonNull(inner.componentType());
    }
    String descriptor = inner.descriptorString();
    return inner.isPrimitive() ? null : descriptor.substring(1, descriptor.length() - 1);
  }
}
