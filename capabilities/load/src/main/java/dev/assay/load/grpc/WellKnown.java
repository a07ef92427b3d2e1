package dev.assay.load.grpc;

import com.google.protobuf.AnyProto;
import com.google.protobuf.ApiProto;
import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.JavaFeaturesProto;
import com.google.protobuf.SourceContextProto;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.TypeProto;
import com.google.protobuf.WrappersProto;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The files below {@code google/protobuf/}, which every schema may import. */
final class WellKnown {

  private static final Map<String, FileDescriptor> FILES =
      List.of(
              AnyProto.getDescriptor(),
              ApiProto.getDescriptor(),
              DescriptorProtos.getDescriptor(),
              DurationProto.getDescriptor(),
              EmptyProto.getDescriptor(),
              FieldMaskProto.getDescriptor(),
              JavaFeaturesProto.getDescriptor(),
              SourceContextProto.getDescriptor(),
              StructProto.getDescriptor(),
              TimestampProto.getDescriptor(),
              TypeProto.getDescriptor(),
              WrappersProto.getDescriptor())
          .stream()
          .collect(Collectors.toUnmodifiableMap(FileDescriptor::getName, Function.identity()));

  private WellKnown() {}

  /** The file of that name, or null where it is none of them. */
  static @Nullable FileDescriptor file(String name) {
    return FILES.get(name);
  }

  /** The names that they define. */
  static Map<String, ProtoLinker.Names> files() {
    Map<String, ProtoLinker.Names> names = new LinkedHashMap<>();
    FILES.forEach((name, file) -> names.put(name, new ProtoLinker.Names(file.toProto())));
    return names;
  }
}
