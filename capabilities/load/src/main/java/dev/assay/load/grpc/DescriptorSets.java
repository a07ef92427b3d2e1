package dev.assay.load.grpc;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.assay.api.problem.ProblemType;
import dev.assay.api.problem.Where;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a schema of descriptors that somebody else compiled. */
public final class DescriptorSets {

  private final ProblemType type;
  private final Where where;
  private final String mend;
  private final Map<String, FileDescriptorProto> protos = new LinkedHashMap<>();
  private final Map<String, FileDescriptor> built = new HashMap<>();

  private DescriptorSets(ProblemType type, Where where, String mend) {
    this.type = type;
    this.where = where;
    this.mend = mend;
  }

  /**
   * Reads a {@code FileDescriptorSet}.
   *
   * @param where the file
   */
  public static List<FileDescriptor> read(byte[] bytes, Where where) {
    DescriptorSets set =
        new DescriptorSets(
            GrpcProblems.DESCRIPTOR_SET,
            where,
            "make it with 'protoc --include_imports --descriptor_set_out=...'");
    try {
      FileDescriptorSet files = FileDescriptorSet.parseFrom(bytes);
      if (files.getFileCount() == 0) {
        throw set.failure("there is no file in it");
      }
      return set.build(files.getFileList());
    } catch (InvalidProtocolBufferException broken) {
      throw set.failure("this is no descriptor set; sources must end in .proto");
    }
  }

  /** Links files that a server told. */
  static List<FileDescriptor> told(Iterable<FileDescriptorProto> files, Where server) {
    return new DescriptorSets(
            GrpcProblems.REFLECTION, server, "give the schema in the check: 'proto: [ FILE ]'")
        .build(files);
  }

  private List<FileDescriptor> build(Iterable<FileDescriptorProto> files) {
    files.forEach(file -> protos.put(file.getName(), file));
    List<FileDescriptor> all = new ArrayList<>();
    for (String name : List.copyOf(protos.keySet())) {
      all.add(build(name, new LinkedHashSet<>()));
    }
    return all;
  }

  private FileDescriptor build(String name, Set<String> underWay) {
    FileDescriptor ready = built.get(name);
    if (ready != null) {
      return ready;
    }
    FileDescriptor wellKnown = WellKnown.file(name);
    if (wellKnown != null) {
      return wellKnown;
    }
    FileDescriptorProto proto = protos.get(name);
    if (proto == null) {
      throw failure("'" + String.join("' -> '", underWay) + "' imports '" + name + "', not in it");
    }
    if (!underWay.add(name) || underWay.size() > 1000) {
      throw failure("'" + name + "' imports itself, by way of others");
    }
    FileDescriptor[] dependencies =
        proto.getDependencyList().stream()
            .map(dependency -> build(dependency, underWay))
            .toArray(FileDescriptor[]::new);
    underWay.remove(name);
    try {
      FileDescriptor file = FileDescriptor.buildFrom(proto, dependencies);
      built.put(name, file);
      return file;
    } catch (DescriptorValidationException wrong) {
      throw failure("'" + wrong.getProblemSymbolName() + "': " + wrong.getDescription());
    }
  }

  private RuntimeException failure(String what) {
    return type.failure(where, what, mend);
  }
}
