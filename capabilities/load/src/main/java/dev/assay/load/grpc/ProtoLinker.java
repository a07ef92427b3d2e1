package dev.assay.load.grpc;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProtoOrBuilder;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import dev.assay.api.problem.Nearest;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds what the names of types in a file mean, by the scoping rules of C++ that protoc follows:
 * the first part of a name is looked for from the innermost scope outwards, and the rest only
 * within what was found.
 */
final class ProtoLinker {

  /** What a name stands for. */
  private enum Kind {
    MESSAGE,
    ENUM,
    /** A package or a service: something that holds names, but is no type. */
    HOLDER
  }

  /** The names that one file defines. */
  static final class Names {
    private final Map<String, Kind> kinds = new HashMap<>();

    /** Collects the names of a file. */
    Names(FileDescriptorProtoOrBuilder file) {
      String scope = file.getPackage();
      for (int dot = scope.length(); dot > 0; dot = scope.lastIndexOf('.', dot - 1)) {
        kinds.put(scope.substring(0, dot), Kind.HOLDER);
      }
      for (DescriptorProto message : file.getMessageTypeList()) {
        collect(message, scope);
      }
      for (EnumDescriptorProto type : file.getEnumTypeList()) {
        kinds.put(ProtoPlaces.join(scope, type.getName()), Kind.ENUM);
      }
      for (ServiceDescriptorProto service : file.getServiceList()) {
        kinds.put(ProtoPlaces.join(scope, service.getName()), Kind.HOLDER);
      }
    }

    private void collect(DescriptorProto message, String scope) {
      String full = ProtoPlaces.join(scope, message.getName());
      kinds.put(full, Kind.MESSAGE);
      for (DescriptorProto nested : message.getNestedTypeList()) {
        collect(nested, full);
      }
      for (EnumDescriptorProto type : message.getEnumTypeList()) {
        kinds.put(ProtoPlaces.join(full, type.getName()), Kind.ENUM);
      }
    }

    boolean defines(String type) {
      Kind kind = kinds.get(type);
      return kind == Kind.MESSAGE || kind == Kind.ENUM;
    }
  }

  /** Of a name this short any other one would be near. */
  private static final int SHORT = 3;

  private final FileDescriptorProto.Builder file;
  private final ProtoPlaces places;
  private final Map<String, Kind> visible = new HashMap<>();
  private final Map<String, Names> everywhere;
  private final List<Problem> problems = new ArrayList<>();

  /**
   * A linker of one file.
   *
   * @param imported what the file itself defines, and each of its imports with their public ones
   * @param everywhere every file that was read, for telling which one is not imported
   */
  ProtoLinker(ProtoParser.Parsed parsed, List<Names> imported, Map<String, Names> everywhere) {
    this.file = parsed.file();
    this.places = parsed.places();
    this.everywhere = everywhere;
    imported.forEach(names ->
        names.kinds.forEach((name, kind) -> {
          if (kind != Kind.HOLDER || !visible.containsKey(name)) {
            visible.put(name, kind);
          }
        }));
  }

  /** Replaces every name by the full one; returns what could not be found. */
  List<Problem> link() {
    String scope = file.getPackage();
    file.getMessageTypeBuilderList().forEach(message -> link(message, scope));
    file.getExtensionBuilderList().forEach(field -> link(field, scope));
    for (ServiceDescriptorProto.Builder service : file.getServiceBuilderList()) {
      String full = ProtoPlaces.join(scope, service.getName());
      service.getMethodBuilderList().forEach(method -> link(method, full));
    }
    return problems;
  }

  private void link(DescriptorProto.Builder message, String scope) {
    String full = ProtoPlaces.join(scope, message.getName());
    message.getNestedTypeBuilderList().forEach(nested -> link(nested, full));
    message.getFieldBuilderList().forEach(field -> link(field, full));
    message.getExtensionBuilderList().forEach(field -> link(field, full));
  }

  private void link(FieldDescriptorProto.Builder field, String scope) {
    String full = ProtoPlaces.join(scope, field.getName());
    if (field.hasTypeName()) {
      Place place = places.of(ProtoPlaces.type(full));
      String found = find(field.getTypeName(), scope, place, false);
      if (found != null) {
        field.setTypeName("." + found);
        if (!field.hasType()) {
          field.setType(
              visible.get(found) == Kind.ENUM
                  ? FieldDescriptorProto.Type.TYPE_ENUM
                  : FieldDescriptorProto.Type.TYPE_MESSAGE);
        }
      }
    }
    if (field.hasExtendee()) {
      String found = find(field.getExtendee(), scope, places.of(ProtoPlaces.extendee(full)), true);
      if (found != null) {
        field.setExtendee("." + found);
      }
    }
  }

  private void link(MethodDescriptorProto.Builder method, String service) {
    String full = ProtoPlaces.join(service, method.getName());
    String input = find(method.getInputType(), service, places.of(ProtoPlaces.input(full)), true);
    if (input != null) {
      method.setInputType("." + input);
    }
    String output =
        find(method.getOutputType(), service, places.of(ProtoPlaces.output(full)), true);
    if (output != null) {
      method.setOutputType("." + output);
    }
  }

  private @Nullable String find(String written, String scope, Place place, boolean messageOnly) {
    String full = written.startsWith(".") ? type(written.substring(1)) : outwards(written, scope);
    if (full == null) {
      problems.add(undefined(written, scope, place));
      return null;
    }
    if (messageOnly && visible.get(full) != Kind.MESSAGE) {
      problems.add(
          GrpcProblems.TYPE.at(
              place,
              "'" + written + "' is an enum, and only a message can stand here",
              "name a message"));
      return null;
    }
    return full;
  }

  private @Nullable String type(String full) {
    Kind kind = visible.get(full);
    return kind == Kind.MESSAGE || kind == Kind.ENUM ? full : null;
  }

  private @Nullable String outwards(String written, String scope) {
    int dot = written.indexOf('.');
    String first = dot < 0 ? written : written.substring(0, dot);
    String around = scope;
    while (true) {
      String candidate = ProtoPlaces.join(around, first);
      Kind kind = visible.get(candidate);
      if (dot < 0) {
        if (kind == Kind.MESSAGE || kind == Kind.ENUM) {
          return candidate;
        }
      } else if (kind == Kind.MESSAGE || kind == Kind.HOLDER) {
        return type(candidate + written.substring(dot));
      }
      if (around.isEmpty()) {
        return null;
      }
      around = around.contains(".") ? around.substring(0, around.lastIndexOf('.')) : "";
    }
  }

  private Problem undefined(String written, String scope, Place place) {
    String bare = written.startsWith(".") ? written.substring(1) : written;
    for (Map.Entry<String, Names> other : everywhere.entrySet()) {
      boolean here = other.getValue().defines(bare);
      for (String around = scope; !here && !around.isEmpty(); around = parent(around)) {
        here = other.getValue().defines(around + "." + bare);
      }
      if (here) {
        return GrpcProblems.TYPE.at(
            place,
            "'" + written + "' is defined in '" + other.getKey() + "', which is not imported here",
            "add: import \"" + other.getKey() + "\";");
      }
    }
    TreeSet<String> names = new TreeSet<>();
    visible.forEach((name, kind) -> {
      if (kind != Kind.HOLDER) {
        names.add(written.contains(".") ? name : name.substring(name.lastIndexOf('.') + 1));
      }
    });
    return GrpcProblems.TYPE.at(
        place,
        "the type '" + written + "' is not defined",
        Nearest.to(bare, bare.length() < SHORT ? List.of() : names)
            .map(near -> "did you mean '" + near + "'?")
            .orElse("define it, or import the file that does"));
  }

  private static String parent(String scope) {
    return scope.contains(".") ? scope.substring(0, scope.lastIndexOf('.')) : "";
  }
}
