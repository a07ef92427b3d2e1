package dev.assay.load.grpc;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ExtensionRegistry;
import dev.assay.api.problem.Nearest;
import dev.assay.api.problem.Place;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The services and messages that are known. Immutable. */
public final class GrpcSchema {

  private final Map<String, ServiceDescriptor> services = new TreeMap<>();
  private final Map<String, Descriptor> messages = new HashMap<>();
  private final Map<String, FieldDescriptor> extensions = new HashMap<>();

  /** The schema of those files and of all that they import. */
  public GrpcSchema(List<FileDescriptor> files) {
    Set<String> seen = new HashSet<>();
    files.forEach(file -> add(file, seen));
  }

  private void add(FileDescriptor file, Set<String> seen) {
    if (!seen.add(file.getName())) {
      return;
    }
    file.getServices().forEach(service -> services.put(service.getFullName(), service));
    file.getMessageTypes().forEach(this::add);
    file.getExtensions().forEach(field -> extensions.put(field.getFullName(), field));
    file.getDependencies().forEach(dependency -> add(dependency, seen));
  }

  private void add(Descriptor message) {
    messages.put(message.getFullName(), message);
    message.getNestedTypes().forEach(this::add);
    message.getExtensions().forEach(field -> extensions.put(field.getFullName(), field));
  }

  /** The full names of all services, sorted. */
  public List<String> services() {
    return List.copyOf(services.keySet());
  }

  /**
   * A method.
   *
   * @param written {@code package.Service/Method}, with or without a slash before it
   * @param place where it is written
   */
  public GrpcMethod method(String written, Place place) {
    String name = written.startsWith("/") ? written.substring(1) : written;
    int slash = name.indexOf('/');
    if (slash <= 0 || slash == name.length() - 1) {
      throw GrpcProblems.METHOD.failure(
          place,
          "'" + written + "' is not a service and a method",
          "write the full name with a slash, such as 'shop.Orders/Place'"
              + (services.isEmpty() ? "" : "; there are " + String.join(", ", services.keySet())));
    }
    ServiceDescriptor service = services.get(name.substring(0, slash));
    if (service == null) {
      throw GrpcProblems.METHOD.failure(
          place,
          "there is no service '" + name.substring(0, slash) + "'",
          services.isEmpty()
              ? "the schema has no service; name the .proto file that defines it"
              : Nearest.mend(name.substring(0, slash), services.keySet()));
    }
    MethodDescriptor method = service.findMethodByName(name.substring(slash + 1));
    if (method == null) {
      throw GrpcProblems.METHOD.failure(
          place,
          "the service '"
              + service.getFullName()
              + "' has no method '"
              + name.substring(slash + 1)
              + "'",
          Nearest.mend(
              name.substring(slash + 1),
              service.getMethods().stream().map(MethodDescriptor::getName).toList()));
    }
    return new GrpcMethod(
        "/" + service.getFullName() + "/" + method.getName(),
        method.getInputType(),
        method.getOutputType(),
        method.isClientStreaming(),
        method.isServerStreaming());
  }

  /** What is needed to read extensions. */
  ExtensionRegistry registry() {
    ExtensionRegistry registry = ExtensionRegistry.newInstance();
    for (FieldDescriptor field : extensions.values()) {
      if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        registry.add(field, DynamicMessage.getDefaultInstance(field.getMessageType()));
      } else {
        registry.add(field);
      }
    }
    return registry;
  }

  /** The message of that full name, or null where there is none. */
  @Nullable Descriptor message(String fullName) {
    return messages.get(fullName);
  }

  /** The extension of that full name, or null where there is none. */
  @Nullable FieldDescriptor extension(String fullName) {
    return extensions.get(fullName);
  }
}
